"""The moderators' desk: today."""

from flask import Blueprint, jsonify, render_template, request
from flask import Response as JsonResponse
from flask_login import current_user
from sqlmodel import Session, col, select

from app import applicant_letter, coming_meeting, db, objection, report, second_person, setup
from app.body import bodies_of, voting_bodies
from app.desk import next_step
from app.models import Confirmation, Officer, Round
from app.policy import Action, requires
from app.round import releasing
from app.round.listing import entries

RECENT_MEETINGS = 6

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("/")
@requires(Action.RUN_ROUNDS)
def index() -> str:
    held = db.session()
    now = db.clock(held)
    lines = setup.lines(held, current_user.area, now)
    coming, past = coming_meeting.of_area(held, current_user.area_id, now, RECENT_MEETINGS)
    return render_template(
        "desk/index.html",
        step=next_step.find(held, current_user.area, lines, now),
        is_set_up=setup.next_line(lines) is None,
        body_names={body.id: body.name for body in bodies_of(held, current_user.area_id)},
        waiting=waiting_here(held),
        reports=report.waiting(held, current_user.area_id),
        objections=objection.waiting(held, current_user.area_id),
        letters=applicant_letter.waiting(held, current_user.area_id),
        to_count=releasing.waiting_for(held, current_user.person),
        pulse=_pulse(held),
        coming=coming,
        past=past,
        over_days=_over_days(held),
        bodies=voting_bodies(held, current_user.area_id),
        now=now,
    )


def _over_days(held: Session) -> list[tuple[Round, str, list[str]]]:
    """The latest votes without a meeting, with the step each stands at and what it asks about."""
    found = held.exec(
        select(Round)
        .where(Round.area_id == current_user.area_id, Round.mode == "circular")
        .order_by(col(Round.created_at).desc())
        .limit(RECENT_MEETINGS)
    )
    return entries(held, found.all())


@blueprint.get("/pulse")
@requires(Action.RUN_ROUNDS)
def today() -> JsonResponse:
    response = jsonify(_pulse(db.session()))
    response.add_etag()
    response.make_conditional(request)
    return response


def _pulse(held: Session) -> dict[str, str]:
    """The mark changes when somebody reports, objects or asks for a second person."""
    area_id = current_user.area_id
    marks = [
        *(f"r{each.id}" for each in report.waiting(held, area_id)),
        *(f"o{each.id}" for each, _decision in objection.waiting(held, area_id)),
        *(f"c{each.id}" for each in second_person.waiting(held, area_id, db.clock(held))),
    ]
    return {"turnout": "", "mark": " ".join(marks)}


def waiting_here(
    held: Session, round_: Round | None = None
) -> list[tuple[Confirmation, Officer, str]]:
    """What waits for a second person: the request, who asked, what it is about."""
    found = second_person.waiting(held, current_user.area_id, db.clock(held))
    return [
        (each, held.get_one(Officer, each.requested_by), second_person.about(held, each))
        for each in found
        if round_ is None or each.round_id == round_.id
    ]
