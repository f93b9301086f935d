import json
from itertools import combinations

import pytest

from tests.voting.protocol.made import NO, YES, Made, check, seeded
from voting.errors import InputError, RefusalError
from voting.protocol import canon, ceremony, pedersen, posted, proof, trustee
from voting.protocol.ceremony import Setting
from voting.protocol.group import by_name

SEEDS = ["1" * 22, "2" * 22, "3" * 22]


@pytest.fixture(scope="module", params=[0, 1], ids=["Ed25519", "BELENIOS-2048"])
def kat(request, known) -> dict:
    return known["ceremony"][request.param]


@pytest.fixture(scope="module")
def setting(kat) -> Setting:
    return Setting(by_name(kat["group"]))


@pytest.fixture(scope="module")
def certs(kat, setting) -> list[pedersen.SignedMessage]:
    documents = [canon.write(each) for each in kat["certs"]]
    return [posted.read_certificate(setting, at, each) for at, each in enumerate(documents, 1)]


@pytest.fixture(scope="module")
def second_acts(kat, setting, certs) -> list[bytes]:
    """The second acts of the known ceremony, with its sealed shares."""
    return [_second_act(kat, setting, certs, at) for at in (1, 2, 3)]


def _second_act(kat, setting, certs, index: int) -> bytes:
    rand, seed = seeded(("posted", index)), kat["seeds"][index - 1]
    coefexps, signature = ceremony.make_coefficients(setting, certs, seed, rand)
    messages = [_sealed(setting, seed, each) for each in kat["messages"] if each["from"] == index]
    return canon.write(
        {"coefexps": coefexps.document(), "signature": signature.document(), "messages": messages}
    )


def _sealed(setting, seed: str, envelope: dict) -> dict:
    message = canon.write(envelope).decode()
    s = ceremony.signing_exponent(setting.group, seed)
    signature = pedersen.sign(setting.group, s, message, seeded(message))
    return pedersen.SignedMessage(message, signature).document()


def test_all_exponents_follow_from_the_seeds(kat, setting):
    group, name = setting.group, kat["ceremony"]
    signing = [ceremony.signing_exponent(group, seed) for seed in kat["seeds"]]
    sealing = [ceremony.encryption_exponent(group, seed) for seed in kat["seeds"]]
    rows = [ceremony.polynomial(setting, name, seed) for seed in kat["seeds"]]
    assert [str(each) for each in signing] == kat["signing_exponents"]
    assert [str(each) for each in sealing] == kat["encryption_exponents"]
    assert [[str(a) for a in row] for row in rows] == kat["polynomials"]
    exponents = [sum(ceremony.share(group, row, j) for row in rows) % group.q for j in (1, 2, 3)]
    assert [str(each) for each in exponents] == kat["decryption_exponents"]


def test_certificates_name_the_ceremony(kat, setting, certs):
    assert ceremony.name_of(certs) == kat["ceremony"]
    made = [
        ceremony.make_certificate(setting, at, seed, seeded(seed))
        for at, seed in enumerate(kat["seeds"], 1)
    ]
    assert [each.message for each in made] == [each["message"] for each in kat["certs"]]
    assert ceremony.name_of(made) != kat["ceremony"]


def test_the_known_ceremony_is_gone_through(kat, setting, certs, second_acts):
    read = [
        posted.read_polynomial(setting, certs, at, each) for at, each in enumerate(second_acts, 1)
    ]
    group, keys = setting.group, []
    for at, seed in enumerate(kat["seeds"], 1):
        exponent = int(kat["decryption_exponents"][at - 1])
        made = ceremony.make_verification_key(group, seed, exponent, seeded(at))
        document = canon.write(made.document())
        keys.append(posted.read_verification_key(setting, certs, read, at, document))
    steps = [(each.coefexps, each.signature) for each in read]
    document = ceremony.assemble(setting, certs, steps, keys)
    assert [
        each.public_key for each in trustee.parse_trustees(group, document).owners.values()
    ] == [group.text(group.power_g(int(x))) for x in kat["decryption_exponents"]]


@pytest.mark.parametrize("owners", list(combinations((1, 2, 3), 2)))
def test_any_two_of_three_open_a_sum(owners, ed):
    made = ceremony.make_key(Setting(ed), SEEDS, seeded("key"))
    exponents = {owner: made.exponents[owner] for owner in owners}
    votes = [(0, [YES]), (1, [NO]), (2, [YES])]
    counted = Made(ed, votes=votes, trustees=made.trustees, exponents=exponents)
    assert json.loads(counted.result) == {"result": [[2, 1, 0]]}
    assert check(counted.archive, counted.strong).result == ((2, 1, 0),)


def test_one_of_three_opens_nothing(ed):
    made = ceremony.make_key(Setting(ed), SEEDS, seeded("key"))
    alone = Made(ed, votes=[(0, [YES])], trustees=made.trustees, exponents={2: made.exponents[2]})
    with pytest.raises(RefusalError):
        _ = alone.result


def _refused(call, *given) -> dict:
    with pytest.raises(RefusalError) as refusal:
        call(*given)
    return {"reason": refusal.value.reason, **refusal.value.facts}


