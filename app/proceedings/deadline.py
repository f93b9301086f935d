"""By which day minutes have to be there, and which of them still wait for the desk."""

from datetime import date

from sqlmodel import Session, col, or_, select

from app import rules_of_procedure
from app.body import day_of
from app.models import Meeting, Minutes
from voting.rules import deadlines


def day_due(held: Session, meeting: Meeting) -> date | None:
    """The last day by `minutes_days`; None where the rules name none."""
    rules = rules_of_procedure.in_force(held, meeting.body_id)
    if rules is None or rules.parameters.get("minutes_days") is None:
        return None
    return deadlines.minutes(day_of(meeting.starts_at), rules_of_procedure.procedure_of(rules))


def unchecked(held: Session, area_id: int) -> Meeting | None:
    """The oldest meeting that is over and whose minutes nobody has read through or approved."""
    return held.exec(
        select(Meeting)
        .join(Minutes, col(Minutes.meeting_id) == Meeting.id, isouter=True)
        .where(Meeting.area_id == area_id, Meeting.state == "closed")
        .where(or_(col(Minutes.meeting_id).is_(None), col(Minutes.checked_at).is_(None)))
        .where(or_(col(Minutes.meeting_id).is_(None), col(Minutes.approved_at).is_(None)))
        .order_by(col(Meeting.starts_at))
    ).first()


def unpublished(held: Session, area_id: int) -> Meeting | None:
    """The oldest meeting whose minutes are approved and not public yet."""
    return held.exec(
        select(Meeting)
        .join(Minutes, col(Minutes.meeting_id) == Meeting.id)
        .where(Meeting.area_id == area_id, Minutes.state == "approved")
        .order_by(col(Meeting.starts_at))
    ).first()
