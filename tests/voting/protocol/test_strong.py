import json

import pytest

from tests.voting.protocol.made import NO, YES, check, forge_decryption, single, threshold
from voting.errors import RefusalError
from voting.protocol import canon, strong, tally, trustee
from voting.protocol.verify import Accepted


@pytest.fixture(scope="module")
def shared(known):
    """Two of three trustees have decrypted."""
    return threshold(known["pedersen"][0], [(0, [YES]), (1, [NO])], owners=(1, 3))


def _swap_rows(fields):
    proofs = fields["trustees"][0]["proofs"][0]
    proofs[0], proofs[1] = proofs[1], proofs[0]


def _proof(fields, at=0):
    return fields["trustees"][at]["proofs"][0][0]


CHANGES = {
    "space": ("strong.form", lambda text: text.replace(b",", b", ", 1)),
    "newline": ("strong.form", lambda text: text + b"\n"),
    "empty": ("strong.form", lambda _: b""),
    "other version": ("strong.form", lambda fields: fields.update(version=2)),
    "other kind": ("strong.form", lambda fields: fields.update(kind="strong")),
    "further field": ("strong.form", lambda fields: fields.update(x=1)),
    "descending": ("strong.form", lambda fields: fields["trustees"].reverse()),
    "owner twice": ("strong.form", lambda f: f["trustees"].insert(0, f["trustees"][0])),
    "proof left out": ("strong.form", lambda f: f["trustees"][0]["proofs"][0].pop()),
    "row left out": ("strong.form", lambda f: f["trustees"][0]["proofs"].pop()),
    "other uuid": ("strong.binding", lambda f: f.update(election_uuid="KiezvotumTest2")),
    "other election": ("strong.binding", lambda f: f.update(election_hash="x")),
    "other group": ("strong.binding", lambda f: f.update(group="BELENIOS-2048")),
    "other tally": ("strong.binding", lambda f: f.update(encrypted_tally="0" * 64)),
    "other key": (
        "strong.binding",
        lambda f: f["trustees"][0].update(public_key=f["trustees"][1]["public_key"]),
    ),
    "other decryption": (
        "strong.binding",
        lambda f: f["trustees"][0].update(partial_decryption="0" * 64),
    ),
    "owner left out": ("strong.missing", lambda fields: fields["trustees"].pop()),
    "other owner": ("strong.missing", lambda fields: fields["trustees"][1].update(owner=2)),
    "no owners": ("strong.missing", lambda fields: fields["trustees"].clear()),
    "rows swapped": ("strong.proof", _swap_rows),
    "other challenge": ("strong.proof", lambda fields: _proof(fields).update(challenge="1")),
    "other response": ("strong.proof", lambda fields: _proof(fields, 1).update(response="1")),
}


@pytest.mark.parametrize("name", CHANGES)
def test_refused(shared, name):
    reason, change = CHANGES[name]
    if reason == "strong.form" and name in ("space", "newline", "empty"):
        changed = change(shared.strong)
    else:
        fields = json.loads(shared.strong)
        change(fields)
        changed = canon.write(fields)
    assert changed != shared.strong
    assert check(shared.archive, changed).reason == reason
    assert isinstance(check(shared.archive, changed, archive_only=True), Accepted)


def test_accepted(shared):
    verdict = check(shared.archive, shared.strong)
    assert isinstance(verdict, Accepted)
    assert verdict.passed[-1] == "strong"


def test_needed_as_soon_as_somebody_has_decrypted(shared):
    parts = [event.data for event in shared.appended()]
    before = next(n for n, each in enumerate(shared.appended()) if each.type[0] == "P")
    assert isinstance(check(b"".join(parts[:before])), Accepted)
    assert check(b"".join(parts[: before + 1])).reason == "strong.missing"
    assert check(b"".join(parts[:before]), shared.strong).reason == "strong.missing"


def test_before_the_tally_there_is_nothing_to_prove(shared):
    parts = [event.data for event in shared.appended("open")]
    assert check(b"".join(parts), shared.strong).reason == "strong.binding"


def test_a_forged_decryption_gets_no_strong_proof(ed):
    made = single(ed, [(0, [YES]), (1, [NO])])
    owner = trustee.parse_trustees(ed, made.trustees).owners[1]
    forged = forge_decryption(made)
    factors = tally.verify_partial(made.election, made.tally, owner, forged)
    share = strong.make_share(made.election, made.tally, 1, forged, made.exponents[1], made.rand)
    with pytest.raises(RefusalError, match=r"strong\.proof"):
        strong.verify_share(
            made.election, made.tally, owner, canon.hexadecimal(forged), factors, share
        )


def test_nobody_proves_with_another_key(ed):
    made, other = single(ed, [(0, [YES])]), single(ed, [(0, [YES])], seed=2)
    share = strong.make_share(
        made.election, made.tally, 1, made.partials[1], other.exponents[1], made.rand
    )
    side = strong.make_strong(made.election, made.tally, [share])
    assert check(made.archive, side).reason == "strong.binding"
    side = strong.make_strong(
        made.election, made.tally, [share._replace(public_key=made.shares[0].public_key)]
    )
    assert check(made.archive, side).reason == "strong.proof"


def test_fresh_randomness_for_the_second_proof(ed):
    made = single(ed, [(0, [YES])])
    first = json.loads(made.partials[1])["decryption_proofs"]
    second = json.loads(made.strong)["trustees"][0]["proofs"]
    assert first != second


def test_shares_are_ordered_by_owner(shared):
    side = strong.make_strong(shared.election, shared.tally, reversed(shared.shares))
    assert side == shared.strong