def test_a_certificate_of_another_place_is_refused(kat, setting):
    document = canon.write(kat["certs"][0])
    assert _refused(posted.read_certificate, setting, 2, document) == {
        "reason": "trustees.pedersen", "field": "context", "index": 2,
    }  # fmt: skip
    other = Setting(setting.group, 3, 3)
    assert _refused(posted.read_certificate, other, 1, document)["field"] == "context"
    document = document.replace(b'"response":"', b'"response":"1')
    assert _refused(posted.read_certificate, setting, 1, document)["reason"] in (
        "trustees.pedersen", "json.canonical",
    )  # fmt: skip


def _other_envelope(change):
    def changed(sent, setting, seed):
        envelope = json.loads(sent["messages"][1]["message"])
        change(envelope)
        sent["messages"][1] = _sealed(setting, seed, envelope)

    return changed


POLYNOMIALS = {
    "of another ceremony": _other_envelope(lambda each: each.update(ceremony="0" * 64)),
    "to another": _other_envelope(lambda each: each.update(to=3)),
    "from another": _other_envelope(lambda each: each.update({"from": 2})),
    "one share too few": lambda sent, *_: sent["messages"].pop(),
    "signed by another": lambda sent, setting, _: sent["messages"].__setitem__(
        0, _sealed(setting, SEEDS[2], json.loads(sent["messages"][0]["message"]))
    ),
    "coefficients unsigned": lambda sent, *_: sent["coefexps"]["signature"].update(response="1"),
    "certificates unsigned": lambda sent, *_: sent["signature"].update(response="1"),
}


@pytest.mark.parametrize("name", POLYNOMIALS)
def test_second_acts_that_are_refused(known, name):
    kat = known["ceremony"][0]
    setting = Setting(by_name(kat["group"]))
    certs = [
        posted.read_certificate(setting, at, canon.write(each))
        for at, each in enumerate(kat["certs"], 1)
    ]
    sent = json.loads(_second_act(kat, setting, certs, 1))
    POLYNOMIALS[name](sent, setting, kat["seeds"][0])
    refusal = _refused(posted.read_polynomial, setting, certs, 1, canon.write(sent))
    assert (refusal["reason"], refusal["index"]) == ("trustees.pedersen", 1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda each: each.update(ephemeral="0" * 63 + "1"), "group.element"),
        (lambda each: each.update(data=each["data"][:-2]), "json.canonical"),
        (lambda each: each.update(more=1), "json.canonical"),
    ],
)
def test_envelopes_that_are_refused(known, change, reason):
    kat = known["ceremony"][0]
    setting = Setting(by_name(kat["group"]))
    certs = [
        posted.read_certificate(setting, at, canon.write(each))
        for at, each in enumerate(kat["certs"], 1)
    ]
    sent = json.loads(_second_act(kat, setting, certs, 1))
    _other_envelope(change)(sent, setting, kat["seeds"][0])
    refusal = _refused(posted.read_polynomial, setting, certs, 1, canon.write(sent))
    assert refusal["reason"] == reason


def test_third_acts_that_are_refused(kat, setting, certs, second_acts):
    read = [
        posted.read_polynomial(setting, certs, at, each) for at, each in enumerate(second_acts, 1)
    ]
    exponent, seed = int(kat["decryption_exponents"][0]), kat["seeds"][0]

    def refused(seed: str, exponent: int, change=None) -> str:
        made = ceremony.make_verification_key(setting.group, seed, exponent, seeded(1)).document()
        if change:
            change(made)
        given = (setting, certs, read, 1, canon.write(made))
        return _refused(posted.read_verification_key, *given)["reason"]

    assert refused(seed, exponent + 1) == "trustees.pedersen"
    assert refused(kat["seeds"][1], exponent) == "trustees.pedersen"
    assert refused(seed, exponent, lambda made: made["pok"].update(response="1")) == "trustees.pok"


def test_seeds_are_fresh_and_nothing_else_is_one(ed):
    seeds = {ceremony.make_seed(seeded(at)) for at in range(20)}
    assert len(seeds) == 20
    assert all(ceremony.signing_exponent(ed, seed) for seed in seeds)
    for text in ("", "1" * 21, "1" * 23, "0" * 22, "1" * 22 + "\n"):
        with pytest.raises(InputError):
            ceremony.signing_exponent(ed, text)


def test_who_has_the_own_part_shows_it(ed):
    setting = Setting(ed)
    made = ceremony.make_key(setting, SEEDS, seeded("rehearsal"))

    def shown(exponent: int, document: bytes = made.trustees) -> bytes:
        prefix = posted.rehearsal_prefix(document)
        return canon.write(proof.prove_knowledge(ed, exponent, prefix, seeded("w")).document())

    posted.verify_rehearsal(setting, made.trustees, 2, shown(made.exponents[2]))
    for sent in (shown(made.exponents[1]), shown(made.exponents[2], b"[]")):
        refusal = _refused(posted.verify_rehearsal, setting, made.trustees, 2, sent)
        assert refusal == {"reason": "trustees.pok", "owner": 2}
