"""A meeting at the desk: one page with its agenda, who is there, and the rounds held in it."""

from datetime import datetime
from typing import Any

from flask import Blueprint, render_template
from sqlmodel import Session, col, select

from app import agenda, attendance, db, rules_of_procedure
from app.body import day_of
from app.meeting import changing, course, present, telling, undoing
from app.models import Body, Meeting, Round
from app.own_row import load
from app.policy import Action, requires
from app.round.listing import entries

blueprint = Blueprint("meeting", __name__)
DESK = "/desk/meetings/<int:meeting_id>"
ITEM = "/desk/meetings/items/<int:item_id>"
DOCUMENT = "/desk/meetings/documents/<int:document_id>"


@blueprint.get(DESK)
@requires(Action.RUN_ROUNDS)
def meeting(meeting_id: int) -> str:
    held = db.session()
    found, now = load(held, Meeting, meeting_id), db.clock(held)
    body = held.get_one(Body, found.body_id)
    rounds = held.exec(
        select(Round).where(Round.meeting_id == found.id).order_by(col(Round.created_at))
    ).all()
    return render_template(
        "meeting/meeting.html",
        meeting=found,
        body=body,
        is_over=attendance.is_over(found, now),
        is_ahead=day_of(found.starts_at) > day_of(now),
        may_enter=attendance.may_enter(held, found, now),
        may_begin=course.may_begin(found, now),
        may_take_back=undoing.may_take_back(held, found),
        may_close=course.may_close(found, now),
        missing=rules_of_procedure.missing(held, body.id),
        lines=agenda.lines_of(held, found),
        rounds=entries(held, rounds),
        **_invitation(held, found, now),
        **present.shown(held, found, body),
    )


def _invitation(held: Session, meeting: Meeting, now: datetime) -> dict[str, Any]:
    """Who was invited, who was not, and by when it has to be done."""
    return {
        "told": telling.told(held, meeting),
        "newcomers": len(telling.newcomers(held, meeting)),
        "is_untold": changing.is_untold(meeting),
        "deadline": telling.deadline(held, meeting, now),
    }
