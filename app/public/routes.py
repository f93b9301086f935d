"""Pages for everybody, without account, script or cookie."""

import json
from typing import TypeVar

from flask import Blueprint, Response, abort, request
from flask_login import current_user
from sqlmodel import Session

from app import db, objection, policy, report, retention
from app.action_goal import newest_goals
from app.board import read_archive, read_chain
from app.body import day_of
from app.header import HEADERS, OWN_WORKERS
from app.models import Board, confirmation
from app.policy import Action, requires
from app.promise.deeds import deeds
from app.promise.facts import read as read_facts
from app.public import area as areas
from app.public import body as bodies
from app.public import check as checks
from app.public import decision as decisions
from app.public import fund as funds
from app.public import meeting as meetings
from app.public.page import download, page
from app.rich_text import render
from app.round.repeating import repeat_of
from app.visitor import Role

blueprint = Blueprint("public", __name__)
Found = TypeVar("Found")
LONGEST_SEARCH = 60


def _or_404(found: Found | None) -> Found:
    if found is None:
        abort(404)
    return found


@blueprint.get("/")
@requires(Action.READ_PUBLIC)
def start() -> Response:
    held = db.session()
    wanted = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    return page(
        "public/start.html",
        wanted=wanted,
        bezirke=areas.by_bezirk(held, wanted),
        decisions=areas.decisions(held, limit=areas.LATEST),
    )


@blueprint.get("/gebiet/<slug>")
@requires(Action.READ_PUBLIC)
def area(slug: str) -> Response:
    held = db.session()
    found = _or_404(areas.find(held, slug))
    now = db.clock(held)
    return page(
        "public/area.html",
        area=found,
        bodies=areas.bodies(held, found, day_of(now)),
        goals=newest_goals(held, found.id),
        sides=areas.coordinating_sides(held, found, day_of(now)),
        coming=meetings.coming(held, found, now),
        open_rounds=areas.open_rounds(held, found),
        funds=funds.newest(held, found, day_of(now).year),
        decisions=areas.decisions(held, found, areas.LATEST),
    )


@blueprint.get("/gebiet/<slug>/entscheidungen")
@requires(Action.READ_PUBLIC)
def decision_list(slug: str) -> Response:
    held = db.session()
    found = _or_404(areas.find(held, slug))
    return page("public/decision_list.html", area=found, decisions=areas.decisions(held, found))


@blueprint.get("/gremium/<int:body_id>")
@requires(Action.READ_PUBLIC)
def body(body_id: int) -> Response:
    held = db.session()
    found, its_area = _or_404(bodies.find(held, body_id))
    now = db.clock(held)
    return page(
        "public/body.html",
        body=found,
        area=its_area,
        standing=bodies.standing(held, found, day_of(now)),
        coming=meetings.coming(held, its_area, now, found),
        decisions=areas.decisions(held, limit=areas.LATEST, body=found),
    )


@blueprint.get("/entscheidung/<int:year>-<int:n>")
@requires(Action.READ_PUBLIC)
def decision(year: int, n: int) -> Response:
    found = _or_404(decisions.find(year, n))
    return page(
        "public/decision.html",
        number=f"{year}-{n}",
        decision=found,
        shown=found.page,
        doubts=decisions.doubts(found),
        conditions=decisions.conditions(found),
        last_day=objection.last_day(found.page),
        recount_until=checks.last_day(found.page),
        today=day_of(found.now),
        what=render(found.page["what"]),
        why=render(found.page["why"]),
    )


@blueprint.get("/fonds/<slug>/<int:year>")
@requires(Action.READ_PUBLIC)
def fund(slug: str, year: int) -> Response:
    return page("public/fund.html", shown=_or_404(funds.find(db.session(), slug, year)))


@blueprint.get("/policy")
@requires(Action.READ_PUBLIC)
def rights() -> Response:
    return page(
        "public/policy.html",
        policy=policy.POLICY,
        acts=policy.ACTS,
        roles=list(Role),
        by_two=confirmation.ACTS,
    )


@blueprint.get("/datenschutz")
@requires(Action.READ_PUBLIC)
def privacy() -> Response:
    rules = list(retention.RULES.values())
    return page(
        "public/privacy.html",
        rules=rules,
        how_long=retention.how_long,
        dialect=db.session().get_bind().dialect.name,
    )


@blueprint.get("/abstimmung/<round_id>/pruefen")
@requires(Action.READ_PUBLIC)
def check(round_id: str) -> Response:
    held = db.session()
    round_, body, its_area = _or_404(checks.find_round(held, round_id))
    facts = read_facts(held, round_)
    response = page(
        "public/check.html",
        round=round_,
        body=body,
        area=its_area,
        questions=checks.questions(held, round_id),
        log_head=checks.log_head(held, its_area),
        reports=report.count_of(held, round_id),
        repeated_by=repeat_of(held, round_),
        facts=facts,
        deeds=deeds(facts),
        today=day_of(db.clock(held)),
    )
    response.headers["Content-Security-Policy"] = HEADERS["Content-Security-Policy"] + OWN_WORKERS
    return response


@blueprint.get("/abstimmung/<round_id>/<question_id>.bel")
@requires(Action.READ_PUBLIC)
def archive(round_id: str, question_id: str) -> Response:
    held = db.session()
    board, is_public = _readable(held, round_id, question_id)
    content = read_archive(held, board.question_id)
    return download(content, f"{question_id}.bel", "application/octet-stream", is_public=is_public)


@blueprint.get("/abstimmung/<round_id>/<question_id>.chain.json")
@requires(Action.READ_PUBLIC)
def chain(round_id: str, question_id: str) -> Response:
    held = db.session()
    board, is_public = _readable(held, round_id, question_id)
    content = json.dumps(read_chain(held, board.question_id)).encode()
    return download(content, f"{question_id}.chain.json", "application/json", is_public=is_public)


@blueprint.get("/abstimmung/<round_id>/<question_id>.strong.json")
@requires(Action.READ_PUBLIC)
def strong(round_id: str, question_id: str) -> Response:
    board, is_public = _readable(db.session(), round_id, question_id)
    content = _or_404(board.strong).encode()
    return download(content, f"{question_id}.strong.json", "application/json", is_public=is_public)


def _readable(held: Session, round_id: str, question_id: str) -> tuple[Board, bool]:
    person = current_user.person if current_user.is_authenticated else None
    return _or_404(checks.readable_board(held, round_id, question_id, person))
