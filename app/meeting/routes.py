"""A meeting at the desk: one page with who is there, and the rounds held in it."""

from flask import Blueprint, render_template
from sqlmodel import Session, col, select

from app import attendance, db, electoral_roll, subject
from app.meeting import present
from app.models import Body, Meeting, Round
from app.own_row import load
from app.policy import Action, requires
from app.round import preparing
from app.round.progress import progress

blueprint = Blueprint("meeting", __name__)
DESK = "/desk/meetings/<int:meeting_id>"


@blueprint.get(DESK)
@requires(Action.RUN_ROUNDS)
def meeting(meeting_id: int) -> str:
    held = db.session()
    found = load(held, Meeting, meeting_id)
    body = held.get_one(Body, found.body_id)
    return render_template(
        "meeting/meeting.html",
        meeting=found,
        body=body,
        is_over=attendance.is_over(found, db.clock(held)),
        missing=electoral_roll.missing_rules(held, body.id),
        rounds=_rounds(held, found),
        **present.shown(held, found, body),
    )


def _rounds(held: Session, meeting: Meeting) -> list[tuple[Round, str, list[str]]]:
    """The rounds of a meeting with the step each stands at and what it asks about."""
    found = held.exec(
        select(Round).where(Round.meeting_id == meeting.id).order_by(col(Round.created_at))
    ).all()
    return [(each, *_contents(held, each)) for each in found]


def _contents(held: Session, round_: Round) -> tuple[str, list[str]]:
    questions = preparing.questions_of(held, round_)
    subjects = subject.of_all(held, questions)
    return progress(round_, questions), [subjects[each.id].title for each in questions]
