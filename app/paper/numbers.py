"""Paper numbers of a round: made on one officer's screen, taken over on another's.

Their secret travels from screen to screen, as a code that is read out or scanned. The server gets
public points and proofs, so it can neither cast a paper nor read one.
"""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from app.errors import Refused
from app.models import Officer, PaperNumber, PaperSet, Round, VotingKey
from voting.errors import RefusalError
from voting.protocol import group
from voting.protocol.credential import verify_enrolment
from voting.protocol.group import parse_key

# More than seats in any council, few enough to be made in a moment.
MOST = 60


def register(held: Session, round_: Round, officer: Officer, sent: dict[str, Any]) -> None:
    """Store the points that this officer's screen made, instead of any made before.

    The caller has locked the round. Raise Refused: papers_fixed, bad_request, key_proof_broken.
    """
    _require_before_opening(round_)
    points = _points(round_, sent)
    _require_proof(round_, officer, points[0], sent.get("proof"))
    _require_new(held, round_, points)
    for each in numbers(held, round_):
        held.delete(each)
    old = held.get(PaperSet, round_.id)
    if old:
        held.delete(old)
    held.flush()
    held.add(PaperSet(area_id=round_.area_id, round_id=round_.id, first_id=officer.id))
    held.add_all(
        PaperNumber(area_id=round_.area_id, round_id=round_.id, number=number, point=point)
        for number, point in enumerate(points, start=1)
    )
    held.flush()


def join(held: Session, round_: Round, officer: Officer, sent: dict[str, Any]) -> None:
    """Make this officer the second one: another person, whose screen has the same secret.

    The caller has locked the round. Raise Refused: papers_missing, second_person_needed,
    already_done, key_proof_broken.
    """
    both, made = held.get(PaperSet, round_.id), numbers(held, round_)
    if both is None or not made:
        raise Refused("papers_missing")
    if both.first_id == officer.id:
        raise Refused("second_person_needed")
    if both.second_id not in (None, officer.id):
        raise Refused("already_done")
    _require_proof(round_, officer, made[0].point, sent.get("proof"))
    both.second_id = officer.id
    held.flush()


def numbers(held: Session, round_: Round) -> Sequence[PaperNumber]:
    """The numbers that were made for this round."""
    return held.exec(
        select(PaperNumber)
        .where(PaperNumber.round_id == round_.id)
        .order_by(col(PaperNumber.number))
    ).all()


def is_enterer(held: Session, round_: Round, officer: Officer) -> bool:
    """Whether this officer is one of the two who enter the papers."""
    both = held.get(PaperSet, round_.id)
    return both is not None and officer.id in (both.first_id, both.second_id)


def _require_before_opening(round_: Round) -> None:
    if not round_.has_box or round_.state not in ("draft", "announced"):
        raise Refused("papers_fixed")


def _points(round_: Round, sent: dict[str, Any]) -> list[str]:
    points = sent.get("points")
    if not isinstance(points, list) or not 0 < len(points) <= MOST:
        raise Refused("bad_request")
    if not all(isinstance(each, str) for each in points) or len(set(points)) < len(points):
        raise Refused("bad_request")
    try:
        for each in points:
            parse_key(group.by_name(round_.group), each)
    except RefusalError:
        raise Refused("bad_request") from None
    return points


def _require_proof(round_: Round, officer: Officer, point: str, proof: object) -> None:
    """The officer's screen knows the secret; the proof is good for this officer alone."""
    term, nonce = f"{round_.id}-paper-1", f"officer-{officer.id}"
    try:
        verify_enrolment(group.by_name(round_.group), term, nonce, point, proof)
    except RefusalError as failure:
        raise Refused("key_proof_broken") from failure


def _require_new(held: Session, round_: Round, points: list[str]) -> None:
    """No point is a member's key or a number of another round."""
    keys = select(VotingKey.point).where(col(VotingKey.point).in_(points))
    others = select(PaperNumber.point).where(
        col(PaperNumber.point).in_(points), PaperNumber.round_id != round_.id
    )
    if any(held.exec(query).first() for query in (keys, others)):
        raise Refused("bad_request")
