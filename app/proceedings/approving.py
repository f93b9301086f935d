"""The body approves minutes as a point of a later meeting; then they are fixed and published."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.errors import Refused
from app.models import AgendaItem, Meeting, Minutes, Officer, Question, Round
from app.proceedings import record, votes
from app.proceedings.keeping import fault_of, of_meeting
from app.proceedings.record import Record


def approving_item(held: Session, meeting: Meeting) -> AgendaItem | None:
    """The point of a later meeting, running or over, at which these minutes are approved."""
    return held.exec(
        select(AgendaItem)
        .join(Meeting, col(Meeting.id) == AgendaItem.meeting_id)
        .where(AgendaItem.approves_meeting_id == meeting.id, AgendaItem.kind == "minutes")
        .where(col(Meeting.state).in_(("running", "closed")))
        .where(Meeting.starts_at > meeting.starts_at)
        .order_by(col(Meeting.starts_at).desc(), col(AgendaItem.position).desc())
    ).first()


def way(held: Session, found: Record) -> str:
    """How the body agreed: "vote" where it voted on the point, "consent" where nobody objected."""
    item = approving_item(held, found.meeting)
    return "vote" if item and _rounds_about(held, item) else "consent"


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
    if fault := obstacle(held, found):
        raise Refused(fault)
    return way(held, found)


def obstacle(held: Session, found: Record) -> str | None:
    """The code of what stands against an approval now."""
    if fault := fault_of(found):
        return fault
    for round_ in votes.held_at(held, found.meeting):
        asked = held.exec(select(Question).where(Question.round_id == round_.id))
        if not all(votes.is_settled(round_, each) for each in asked):
            return "minutes_unsettled"
    item = approving_item(held, found.meeting)
    if item is None:
        return "minutes_not_on_agenda"
    rounds = _rounds_about(held, item)
    if rounds and not any(_is_adopted(held, each) for each in rounds):
        return "minutes_not_adopted"
    return None


def asked_in(held: Session, round_: Round) -> Meeting | None:
    """The meeting on whose minutes a round votes."""
    item = held.get(AgendaItem, round_.agenda_item_id) if round_.agenda_item_id else None
    if item is None or item.approves_meeting_id is None or round_.is_poll or round_.is_practice:
        return None
    return held.get(Meeting, item.approves_meeting_id)


def follow_vote(held: Session, round_: Round, officer: Officer, now: datetime) -> Meeting | None:
    """Approve what a published vote was about, where nothing stands against it any more."""
    asked = asked_in(held, round_)
    if asked is None:
        return None
    meeting = held.exec(select(Meeting).where(Meeting.id == asked.id).with_for_update()).one()
    if obstacle(held, record.of(held, meeting)):
        return None
    approve(held, meeting, officer, now)
    return meeting


def approve(held: Session, meeting: Meeting, officer: Officer, now: datetime) -> Minutes:
    """Freeze what the minutes say, as the body agreed to it."""
    # Nothing that was voted on there is entered meanwhile.
    held.exec(select(Round.id).where(Round.meeting_id == meeting.id).with_for_update()).all()
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
