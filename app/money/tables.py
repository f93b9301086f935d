"""The table of a jury evening: sums and conditions are proposed, shown and voted on as a round."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Response as JsonResponse
from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session, select
from werkzeug.wrappers import Response

from app import agenda, attendance, db, reckoning
from app.errors import Refused, wants_json
from app.models import Body, Fund, Meeting, Round
from app.money import amending
from app.money.amending import Typed
from app.money.routes import blueprint
from app.own_row import load
from app.policy import Action, requires
from app.reckoning import Row, Table
from app.round import preparing
from app.text import amount, remainder_sentence

ADDRESS = "/meetings/<int:meeting_id>/table"


@blueprint.route(ADDRESS, methods=["GET", "POST"])
@requires(Action.USE_TABLE)
def table(meeting_id: int) -> str | Response | tuple[str, int]:
    if request.method == "GET":
        return _show(db.session(), load(db.session(), Meeting, meeting_id))
    held = db.begin_write()
    meeting = _load_running(held, meeting_id)
    lying, typed = _store(held, meeting)
    if wants_json():
        return _answer(lying, typed)
    if any(each.has_problem for each in typed):
        return _page(held, meeting, lying, typed), 422
    return redirect(url_for(".table", meeting_id=meeting_id), 303)


@blueprint.get(f"{ADDRESS}/pulse")
@requires(Action.USE_TABLE)
def table_pulse(meeting_id: int) -> JsonResponse:
    held = db.session()
    meeting = load(held, Meeting, meeting_id)
    lying = _require(held, meeting, db.clock(held))
    response = _answer(lying, amending.shown(lying, amending.languages(held, meeting)))
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.post(f"{ADDRESS}/show")
@requires(Action.USE_TABLE)
def show_table(meeting_id: int) -> Response | tuple[str, int]:
    """Show the table in the hall, whatever the agenda says; what was typed is kept first."""
    held = db.begin_write()
    meeting = _load_running(held, meeting_id)
    lying, typed = _store(held, meeting)
    if any(each.has_problem for each in typed):
        return _page(held, meeting, lying, typed), 422
    meeting.table_shown_at = db.clock(held)
    return redirect(url_for(".table", meeting_id=meeting_id), 303)


@blueprint.post(f"{ADDRESS}/take-away")
@requires(Action.USE_TABLE)
def take_table_away(meeting_id: int) -> Response:
    held = db.begin_write()
    _load_running(held, meeting_id).table_shown_at = None
    return redirect(url_for(".table", meeting_id=meeting_id), 303)


@blueprint.post(f"{ADDRESS}/vote")
@requires(Action.RUN_ROUNDS)
def vote(meeting_id: int) -> Response | tuple[str, int]:
    """One round with a question for each row that lies on the table."""
    held = db.begin_write()
    meeting = _load_running(held, meeting_id)
    lying, typed = _store(held, meeting)
    if any(each.has_problem for each in typed):
        return _page(held, meeting, lying, typed), 422
    if not lying.on_table:
        raise Refused("nothing_to_vote")
    made = preparing.prepare(
        held,
        body=held.get_one(Body, meeting.body_id),
        meeting=meeting,
        proposals=[each.proposal for each in lying.on_table],
        now=db.clock(held),
        terms=reckoning.terms(lying.on_table),
        agenda_item_id=_item_id(held, meeting),
    )
    meeting.table_shown_at = None
    flash(_("Die Abstimmung ist vorbereitet. Beträge und Auflagen stehen in den Fragen."))
    return redirect(url_for("desk.round_", round_id=made.id), 303)


def _item_id(held: Session, meeting: Meeting) -> int | None:
    """The item that is on, if it is about all applications; items about one find their question."""
    item = agenda.current(agenda.items_of(held, meeting))
    return item.id if item and agenda.is_free_vote(item) else None


def _load_running(held: Session, meeting_id: int) -> Meeting:
    meeting = load(held, Meeting, meeting_id, lock=True)
    attendance.require_running(meeting, db.clock(held))
    return meeting


def _require(held: Session, meeting: Meeting, now: datetime) -> Table:
    found = reckoning.table(held, meeting, now)
    if found is None:
        raise Refused("pot_missing", year=meeting.starts_at.year)
    return found


def _store(held: Session, meeting: Meeting) -> tuple[Table, list[Typed]]:
    """Keep what was typed and can be; return the table as it lies now."""
    now = db.clock(held)
    before = _require(held, meeting, now)
    offered, procedure = amending.languages(held, meeting), reckoning.rules(held, meeting)
    typed = amending.read(before, offered, procedure, request.form)
    for each in typed:
        amending.store(held, meeting, each.row, now)
    return replace(before, rows=[each.row for each in typed]), typed


def _show(held: Session, meeting: Meeting) -> str:
    now = db.clock(held)
    lying = reckoning.table(held, meeting, now)
    typed = amending.shown(lying, amending.languages(held, meeting)) if lying else []
    return _page(held, meeting, lying, typed)


def _page(held: Session, meeting: Meeting, lying: Table | None, typed: list[Typed]) -> str:
    rules = reckoning.rules(held, meeting)
    rounds = held.exec(
        select(Round).where(Round.meeting_id == meeting.id, Round.state != "void")
    ).all()
    return render_template(
        "money/table.html",
        meeting=meeting,
        body=held.get_one(Body, meeting.body_id),
        fund=held.exec(select(Fund).where(Fund.body_id == meeting.body_id)).first(),
        table=lying,
        rows=typed,
        amend=rules.choice("amount.edit"),
        is_over=attendance.is_over(meeting, db.clock(held)),
        rounds=rounds,
        languages=amending.languages(held, meeting),
        figures=_figures(lying) if lying else None,
    )


def _answer(lying: Table, typed: list[Typed]) -> JsonResponse:
    """What a page that follows the table needs: every row, and the sums."""
    return jsonify(rows=[_row(each) for each in typed], **_figures(lying))


def _row(each: Typed) -> dict[str, Any]:
    values = amending.values_of(each.row)
    return {
        "prefix": each.form.cents.name.removesuffix("-cents"),
        "seen": json.dumps(values),
        "fields": _fields(each.row, each.form.own_names()),
        "problem": each.problem,
        "conditions": _conditions(each.row),
    }


def _conditions(row: Row) -> str:
    return ngettext("%(num)d Auflage", "%(num)d Auflagen", len(row.duties))


def _fields(row: Row, own_names: list[str]) -> dict[str, Any]:
    """What stands in the fields of a row: text, ticked boxes, or whether the one box is."""
    own = {name: row.own_condition.get(name.removeprefix("own_"), "") for name in own_names}
    return {
        "cents": amending.typed_amount(row.cents),
        "conditions": list(row.conditions),
        "is_left_out": row.is_left_out,
        **own,
    }


def _figures(lying: Table) -> dict[str, Any]:
    left = lying.left_cents
    return {
        "asked": amount(lying.requested_cents),
        "sum": amount(lying.sum_cents),
        "left": remainder_sentence(left),
        "is_short": left < 0,
        "count": len(lying.on_table),
    }
