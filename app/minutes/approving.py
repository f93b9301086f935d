"""The body approves minutes as a point of a later meeting; then they are fixed and published."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.errors import Refused
from app.minutes.correcting import of_meeting, require_correctable
from app.models import AgendaItem, Meeting, Minutes, Officer, Question, Round
from app.proceedings import record, votes
from app.proceedings.record import Record


def approving_item(held: Session, meeting: Meeting) -> AgendaItem | None:
    """The point of a later meeting, running or over, at which these minutes are approved."""
    return held.exec(
        select(AgendaItem)
        .join(Meeting, col(Meeting.id) == AgendaItem.meeting_id)
        .where(AgendaItem.approves_meeting_id == meeting.id, AgendaItem.kind == "minutes")
        .where(col(Meeting.state).in_(("running", "closed")))
        .where(Meeting.starts_at > meeting.starts_at)
        .order_by(col(Meeting.starts_at).desc(), col(AgendaItem.position))
    ).first()


def way(held: Session, found: Record) -> str:
    """How the body agreed: "vote" where it voted on the point, "consent" where nobody objected."""
    item = approving_item(held, found.meeting)
    if item is None:
        raise Refused("minutes_not_on_agenda")
    rounds = _rounds_about(held, item)
    if not rounds:
        return "consent"
    if not any(_is_adopted(held, each) for each in rounds):
        raise Refused("minutes_not_adopted")
    return "vote"


def _rounds_about(held: Session, item: AgendaItem) -> list[Round]:
    """The rounds of a point that decide something or still may."""
    found = held.exec(
        select(Round)
        .where(Round.agenda_item_id == item.id, Round.state != "void")
        .where(col(Round.is_practice).is_(False), col(Round.is_poll).is_(False))
    )
    return list(found)


def _is_adopted(held: Session, round_: Round) -> bool:
    asked = held.exec(select(Question).where(Question.round_id == round_.id)).all()
    standing = [each for each in asked if each.state in ("confirmed", "published")]
    return any((each.outcome or {}).get("code") == "adopted" for each in standing)


def require_approvable(held: Session, found: Record) -> str:
    """How the minutes are approved; refuse while anything of them is still to come."""
    require_correctable(found)
    for round_ in votes.held_at(held, found.meeting):
        asked = held.exec(select(Question).where(Question.round_id == round_.id))
        if not all(votes.is_settled(round_, each) for each in asked):
            raise Refused("minutes_unsettled")
    return way(held, found)


def approve(held: Session, meeting: Meeting, officer: Officer, now: datetime) -> Minutes:
    """Freeze what the minutes say, as the body agreed to it."""
    found = record.of(held, meeting)
    approved_as = require_approvable(held, found)
    item = approving_item(held, meeting)
    stored = of_meeting(held, meeting)
    stored.state, stored.approved_as = "approved", approved_as
    stored.approved_at, stored.approved_by = now, officer.id
    stored.agenda_item_id = item.id if item else None
    stored.content = found.facts
    held.flush()
    return stored


def require_publishable(stored: Minutes | None) -> Minutes:
    """Approved minutes, which are not public yet."""
    if stored is None or not stored.is_fixed:
        raise Refused("minutes_not_approved")
    if stored.state == "published":
        raise Refused("already_done")
    return stored


def publish(held: Session, meeting: Meeting, now: datetime) -> Minutes:
    """Show everybody what the body approved."""
    stored = require_publishable(held.get(Minutes, meeting.id))
    stored.state, stored.published_at = "published", now
    held.flush()
    return stored
