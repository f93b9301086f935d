"""A vote was held without this site and is entered afterwards, with the time at which it was."""

from datetime import datetime, time

from sqlmodel import Session

from app import attendance
from app.errors import Refused
from app.models import Meeting, Round
from app.round import by_hand
from app.round.preparing import questions_of

BEFORE_OPENING = ("draft", "announced")
BY_HAND = ("open", "roll_call")


def ways(held: Session, round_: Round) -> tuple[str, ...]:
    """How a vote can have been held without this site, by the rules of the body."""
    if not by_hand.is_open_allowed(held, round_):
        return ("paper",)
    return BY_HAND if round_.state == "draft" else (round_.way,)


def is_due(round_: Round, meeting: Meeting | None, now: datetime) -> bool:
    """Whether a round can go on only when somebody says at what time it was held."""
    if meeting is None or round_.voted_at or round_.is_poll:
        return False
    return round_.state in BEFORE_OPENING and not attendance.is_live(meeting, now)


def require_possible(held: Session, round_: Round, now: datetime) -> Meeting:
    """The meeting in which a round can have been held; refuse for any other round."""
    if round_.meeting_id is None or round_.is_poll or round_.is_practice:
        raise Refused("not_found")
    if round_.state not in BEFORE_OPENING:
        raise Refused("already_done")
    meeting = held.get_one(Meeting, round_.meeting_id)
    if not attendance.may_enter(held, meeting, now):
        raise Refused("meeting_over")
    return meeting


def require_moment(held: Session, meeting: Meeting, voted_at: datetime, now: datetime) -> None:
    """Refuse a time outside of the meeting, and any after its minutes were approved."""
    if not attendance.may_enter(held, meeting, now):
        raise Refused("meeting_over")
    if not is_during(meeting, voted_at, now):
        raise Refused("vote_outside")


def moment(meeting: Meeting, clock: time) -> datetime:
    """A time of day from the tally sheet; the minute in which it began is the beginning."""
    typed, begin = attendance.on_its_day(meeting, clock), attendance.begin_of(meeting)
    return begin if typed == begin.replace(second=0, microsecond=0) else typed


def is_during(meeting: Meeting, voted_at: datetime, now: datetime) -> bool:
    """Whether a time lies between the beginning of a meeting and its end."""
    return attendance.begin_of(meeting) <= voted_at <= min(meeting.closed_at or now, now)


def enter(held: Session, round_: Round, way: str, voted_at: datetime, now: datetime) -> None:
    """Say how and when a round was held; the caller has locked it."""
    meeting = require_possible(held, round_, now)
    if way not in ways(held, round_):
        raise Refused("open_not_allowed")
    require_moment(held, meeting, voted_at, now)
    if any(each.is_choice for each in questions_of(held, round_)):
        raise Refused("choice_needs_box")
    if way != round_.way:
        by_hand.choose_way(held, round_, way)
    round_.voted_at = voted_at
    held.flush()
