import importlib
import sys
from types import SimpleNamespace

import nacl.bindings
import pytest
from nacl import _sodium

from voting.errors import RefusalError
from voting.protocol.group import by_name, parse_key, product
from voting.protocol.proof import hash_scalar


def test_known_answers(group, known):
    answers = known["groups"][group.name]
    n = int(answers["a_exponent"])
    a = group.parse(answers["a"])
    assert str(group.q) == answers["q"]
    assert group.text(group.g) == answers["g"]
    assert group.text(group.identity) == answers["identity"]
    assert group.text(group.power_g(2)) == answers["2g"]
    assert (
        group.text(group.power_g(n)) == group.text(group.power_secret(group.g, n)) == answers["a"]
    )
    assert group.text(group.mul(a, group.g)) == answers["a_times_g"]
    assert group.text(group.invert(a)) == answers["a_inverse"]
    assert group.text(group.invert(group.g)) == answers["minus_g"]
    elements = [group.parse(text) for text in answers["hash_elements"]]
    assert str(hash_scalar(group, answers["hash_prefix"], elements)) == answers["hash"]


def test_powers_of_one_base(group):
    """Also where a table is asked: every digit, the smallest and the largest exponents."""
    base = group.power(group.g, 4711)
    digits = [digit << 7 * place for digit in (1, 64, 127) for place in range(36)]
    exponents = [0, 1, 2, group.q - 2, group.q - 1, *(each for each in digits if each < group.q)]
    for n in exponents:
        assert group.powers(base)(n) == group.power(base, n)
        assert group.power_g(n) == group.power(group.g, n)
    assert group.powers(group.identity)(5) == group.identity


def test_what_is_no_member_is_refused(group, known):
    answers = known["groups"][group.name]
    for text in answers["refuse"]:
        with pytest.raises(RefusalError) as refusal:
            group.parse(text)
        assert refusal.value.reason in ("group.element", "json.canonical")


@pytest.mark.parametrize("text", ["", " 1", "1 ", "1\n", "+1", "01", "0x1", "１", "-1", "1e3"])
def test_other_forms_of_a_text_are_refused(group, text):
    with pytest.raises(RefusalError, match=r"json\.canonical"):
        group.parse(text)


def _points_outside(group):
    """Every kind of point that old libsodium builds or lenient parsers let in."""
    p = 2**255 - 19
    five = nacl.bindings.crypto_scalarmult_ed25519_base_noclamp((5).to_bytes(32, "little"))
    order_two = (p - 1).to_bytes(32, "little")
    order_eight = bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")
    yield "order two", order_two
    yield "order four", bytes(32)
    yield "order eight", order_eight
    yield "mixed order", nacl.bindings.crypto_core_ed25519_add(five, order_two)
    yield "mixed order eight", nacl.bindings.crypto_core_ed25519_add(five, order_eight)
    yield "identity beyond p", (p + 1).to_bytes(32, "little")
    yield "identity with a sign", (1 + 2**255).to_bytes(32, "little")
    yield "off the curve", (2).to_bytes(32, "little")


def test_numbers_outside_the_residues_are_refused():
    group = by_name("BELENIOS-2048")
    p = int(group._p)
    for number in (p, p + 1, p + int(group.g), p - 1, p - int(group.g), 2**2048, 2):
        with pytest.raises(RefusalError, match=r"group\.element|json\.canonical"):
            group.parse(str(number))


def test_points_outside_the_subgroup_are_refused(ed):
    for kind, point in _points_outside(ed):
        with pytest.raises(RefusalError) as refusal:
            ed.parse(point[::-1].hex())
        assert refusal.value.reason == "group.element", kind


@pytest.mark.parametrize("n", [0, 1, 8, 2**251 + 1])
def test_a_power_refuses_what_was_not_tested_before(ed, n):
    for kind, point in _points_outside(ed):
        base = ed.parse_base(point[::-1].hex())
        with pytest.raises(RefusalError) as refusal:
            ed.power(base, n)
        assert refusal.value.reason == "group.element", kind


def test_numbers_modulo_p_are_tested_at_once(known):
    group = by_name("BELENIOS-2048")
    for text in known["groups"][group.name]["refuse"]:
        with pytest.raises(RefusalError, match=r"group\.element|json\.canonical"):
            group.parse_base(text)


def test_the_identity_is_a_member_but_no_key(group):
    text = group.text(group.identity)
    assert group.parse(text) == group.identity
    with pytest.raises(RefusalError, match=r"group\.element"):
        parse_key(group, text)


def test_edges_of_exponentiation(group):
    one, a = group.identity, group.power_g(7)
    for power in (group.power, group.power_secret):
        assert power(a, 0) == power(a, group.q) == power(one, 5) == power(one, 0) == one
        assert power(a, group.q + 3) == group.power_g(21)
        assert power(a, -1) == group.invert(a)
    assert group.power_g(0) == group.power_g_secret(group.q) == one
    assert group.mul(a, one) == group.mul(one, a) == a
    assert group.mul(a, group.invert(a)) == one
    assert group.invert(one) == one
    assert product(group, []) == one
    assert product(group, [a, a, a]) == group.power_g(21)


def test_an_unknown_group_is_unsupported():
    with pytest.raises(RefusalError, match="unsupported"):
        by_name("RFC-3526-2048")


def test_a_library_that_accepts_mixed_order_stops_the_import(monkeypatch):
    monkeypatch.setattr(nacl.bindings, "crypto_core_ed25519_is_valid_point", lambda _: True)
    _require_no_import(monkeypatch)


def test_a_library_whose_powers_accept_mixed_order_stops_it_too(monkeypatch):
    names = {name: getattr(_sodium.lib, name) for name in dir(_sodium.lib)}
    lenient = {"crypto_scalarmult_ed25519_noclamp": lambda *_: 0}
    monkeypatch.setattr(_sodium, "lib", SimpleNamespace(**names | lenient))
    _require_no_import(monkeypatch)


def _require_no_import(monkeypatch):
    monkeypatch.delitem(sys.modules, "voting.protocol.ed25519")
    with pytest.raises(ImportError, match="mixed order"):
        importlib.import_module("voting.protocol.ed25519")
