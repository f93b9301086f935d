"""Points of a ballot that are no members: refused although nothing tests them but the proofs."""

import json

import pytest

from tests.voting.protocol.made import YES, YES_NO_ABSTAIN, resign, single
from voting.errors import RefusalError
from voting.protocol import answer, ballot, canon, proof


def _reason(made, document) -> str:
    with pytest.raises(RefusalError) as refusal:
        ballot.verify_ballot(made.election, document, None)
    return refusal.value.reason


@pytest.mark.parametrize("part", ["alpha", "beta"])
def test_what_is_no_member_is_named_before_a_wrong_signature(small, part):
    fields = json.loads(small.ballots[0])
    for point in ("7f" + "ff" * 30 + "ec", "0" * 63 + "2"):
        fields["answers"][0]["choices"][2][part] = point
        assert _reason(small, canon.write(fields)) == "group.element", point


def test_points_beside_the_subgroup_are_refused_where_every_proof_holds(ed):
    """Even challenges take a point of order two out again: no commitment, no sum tells of it."""
    made = single(ed, [(0, [YES])])
    context = f"{made.election.phi}|{ed.text(ed.power_g(made.secrets[0]))}"
    forged, points = _beside_the_subgroup(made, context)
    answer.verify_answer(ed, made.election.y, YES_NO_ABSTAIN, context, forged, points)

    document = resign(
        made, 0, made.ballots[0], lambda fields: fields.update(answers=[forged.document()])
    )
    assert _reason(made, document) == "group.element"


def _beside_the_subgroup(made, context):
    """An answer with two points moved by the one of order two, and where they lay before."""
    group, y, rand = made.group, made.election.y, made.rand
    order_two = (2**255 - 20).to_bytes(32, "little")
    witnesses = [rand(group.q) for _ in YES]
    points = [(group.power_g(r), group.power(y, r)) for r in witnesses]
    points[0] = points[0][0], group.mul(points[0][1], group.g)
    moved = [(group.mul(a, order_two) if at < 2 else a, b) for at, (a, b) in enumerate(points)]
    texts = tuple(answer.Ciphertext(group.text(a), group.text(b)) for a, b in moved)
    claims = answer._Claims(group, YES_NO_ABSTAIN, context, texts, points)

    def even(at):
        while True:
            claim = claims.individual(at)
            proofs = proof.prove_one_of(group, y, *claim, YES[at], witnesses[at], rand)
            if not any(each.challenge % 2 for each in proofs):
                return tuple(proofs)

    overall = proof.prove_one_of(group, y, *claims.overall(), 0, sum(witnesses), rand)
    individual = tuple(even(at) for at in range(3))
    return answer.Answer(texts, individual, tuple(overall), None), points
