"""A roster file is uploaded and its columns are named; what follows is its preview."""

from flask import redirect, render_template, url_for
from flask_login import current_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import db
from app.errors import Refused
from app.models import Body, RosterImport
from app.policy import Action, requires
from app.roster import column, kept_file
from app.roster.import_forms import ColumnsForm, UploadForm
from app.roster.kept_file import Choices
from app.roster.reading import MOST_BYTES, FileRefused, Rows
from app.roster.routes import blueprint, load, load_body, running
from app.upload import takes_file

EXAMPLES = 3
LONGEST_NAME = 120


@blueprint.route("/bodies/<int:body_id>/import", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
@takes_file(MOST_BYTES)
def import_file(body_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    body, _term = running(held, body_id)
    form = UploadForm()
    if not form.is_submitted():
        return _upload_page(held, body, form)
    rows, fields = _parsed(form) if form.validate() else (None, [])
    if rows is None:
        return _upload_page(held, body, form), 422
    held = db.begin_write()
    kept = RosterImport(
        area_id=current_user.area_id,
        body_id=body_id,
        uploaded_by=current_user.person_id,
        uploaded_at=db.clock(held),
        filename=(form.file.data.filename or "")[:LONGEST_NAME],
        rows=rows,
        mapping=Choices(fields, leaving=form.leaving.data).as_json(),
    )
    held.add(kept)
    held.flush()
    target = ".import_preview" if _is_certain(rows, fields) else ".import_columns"
    return redirect(url_for(target, import_id=kept.id), 303)


@blueprint.route("/imports/<int:import_id>/columns", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def import_columns(import_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    kept = load(held, RosterImport, import_id)
    choices = Choices.of(kept)
    form = ColumnsForm(data={"fields": choices.fields, "leaving": choices.leaving})
    form.offer(kept_file.titles(kept))
    if not form.is_submitted():
        return _columns_page(held, kept, form)
    if len(form.fields) != len(choices.fields):
        raise Refused("bad_request")
    if not form.validate():
        return _columns_page(held, kept, form), 422
    held = db.begin_write()
    kept = load(held, RosterImport, import_id)
    chosen = Choices.of(kept).chosen
    kept.mapping = Choices(form.fields.data, chosen, form.leaving.data).as_json()
    held.add(kept)
    return redirect(url_for(".import_preview", import_id=import_id), 303)


def _parsed(form: UploadForm) -> tuple[Rows | None, list[str]]:
    """The rows of the file, or None with the reason at the field."""
    try:
        return kept_file.parse(form.file.data.read(MOST_BYTES + 1))
    except FileRefused as refusal:
        form.file.errors = [str(refusal)]
        return None, []


def _is_certain(rows: Rows, fields: list[str]) -> bool:
    """Whether every column with a title was recognised."""
    titled = zip(fields, rows[column.header_at(rows)], strict=False)
    return all(field for field, title in titled if title) and not column.faults(fields, 1)


def _upload_page(held: Session, body: Body, form: UploadForm) -> str:
    return render_template(
        "roster/import.html", form=form, body=body, waiting=kept_file.waiting(held, body)
    )


def _columns_page(held: Session, kept: RosterImport, form: ColumnsForm) -> str:
    below = kept.rows[column.header_at(kept.rows) + 1 :]
    examples = [
        [row[index] for row in below if len(row) > index and row[index]][:EXAMPLES]
        for index in range(len(form.fields))
    ]
    return render_template(
        "roster/import_columns.html",
        form=form,
        kept=kept,
        body=load_body(held, kept.body_id),
        examples=examples,
    )
