"""The preview of a roster file, and one confirmation for all of it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import db, looking_up
from app.models import RosterImport, Round
from app.policy import Action, requires
from app.roster import applying, kept_file
from app.roster.comparing import Comparison
from app.roster.import_forms import UNDECIDED, PersonForm
from app.roster.kept_file import Choices
from app.roster.routes import blueprint, load, load_body, running
from app.roster.seating import lock_roster

PAGE = 200
PARTS = ("faults", "unclear", "new", "changed", "ended")


@blueprint.get("/imports/<int:import_id>")
@requires(Action.EDIT_ROSTER)
def import_preview(import_id: int) -> str:
    held = db.session()
    kept = load(held, RosterImport, import_id)
    comparison = _comparison(held, kept)
    return _noted(comparison, _preview(held, kept, comparison))


@blueprint.post("/imports/<int:import_id>/people")
@requires(Action.EDIT_ROSTER)
def import_people(import_id: int) -> Response | tuple[str, int]:
    held = db.session()
    kept = load(held, RosterImport, import_id)
    comparison = _comparison(held, kept)
    forms = _person_forms(comparison, only_sent=True)
    if not all(form.validate() for form in forms.values()):
        return _noted(comparison, _preview(held, kept, comparison)), 422
    answers = {row: form.member.data for row, form in forms.items()}
    held = db.begin_write()
    kept = load(held, RosterImport, import_id)
    before = Choices.of(kept)
    told = {row: member for row, member in answers.items() if member != UNDECIDED}
    kept.mapping = Choices(before.fields, {**before.chosen, **told}, before.leaving).as_json()
    held.add(kept)
    return redirect(url_for(".import_preview", import_id=import_id), 303)


@blueprint.post("/imports/<int:import_id>")
@requires(Action.EDIT_ROSTER)
def import_now(import_id: int) -> Response | tuple[str, int]:
    held = db.begin_write()
    kept = load(held, RosterImport, import_id)
    body, term = running(held, kept.body_id)
    lock_roster(held, body.id)
    now = db.clock(held)
    standing, comparison = kept_file.compare(held, body, term, kept.rows, Choices.of(kept), now)
    if comparison.mark != request.form.get("mark") or not comparison.may_be_applied:
        return _preview(held, kept, comparison, is_stale=True), 409
    applying.apply(held, standing, comparison, now)
    held.delete(kept)
    flash(_("Die ganze Datei ist übernommen."))
    return redirect(url_for(".body", body_id=body.id), 303)


@blueprint.post("/imports/<int:import_id>/discard")
@requires(Action.EDIT_ROSTER)
def import_discard(import_id: int) -> Response:
    held = db.begin_write()
    kept = load(held, RosterImport, import_id)
    held.delete(kept)
    flash(_("Die Datei ist gelöscht. Es hat sich nichts geändert."))
    return redirect(url_for(".import_file", body_id=kept.body_id), 303)


def _noted(comparison: Comparison, page: str) -> str:
    """The page, once it is written down whose records it shows beside the file."""
    looking_up.note("export", comparison.member_ids)
    return page


def _comparison(held: Session, kept: RosterImport) -> Comparison:
    body, term = running(held, kept.body_id)
    _standing, comparison = kept_file.compare(
        held, body, term, kept.rows, Choices.of(kept), db.clock(held)
    )
    return comparison


def _preview(
    held: Session, kept: RosterImport, comparison: Comparison, *, is_stale: bool = False
) -> str:
    body = load_body(held, kept.body_id)
    rows = _parts(comparison)
    part = request.args.get("part") or next((each for each in PARTS if rows[each]), "new")
    page = request.args.get("page", 1, type=int)
    if part not in PARTS or not 1 <= page <= max(1, -(-len(rows[part]) // PAGE)):
        raise NotFound()
    shown = rows[part][(page - 1) * PAGE : page * PAGE]
    return render_template(
        "roster/import_preview.html",
        body=body,
        kept=kept,
        comparison=comparison,
        counts={each: len(rows[each]) for each in PARTS},
        part=part,
        page=page,
        pages=max(1, -(-len(rows[part]) // PAGE)),
        rows=shown,
        person_forms=_person_forms(comparison, only_sent=False) if part == "unclear" else {},
        leaving=Choices.of(kept).leaving,
        is_stale=is_stale,
        is_announced=_is_announced(held, body.id),
    )


def _parts(comparison: Comparison) -> dict[str, list[Any]]:
    changes = {
        kind: [each for each in comparison.changes if each.kind == kind]
        for kind in ("new", "changed", "ended")
    }
    return {"faults": list(comparison.faults), "unclear": list(comparison.unclear), **changes}


def _person_forms(comparison: Comparison, *, only_sent: bool) -> dict[int, PersonForm]:
    """A question for each row whose person is unclear; of an answer, those it carries."""
    forms = {}
    for unclear in comparison.unclear:
        prefix = f"row-{unclear.row}-"
        if unclear.asks_who and (not only_sent or f"{prefix}member" in request.form):
            form = PersonForm(prefix=prefix)
            form.offer(unclear)
            forms[unclear.row] = form
    return forms


def _is_announced(held: Session, body_id: int) -> bool:
    """Whether a round of the body is announced or open."""
    found = select(Round.id).where(
        Round.body_id == body_id, col(Round.state).in_(("announced", "open"))
    )
    return held.exec(found).first() is not None
