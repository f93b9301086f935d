"""Pages for everybody, without account, script or cookie."""

from typing import TypeVar

from flask import Blueprint, Response, abort

from app import db, policy
from app.policy import Action, requires
from app.public import area as areas
from app.public import check as checks
from app.public import decision as decisions
from app.public.page import download, page
from app.rich_text import render
from app.visitor import Role

blueprint = Blueprint("public", __name__)
Found = TypeVar("Found")


def _or_404(found: Found | None) -> Found:
    if found is None:
        abort(404)
    return found


@blueprint.get("/")
@requires(Action.READ_PUBLIC)
def start() -> Response:
    held = db.session()
    return page(
        "public/start.html",
        bezirke=areas.by_bezirk(held),
        decisions=areas.decisions(held, limit=areas.LATEST),
    )


@blueprint.get("/gebiet/<slug>")
@requires(Action.READ_PUBLIC)
def area(slug: str) -> Response:
    held = db.session()
    found = _or_404(areas.find(held, slug))
    return page(
        "public/area.html",
        area=found,
        bodies=areas.bodies(held, found),
        meeting=areas.next_meeting(held, found, db.clock(held)),
        open_rounds=areas.open_rounds(held, found),
        decisions=areas.decisions(held, found, areas.LATEST),
    )


@blueprint.get("/gebiet/<slug>/entscheidungen")
@requires(Action.READ_PUBLIC)
def decision_list(slug: str) -> Response:
    held = db.session()
    found = _or_404(areas.find(held, slug))
    return page("public/decision_list.html", area=found, decisions=areas.decisions(held, found))


@blueprint.get("/entscheidung/<int:year>-<int:n>")
@requires(Action.READ_PUBLIC)
def decision(year: int, n: int) -> Response:
    found = _or_404(decisions.find(year, n))
    return page(
        "public/decision.html",
        number=f"{year}-{n}",
        decision=found,
        shown=found.page,
        what=render(found.page["what"]),
        why=render(found.page["why"]),
    )


@blueprint.get("/policy")
@requires(Action.READ_PUBLIC)
def rights() -> Response:
    return page("public/policy.html", policy=policy.POLICY, acts=policy.ACTS, roles=list(Role))


@blueprint.get("/abstimmung/<round_id>/pruefen")
@requires(Action.READ_PUBLIC)
def check(round_id: str) -> Response:
    held = db.session()
    round_, body, its_area = _or_404(checks.find_round(held, round_id))
    return page(
        "public/check.html",
        round=round_,
        body=body,
        area=its_area,
        questions=checks.questions(held, round_id),
    )


@blueprint.get("/abstimmung/<round_id>/<question_id>.bel")
@requires(Action.READ_PUBLIC)
def archive(round_id: str, question_id: str) -> Response:
    content = _or_404(checks.archive(db.session(), round_id, question_id))
    return download(content, f"{question_id}.bel", "application/octet-stream")


@blueprint.get("/abstimmung/<round_id>/<question_id>.strong.json")
@requires(Action.READ_PUBLIC)
def strong(round_id: str, question_id: str) -> Response:
    content = _or_404(checks.strong(db.session(), round_id, question_id))
    return download(content, f"{question_id}.strong.json", "application/json")
