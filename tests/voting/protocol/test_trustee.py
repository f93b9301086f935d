import json

import pytest

from tests.voting.protocol.made import seeded
from voting.errors import RefusalError
from voting.protocol import canon, pedersen, proof, trustee
from voting.protocol.group import by_name


@pytest.fixture(scope="module", params=[0, 1], ids=["Ed25519", "BELENIOS-2048"])
def entry(request, known) -> dict:
    return known["pedersen"][request.param]


def _reason(group, document: bytes) -> str:
    with pytest.raises(RefusalError) as refusal:
        trustee.parse_trustees(group, document)
    return refusal.value.reason


def test_a_single_key(group):
    document = trustee.make_single(group, 4711, seeded("single"))
    key = group.text(group.power_g(4711))
    assert trustee.public_key(group, document) == key
    assert document.startswith(b'[["Single",{"pok":{"challenge":"')
    parsed = trustee.parse_trustees(group, document)
    assert [(owner.number, owner.index) for owner in parsed.owners.values()] == [(1, 1)]
    assert parsed.coefficients({1}) == {1: 1}
    assert parsed.coefficients(set()) is None


def test_joined_keys_multiply(ed):
    rand = seeded("join")
    documents = [trustee.make_single(ed, exponent, rand) for exponent in (5, 7)]
    joined = trustee.join(ed, documents)
    assert trustee.public_key(ed, joined) == ed.text(ed.power_g(12))
    parsed = trustee.parse_trustees(ed, joined)
    assert list(parsed.owners) == [1, 2]
    assert parsed.coefficients({1}) is None
    assert parsed.coefficients({1, 2}) == {1: 1, 2: 1}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda entry: entry["pok"].update(response="1"), "trustees.pok"),
        (lambda entry: entry["pok"].update(challenge="01"), "json.canonical"),
        (lambda entry: entry.update(public_key="0" * 63 + "1"), "group.element"),
        (lambda entry: entry.update(name="Amt"), "json.canonical"),
        (lambda entry: entry.pop("pok"), "json.canonical"),
    ],
)
def test_single_keys_that_are_refused(ed, change, reason):
    fields = json.loads(trustee.make_single(ed, 4711, seeded("single")))
    change(fields[0][1])
    assert _reason(ed, canon.write(fields)) == reason


def test_a_key_of_another_group_is_refused(ed):
    document = trustee.make_single(by_name("BELENIOS-2048"), 4711, seeded("x"))
    assert _reason(ed, document) == "json.canonical"


@pytest.mark.parametrize("document", [b"{}", b"[[]]", b'[["Single"]]', b'["Single"]', b"[[1,{}]]"])
def test_other_documents_are_refused(ed, document):
    assert _reason(ed, document) == "json.canonical"
    assert _reason(ed, b'[["Other",{}]]') == "unsupported"


def test_known_threshold_key(entry):
    group = by_name(entry["group"])
    parsed = trustee.parse_trustees(group, entry["trustees"].encode())
    assert parsed.public_key == entry["election_public_key"]
    keys = [group.text(group.power_g(int(x))) for x in entry["decryption_exponents"]]
    assert [owner.public_key for owner in parsed.owners.values()] == keys
    expected = {int(index): int(value) for index, value in entry["lagrange_1_3"].items()}
    assert parsed.coefficients({1, 3}) == expected
    assert parsed.coefficients({2}) is None
    assert parsed.coefficients({1, 2, 3}) == parsed.coefficients({1, 2})


def test_owners_are_numbered_through_and_indexed_inside(entry):
    group = by_name(entry["group"])
    single = trustee.make_single(group, 4711, seeded("mixed"))
    joined = trustee.join(group, [single, entry["trustees"].encode()])
    parsed = trustee.parse_trustees(group, joined)
    numbers = [(owner.number, owner.index) for owner in parsed.owners.values()]
    assert numbers == [(1, 1), (2, 1), (3, 2), (4, 3)]
    inner = {int(index): int(value) for index, value in entry["lagrange_1_3"].items()}
    assert parsed.coefficients({1, 2, 4}) == {1: 1, 2: inner[1], 4: inner[3]}
    assert parsed.coefficients({2, 3, 4}) is None


def _message(fields: dict, change) -> None:
    inner = json.loads(fields["message"])
    change(inner)
    fields["message"] = canon.write(inner).decode()


def _bump(value: str) -> str:
    return str(int(value) ^ 1)


