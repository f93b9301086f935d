import pytest

from tests.voting.protocol.made import seeded
from voting.errors import InputError, RefusalError
from voting.protocol import canon, credential

TERM, NONCE = "rixdorf-rat-2026", "00112233445566778899aabbccddeeff"


def test_known_answers(group, known):
    entry = next(each for each in known["credentials"] if each["group"] == group.name)
    exponent = credential.derive_exponent(group, entry["term"], entry["code"])
    assert str(exponent) == entry["exponent"]
    assert group.text(group.power_g_secret(exponent)) == entry["public"]


def test_the_derivation_of_the_tool_uses_the_same_stretching(group, known):
    entry = next(each for each in known["derivation_tool"] if each["group"] == group.name)
    halves = [
        canon.hexadecimal(f"derive_credential|{entry['uuid']}|{half}|{entry['code']}".encode())
        for half in (0, 1)
    ]
    exponent = int("".join(halves), 16) % group.q
    assert str(exponent) == entry["exponent"]
    assert group.text(group.power_g(exponent)) == entry["public"]


def test_a_code_is_recognised_and_every_slip_noticed():
    code = credential.make_code(seeded("code"))
    assert credential.is_code(code)
    assert len(code) == 27
    assert not credential.is_code(code.replace("-", ""))
    slips = 0
    for at, char in enumerate(code.replace("-", "")[:23]):
        other = "2" if char != "2" else "3"
        spaced = at + at // 6
        slips += not credential.is_code(code[:spaced] + other + code[spaced + 1 :])
    assert slips >= 21, "one check character finds 57 of 58 slips"
    for text in ("", code + "\n", code.lower(), code[:-1], code.replace("-", "_")):
        assert not credential.is_code(text)


def test_only_a_code_gives_an_exponent(ed):
    with pytest.raises(InputError, match="code"):
        credential.derive_exponent(ed, TERM, "7Kq2Xv-Tn4RbM-zLw8sY-cHdAf5")


def test_terms_and_groups_give_other_exponents(ed, known):
    code = known["credentials"][0]["code"]
    assert credential.derive_exponent(ed, "a", code) != credential.derive_exponent(ed, "b", code)


def _enrolment(group, exponent=4711):
    proof = credential.make_enrolment(group, TERM, NONCE, exponent, seeded("enrol"))
    return group.text(group.power_g(exponent)), proof.document()


def test_enrolment(group):
    point, proof = _enrolment(group)
    credential.verify_enrolment(group, TERM, NONCE, point, proof)


def test_the_hash_of_an_enrolment_holds_all_that_it_is_about(group):
    """Without the point in the hash its proof could be made first and the point to fit."""
    point, proof = _enrolment(group)
    challenge, response = int(proof["challenge"]), int(proof["response"])
    commitment = group.mul(group.power_g(response), group.power(group.parse(point), challenge))
    message = f"kv-enrol|{TERM}|{NONCE}|{point}|{group.text(commitment)}"
    assert challenge == int(canon.hexadecimal(message.encode()), 16) % group.q


@pytest.mark.parametrize("swapped", ["term", "nonce", "point", "challenge", "response"])
def test_every_part_of_an_enrolment_is_bound(group, swapped):
    point, proof = _enrolment(group)
    given = {"term": TERM, "nonce": NONCE, "point": point} | proof
    given[swapped] = {
        "term": "rixdorf-jury-2026",
        "nonce": NONCE[::-1],
        "point": group.text(group.power_g(4712)),
        "challenge": str((int(proof["challenge"]) + 1) % group.q),
        "response": str((int(proof["response"]) + 1) % group.q),
    }[swapped]
    parts = {name: given[name] for name in ("challenge", "response")}
    with pytest.raises(RefusalError, match=r"credential\.proof"):
        credential.verify_enrolment(group, given["term"], given["nonce"], given["point"], parts)


def test_enrolment_refuses_points_that_are_no_keys(group, known):
    _, proof = _enrolment(group)
    for point in (group.text(group.identity), known["groups"][group.name]["refuse"][1]):
        with pytest.raises(RefusalError, match=r"group\.element"):
            credential.verify_enrolment(group, TERM, NONCE, point, proof)


@pytest.mark.parametrize("proof", [None, {}, {"challenge": 1, "response": 2}, [], "x"])
def test_enrolment_refuses_other_forms(ed, proof):
    point, _ = _enrolment(ed)
    with pytest.raises(RefusalError, match=r"json\.canonical"):
        credential.verify_enrolment(ed, TERM, NONCE, point, proof)


def test_a_roll_is_sorted_and_has_each_point_once(ed):
    points = [ed.text(ed.power_g(n)) for n in (3, 1, 2)]
    document = credential.make_roll(ed, points)
    assert document == credential.make_roll(ed, reversed(points))
    assert credential.parse_roll(ed, document) == frozenset(points)
    assert credential.parse_roll(ed, canon.write(points)) == frozenset(points)
    with pytest.raises(RefusalError, match=r"credentials\.duplicate"):
        credential.make_roll(ed, [*points, points[0]])
    assert credential.parse_roll(ed, b"[]") == frozenset()
