"""Minutes: how the views find those that a visitor may read."""

from flask import Blueprint
from flask_login import current_user
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound

from app.body import term_ids_of
from app.models import Meeting, Member, Term
from app.own_row import load

blueprint = Blueprint("minutes", __name__, url_prefix="/minutes")
# A meeting that runs can be looked at beforehand by those who run it.
FOR_OFFICERS = ("running", "closed")
FOR_MEMBERS = ("closed",)


def load_readable(held: Session, meeting_id: int) -> Meeting:
    """A meeting whose minutes the visitor may read; members those of their own bodies."""
    meeting = load(held, Meeting, meeting_id)
    if meeting.state not in _states() or not _is_ours(held, meeting):
        raise NotFound()
    return meeting


def readable(held: Session) -> list[Meeting]:
    """The meetings whose minutes the visitor may read, the last one first."""
    found = held.exec(
        select(Meeting)
        .where(Meeting.area_id == current_user.area_id, col(Meeting.state).in_(_states()))
        .order_by(col(Meeting.starts_at).desc())
    )
    return [each for each in found if _is_ours(held, each)]


def _states() -> tuple[str, ...]:
    return FOR_MEMBERS if isinstance(current_user.person, Member) else FOR_OFFICERS


def _is_ours(held: Session, meeting: Meeting) -> bool:
    person = current_user.person
    if not isinstance(person, Member):
        return True
    mine = select(Term.id).where(Term.body_id == meeting.body_id)
    return held.exec(mine.where(col(Term.id).in_(term_ids_of(person)))).first() is not None