PEDERSEN = {
    "no signatures": lambda p: p.pop("signatures"),
    "threshold above size": lambda p: p.update(threshold=4),
    "threshold zero": lambda p: p.update(threshold=0),
    "other threshold": lambda p: p.update(threshold=3),
    "member left out": lambda p: [p[name].pop() for name in p if name != "threshold"],
    "certificate left out": lambda p: p["certs"].pop(),
    "no context": lambda p: _message(p["certs"][0], lambda m: m.pop("context")),
    "other index": lambda p: _message(p["certs"][0], lambda m: m["context"].update(index=2)),
    "other group": lambda p: _message(p["certs"][2], lambda m: m["context"].update(group="x")),
    "certificate": lambda p: p["certs"][1]["signature"].update(
        response=_bump(p["certs"][1]["signature"]["response"])
    ),
    "certificates swapped": lambda p: p["certs"].reverse(),
    "coefficients": lambda p: p["coefexps"][1]["signature"].update(
        challenge=_bump(p["coefexps"][1]["signature"]["challenge"])
    ),
    "one coefficient": lambda p: _message(p["coefexps"][0], lambda m: m["coefexps"].pop()),
    "coefficients of another": lambda p: p["coefexps"].reverse(),
    "signature": lambda p: p["signatures"][2].update(
        response=_bump(p["signatures"][2]["response"])
    ),
    "signatures swapped": lambda p: p["signatures"].reverse(),
    "keys swapped": lambda p: p["verification_keys"].reverse(),
    "signature of a key": lambda p: p["verification_keys"][1]["signature"].update(response="5"),
}


@pytest.mark.parametrize("name", PEDERSEN)
def test_threshold_keys_that_are_refused(known, name):
    entry = known["pedersen"][0]
    fields = json.loads(entry["trustees"])
    PEDERSEN[name](fields[0][1])
    assert _reason(by_name(entry["group"]), canon.write(fields)) == "trustees.pedersen"


def _signed(group, exponent: int, message: str) -> dict:
    signature = pedersen.sign(group, exponent, message, seeded(message))
    return pedersen.SignedMessage(message, signature).document()


def _rebuilt(entry: dict, certificate=None, coefficients=None, keys=None, forged=False) -> bytes:
    """The known ceremony gone through again, all of it signed anew after a change.

    `certificate` changes the fields of the first certificate, `coefficients` those of the first
    trustee, `keys` the decryption exponents; `forged` signs the first certificate with another key.
    """
    group = by_name(entry["group"])
    signing = [int(each) for each in entry["signing_exponents"]]
    known = json.loads(entry["trustees"])[0][1]
    fields = [json.loads(cert["message"]) for cert in known["certs"]]
    if certificate:
        certificate(fields[0])
    messages = [canon.write(each).decode() for each in fields]
    signers = [4711 if forged else signing[0], *signing[1:]]
    certs = [_signed(group, *each) for each in zip(signers, messages, strict=True)]
    rows = [json.loads(each["message"])["coefexps"] for each in known["coefexps"]]
    if coefficients:
        coefficients(rows[0])
    texts = [canon.write({"coefexps": row}).decode() for row in rows]
    coefexps = [_signed(group, *each) for each in zip(signing, texts, strict=True)]
    signatures = []
    for exponent, row in zip(signing, rows, strict=True):
        message = "certs_sig|" + canon.write({"certs": certs, "coefexps": row}).decode()
        signatures.append(_signed(group, exponent, message)["signature"])
    exponents = [int(each) for each in entry["decryption_exponents"]]
    if keys:
        keys(exponents)
    content = {
        "threshold": fields[1]["context"]["threshold"],
        "certs": certs,
        "coefexps": coefexps,
        "signatures": signatures,
        "verification_keys": [
            _verification_key(group, *each) for each in zip(exponents, signing, strict=True)
        ],
    }
    return canon.write([["Pedersen", content]])


def _verification_key(group, exponent: int, signing: int) -> dict:
    single = json.loads(trustee.make_single(group, exponent, seeded(exponent)))[0][1]
    return single | {"signature": _signed(group, signing, single["public_key"])["signature"]}


def test_the_ceremony_gone_through_again_is_accepted(entry):
    group = by_name(entry["group"])
    assert trustee.public_key(group, _rebuilt(entry)) == entry["election_public_key"]


