"""Paper numbers of a round: made on one person's screen, taken over on another's.

Their secret travels from screen to screen, as a code that is read out or scanned. The server gets
public points and proofs, so it can neither cast a paper nor read one.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app import one_line, public_reason
from app.errors import Refused
from app.json_request import text_of
from app.models import Member, PaperEnterer, PaperNumber, Round, VotingKey
from app.round import enterers, papers
from app.round.enterers import Person
from voting.errors import RefusalError
from voting.protocol import group
from voting.protocol.credential import verify_enrolment
from voting.protocol.group import parse_key

# More than seats in any council, few enough to be made in a moment.
MOST = 60
LONGEST_REASON = 500


def register(
    held: Session, round_: Round, person: Person, sent: dict[str, Any], now: datetime
) -> None:
    """Store the points that this person's screen made, instead of any made before.

    The caller has locked the round. Raise Refused: papers_fixed, bad_request, key_proof_broken,
    reason_missing.
    """
    _require_before_opening(round_)
    reason, points = _reason(held, round_, sent), _points(round_, sent)
    _require_proof(round_, person, points[0], sent.get("proof"))
    _require_new(held, round_, points)
    for each in (*numbers(held, round_), *papers.enterers_of(held, round_.id)):
        held.delete(each)
    held.flush()
    held.add(_enterer(round_, 1, person, reason, now))
    held.add_all(
        PaperNumber(area_id=round_.area_id, round_id=round_.id, number=number, point=point)
        for number, point in enumerate(points, start=1)
    )
    held.flush()


def join(held: Session, round_: Round, person: Person, sent: dict[str, Any], now: datetime) -> None:
    """Make this person the second one: another one, whose screen has the same secret.

    The caller has locked the round. Raise Refused: papers_missing, second_person_needed,
    confirmation_expired, officer_needed, already_done, key_proof_broken.
    """
    both, made = papers.enterers_of(held, round_.id), numbers(held, round_)
    if not both or not made:
        raise Refused("papers_missing")
    if len(both) > 1 and not both[1].is_by(person):
        raise Refused("already_done")
    _require_proof(round_, person, made[0].point, sent.get("proof"))
    if len(both) == 1:
        enterers.require_second(held, round_, both[0], person, now)
        held.add(_enterer(round_, 2, person, "", now))
        held.flush()
        enterers.tell_entered(held, round_, "paper_numbers", None, both[0].reason, now)


def _enterer(round_: Round, place: int, person: Person, reason: str, now: datetime) -> PaperEnterer:
    return PaperEnterer(
        area_id=round_.area_id,
        round_id=round_.id,
        place=place,
        reason=reason,
        entered_at=now,
        **enterers.author(person),
    )


def numbers(held: Session, round_: Round) -> Sequence[PaperNumber]:
    """The numbers that were made for this round."""
    return held.exec(
        select(PaperNumber)
        .where(PaperNumber.round_id == round_.id)
        .order_by(col(PaperNumber.number))
    ).all()


def place_of(held: Session, round_: Round, person: Person) -> int | None:
    """Whether somebody is the first or the second of the two who enter the papers, or neither."""
    both = papers.enterers_of(held, round_.id)
    return next((each.place for each in both if each.is_by(person)), None)


def name_in_proofs(person: Person) -> str:
    """How a proof names the person whose screen made it."""
    return f"{'member' if isinstance(person, Member) else 'officer'}-{person.id}"


def _require_before_opening(round_: Round) -> None:
    if not round_.has_box or round_.state not in ("draft", "announced"):
        raise Refused("papers_fixed")


def _reason(held: Session, round_: Round, sent: dict[str, Any]) -> str:
    reason = one_line.normal(text_of(sent, "reason")) or ""
    if not reason or one_line.fault_in_line(reason, LONGEST_REASON):
        raise Refused("reason_missing")
    if public_reason.names_somebody(held, round_.area_id, reason):
        raise Refused("reason_names")
    return reason


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


def _require_proof(round_: Round, person: Person, point: str, proof: object) -> None:
    """The person's screen knows the secret; the proof is good for this person alone."""
    term, nonce = f"{round_.id}-paper-1", name_in_proofs(person)
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
