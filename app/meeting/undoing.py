"""What was begun or noted by mistake is taken back, while nothing has come of it."""

from datetime import datetime

from sqlmodel import Session, and_, col, func, or_, select

from app import agenda
from app.errors import Refused
from app.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MistakenStay,
    Officer,
    Question,
    RollEntry,
    Round,
)


def may_take_back(held: Session, meeting: Meeting) -> bool:
    """Whether the meeting runs, and neither an item nor a vote was on since it began."""
    if meeting.state != "running" or meeting.began_at is None:
        return False
    if any(each.began_at for each in agenda.items_of(held, meeting)):
        return False
    opened = select(Round.id).where(Round.meeting_id == meeting.id)
    return held.exec(opened.where(col(Round.opened_at) >= meeting.began_at)).first() is None


def take_back(held: Session, meeting: Meeting) -> None:
    """Let the meeting not have begun; the caller has locked it."""
    if not may_take_back(held, meeting):
        raise Refused("too_late_to_undo")
    meeting.state = "planned" if meeting.told_sequence is None else "invited"
    meeting.began_at = None


def may_take_back_item(held: Session, item: AgendaItem) -> bool:
    """Whether an item is on, and nothing was noted or voted on there."""
    if item.began_at is None or item.ended_at is not None or item.notes:
        return False
    opened = select(Round.id).where(Round.agenda_item_id == item.id)
    return held.exec(opened.where(col(Round.opened_at).is_not(None))).first() is None


def take_back_item(held: Session, meeting: Meeting, item: AgendaItem) -> None:
    """Let the item not have begun; the one that it ended is on again."""
    if not may_take_back_item(held, item):
        raise Refused("too_late_to_undo")
    for each in agenda.items_of(held, meeting):
        if each.ended_at is not None and each.ended_at == item.began_at:
            each.ended_at = None
    item.began_at = None


def take_out(held: Session, stay: Attendance, officer: Officer, now: datetime) -> None:
    """Let somebody not have come; what stays is that it happened, and not whom it was about."""
    if has_counted(held, stay):
        raise Refused("stay_counted")
    held.add(
        MistakenStay(
            area_id=stay.area_id,
            meeting_id=stay.meeting_id,
            arrived_at=stay.arrived_at,
            taken_out_at=now,
            officer_id=officer.id,
        )
    )
    held.delete(stay)
    held.flush()


def has_counted(held: Session, stay: Attendance) -> bool:
    """Whether a vote was opened while somebody was noted as there, or with them on its roll."""
    on_roll = select(Question.round_id).join(RollEntry, col(RollEntry.question_id) == Question.id)
    is_on_roll = col(Round.id).in_(on_roll.where(RollEntry.member_id == stay.member_id))
    voted_at = func.coalesce(Round.voted_at, Round.opened_at)
    is_during = voted_at >= stay.arrived_at
    if stay.left_at:
        is_during = and_(is_during, voted_at <= stay.left_at)
    found = (
        select(Round.id)
        .where(Round.meeting_id == stay.meeting_id, Round.state != "void")
        .where(col(Round.is_practice).is_(False), col(Round.opened_at).is_not(None))
        .where(or_(is_on_roll, is_during))
    )
    return held.exec(found).first() is not None


def taken_out(held: Session, meeting: Meeting) -> list[tuple[MistakenStay, Officer]]:
    """What was taken out again, by whom, in order."""
    found = (
        select(MistakenStay, Officer)
        .join(Officer, col(Officer.id) == MistakenStay.officer_id)
        .where(MistakenStay.meeting_id == meeting.id)
        .order_by(col(MistakenStay.taken_out_at), col(MistakenStay.id))
    )
    return list(held.exec(found).all())
