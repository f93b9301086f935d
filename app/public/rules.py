"""A body's rules for everybody: in words, in versions, and what they would mean this evening."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import Response, abort, request
from sqlmodel import Session, col, select

from app import adoption, db
from app.body import day_of, places_on, votes_by_ballot
from app.models import Area, Body, Question, Round, RulesOfProcedure
from app.policy import Action, requires
from app.public.page import page
from app.public.routes import blueprint
from app.rule import reading
from voting.rules import readiness

ASKED = ("announced", "open", "closed")


class Version(NamedTuple):
    """A version that everybody may read; `until` is the first day on which a newer one holds."""

    rules: RulesOfProcedure
    state: str
    until: date | None


@blueprint.get("/gremium/<int:body_id>/regeln")
@requires(Action.READ_PUBLIC)
def rules(body_id: int) -> Response:
    held = db.session()
    body, area = load(held, body_id)
    today = day_of(db.clock(held))
    found = versions(held, body, today)
    shown = _chosen(found)
    return page(
        "public/rules.html",
        body=body,
        area=area,
        versions=found,
        shown=shown,
        lines=reading.lines(shown.rules.parameters, body.kind) if shown else [],
        cases=readiness.of(shown.rules.parameters if shown else {}),
        seats=len(places_on(held, body, None, today)),
        difference=_difference(found),
    )


def load(held: Session, body_id: int) -> tuple[Body, Area]:
    """A body that votes by ballot, with its area; otherwise the page does not exist."""
    row = held.exec(
        select(Body, Area).join(Area, col(Area.id) == Body.area_id).where(Body.id == body_id)
    ).first()
    if row is None or not votes_by_ballot(row[0]):
        abort(404)
    return row[0], row[1]


def versions(held: Session, body: Body, today: date) -> list[Version]:
    """Every version that was adopted or put to the vote, newest first."""
    asked = set(
        held.exec(
            select(Question.rules_id)
            .join(Round, col(Round.id) == Question.round_id)
            .where(Round.body_id == body.id, col(Round.state).in_(ASKED))
        )
    )
    rows = held.exec(
        select(RulesOfProcedure)
        .where(RulesOfProcedure.body_id == body.id)
        .order_by(col(RulesOfProcedure.version).desc())
    ).all()
    return [
        _version(each, rows, today, adoption.was_rejected(held, each))
        for each in rows
        if each.state == "adopted" or each.id in asked
    ]


def _version(
    rules: RulesOfProcedure, rows: Sequence[RulesOfProcedure], today: date, was_rejected: bool
) -> Version:
    if rules.state == "draft" or rules.valid_from is None:
        return Version(rules, "rejected" if was_rejected else "asked", None)
    newer = [
        each.valid_from
        for each in rows
        if each.version > rules.version and each.state == "adopted" and each.valid_from
    ]
    until = min(newer, default=None)
    return Version(rules, _state(rules.valid_from, until, today), until)


def _state(since: date, until: date | None, today: date) -> str:
    if until is not None and until <= since:
        return "never"
    if since > today:
        return "coming"
    return "past" if until is not None and until <= today else "in_force"


def _chosen(found: list[Version]) -> Version | None:
    """The version of the address, otherwise the one in force."""
    wanted = request.args.get("fassung", type=int)
    if wanted is not None:
        return _find(found, wanted) or abort(404)
    return next((each for each in found if each.state == "in_force"), None)


def _difference(found: list[Version]) -> dict[str, Any] | None:
    """Two versions of the address and what changes from the one to the other."""
    before = _find(found, request.args.get("von", type=int))
    after = _find(found, request.args.get("bis", type=int))
    if before is None or after is None:
        return None
    changes = reading.changes(before.rules.parameters, after.rules.parameters)
    return {"before": before.rules, "after": after.rules, "changes": changes}


def _find(found: list[Version], version: int | None) -> Version | None:
    return next((each for each in found if each.rules.version == version), None)
