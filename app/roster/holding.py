"""What is noted about a membership: the order in a shared seat, speakers, dual roles."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from app import rules_of_procedure
from app.body import day_in, day_of
from app.errors import Refused
from app.models import Membership, Seat, Term
from app.roster.seating import holders_of, lock_roster
from voting.rules.parameter import missing
from voting.rules.procedure import Procedure
from voting.rules.session import may_become_speaker

Row = TypeVar("Row")
RULES_OF_SPEAKERS = ("speakers", "speakers.segment")


def move_holder(held: Session, membership: Membership, now: datetime, *, up: bool) -> None:
    """Let a holder of a shared seat vote before the one above, or after the one below."""
    seat = held.get_one(Seat, membership.seat_id)
    lock_roster(held, seat.body_id)
    term = held.get_one(Term, membership.term_id)
    for position, each in enumerate(
        moved(holders_of(held, seat, term, now), membership, up=up), start=1
    ):
        each.position = position
    held.flush()


def moved(rows: Sequence[Row], chosen: Row, *, up: bool) -> list[Row]:
    """The rows in their new order; the first cannot go up, the last cannot go down."""
    order = list(rows)
    if chosen not in order:
        raise Refused("already_done")
    at = order.index(chosen)
    to = max(at - 1, 0) if up else min(at + 1, len(order) - 1)
    order.insert(to, order.pop(at))
    return order


def make_speaker(held: Session, membership: Membership, now: datetime) -> None:
    """Mark a member as speaker, within the number and the group that the rules give."""
    seat = held.get_one(Seat, membership.seat_id)
    lock_roster(held, seat.body_id)
    if membership.is_speaker:
        return
    _require_allowed(held, seat, _count_speakers(held, membership, now))
    membership.role = "speaker"
    held.flush()


def end_speaker(held: Session, membership: Membership) -> None:
    """Let a speaker be a member like the others."""
    membership.role = "member"
    held.flush()


def set_dual_role(held: Session, membership: Membership, employer: str) -> None:
    """Note for which institution a member works too; an empty name takes the mark away."""
    membership.is_dual_role, membership.dual_role = bool(employer), employer
    held.flush()


def rules_of_speakers(held: Session, body_id: int) -> Procedure | None:
    """The rules in force, if they say how many speakers there are and of which group."""
    rules = rules_of_procedure.in_force(held, body_id)
    if rules is None or missing(rules.parameters, RULES_OF_SPEAKERS):
        return None
    return rules_of_procedure.procedure_of(rules)


def _require_allowed(held: Session, seat: Seat, speakers: int) -> None:
    """Judge by the rules in force; rules that do not speak of speakers forbid nothing."""
    procedure = rules_of_speakers(held, seat.body_id)
    if procedure is None or may_become_speaker(seat.segment, speakers, procedure):  # type: ignore[arg-type]
        return
    most = procedure.number("speakers")
    raise (
        Refused("speakers_enough", most=most)
        if speakers >= most
        else Refused("speaker_not_resident")
    )


def _count_speakers(held: Session, membership: Membership, now: datetime) -> int:
    """How many members of this term speak for the body today."""
    term = held.get_one(Term, membership.term_id)
    day = day_in(term, day_of(now))
    found = held.exec(
        select(Membership)
        .where(Membership.term_id == term.id)
        .where(col(Membership.starts_on) <= day, col(Membership.ends_on) >= day)
    )
    return sum(1 for each in found if each.is_speaker)