@pytest.mark.parametrize(
    "change",
    [
        {"certificate": lambda cert: cert["context"].update(index=2)},
        {"certificate": lambda cert: cert["context"].update(size=4)},
        {"certificate": lambda cert: cert["context"].update(threshold=3)},
        {"certificate": lambda cert: cert["context"].update(group="BELENIOS-2048")},
        {"forged": True},
        {"coefficients": lambda row: row.pop()},
        {"coefficients": lambda row: row.append(row[0])},
        {"coefficients": lambda row: row.reverse()},
        {"keys": lambda exponents: exponents.__setitem__(1, exponents[0])},
        {"keys": lambda exponents: exponents.reverse()},
    ],
)
def test_wrong_ceremonies_whose_signatures_all_hold(known, change):
    assert _reason(by_name("Ed25519"), _rebuilt(known["pedersen"][0], **change)) == (
        "trustees.pedersen"
    )


def test_a_polynomial_of_a_higher_degree_raises_the_threshold_unseen(known):
    """Its keys fit it; only its length tells that two shares will not be enough."""
    group, a = by_name("Ed25519"), 815

    def longer(row):
        row.append(group.text(group.power_g(a)))

    def shifted(exponents):
        exponents[:] = [(x + a * j**2) % group.q for j, x in enumerate(exponents, 1)]

    document = _rebuilt(known["pedersen"][0], coefficients=longer, keys=shifted)
    with pytest.raises(RefusalError) as refusal:
        trustee.parse_trustees(group, document)
    assert refusal.value.facts == {"field": "coefexps", "index": 1}


def test_a_threshold_of_none_has_no_key(known):
    def none(entry: dict) -> dict:
        fields = json.loads(entry["trustees"])
        content = fields[0][1]
        for name in ("certs", "coefexps"):
            for each in content[name]:
                message = json.loads(each["message"])
                if name == "certs":
                    message["context"]["threshold"] = 0
                else:
                    message["coefexps"] = []
                each["message"] = canon.write(message).decode()
        return entry | {"trustees": canon.write(fields).decode()}

    document = _rebuilt(none(known["pedersen"][0]))
    assert json.loads(document)[0][1]["threshold"] == 0
    assert _reason(by_name("Ed25519"), document) == "trustees.pedersen"


@pytest.mark.parametrize("field", ["verification", "encryption"])
def test_certified_keys_are_keys(known, field):
    for text in ("0" * 63 + "1", "0" * 64):
        document = _rebuilt(
            known["pedersen"][0], certificate=lambda cert, text=text: cert.update({field: text})
        )
        assert _reason(by_name("Ed25519"), document) == "group.element"


def test_possession_of_a_threshold_key(known):
    fields = json.loads(known["pedersen"][0]["trustees"])
    pok = fields[0][1]["verification_keys"][0]["pok"]
    pok["response"] = _bump(pok["response"])
    assert _reason(by_name("Ed25519"), canon.write(fields)) == "trustees.pok"


def test_messages_inside_are_canonical_too(known):
    fields = json.loads(known["pedersen"][0]["trustees"])
    cert = fields[0][1]["certs"][0]
    cert["message"] = cert["message"].replace(",", ", ", 1)
    assert _reason(by_name("Ed25519"), canon.write(fields)) == "json.canonical"


def test_points_of_a_polynomial_lie_on_it(entry):
    group = by_name(entry["group"])
    rows = [[int(a) for a in row] for row in entry["polynomials"]]
    public = [[group.power_g(a) for a in row] for row in rows]
    for index in (1, 2, 3):
        share = sum(a * index**k for k, a in enumerate(rows[0]))
        assert pedersen.evaluate(group, public[0], index) == group.power_g(share)
    exponents = [int(each) for each in entry["decryption_exponents"]]
    for index, exponent in enumerate(exponents, 1):
        total = sum(a * index**k for row in rows for k, a in enumerate(row))
        assert total % group.q == exponent


def test_signed_messages_of_a_ceremony(known):
    """The certificates of a ceremony from seeds hold under the keys they carry."""
    for entry in known["ceremony"]:
        group = by_name(entry["group"])
        assert canon.hexadecimal(canon.write(entry["certs"])) == entry["ceremony"]
        for cert, exponent in zip(entry["certs"], entry["signing_exponents"], strict=True):
            key = group.power_g(int(exponent))
            signature = canon.read(canon.write(cert["signature"]), proof.shape(group.q))
            assert pedersen.is_signed(group, key, cert["message"], signature)
            assert not pedersen.is_signed(group, key, cert["message"] + " ", signature)


def test_signing(ed):
    signature = pedersen.sign(ed, 4711, "Nachricht", seeded("sign"))
    assert pedersen.is_signed(ed, ed.power_g(4711), "Nachricht", signature)
    assert not pedersen.is_signed(ed, ed.power_g(4712), "Nachricht", signature)
    assert not pedersen.is_signed(ed, ed.power_g(4711), "Nachricht ", signature)
