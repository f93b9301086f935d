"""Correcting, checking, approving and publishing minutes."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import db
from app.minutes import correcting
from app.minutes.forms import CorrectForm
from app.minutes.routes import blueprint
from app.models import Meeting
from app.own_row import load
from app.policy import Action, requires
from app.proceedings import approving, document, record
from app.proceedings.block import Section
from app.proceedings.keeping import require_correctable
from app.proceedings.record import Record


@blueprint.route("/<int:meeting_id>/sections/<section>", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def correct(meeting_id: int, section: str) -> str | Response | tuple[str, int]:
    held = db.session()
    found = record.of(held, load(held, Meeting, meeting_id))
    part = _section(found, section)
    require_correctable(found)
    form = CorrectForm(words=found.words(section), version=found.version)
    if not form.is_submitted():
        return _correct_page(found, part, form)
    if not form.validate():
        return _correct_page(found, part, form), 422
    held = db.begin_write()
    found = record.of(held, load(held, Meeting, meeting_id, lock=True))
    if not form.follows(found.version):
        return _correct_page(found, part, form), 422
    person, now = current_user.person, db.clock(held)
    is_new = correcting.correct(held, found, section, form.words.data or "", person, now)
    flash(_("Die Berichtigung steht jetzt hier.") if is_new else _("Es hat sich nichts geändert."))
    return redirect(url_for(".minutes", meeting_id=meeting_id), 303)


def _section(found: Record, key: str) -> Section:
    """A section whose words can be corrected."""
    parts = {each.key: each for each in document.for_members(found).sections}
    if key not in found.sections or key not in parts:
        raise NotFound()
    return parts[key]


def _correct_page(found: Record, part: Section, form: CorrectForm) -> str:
    return render_template("minutes/correct.html", record=found, section=part, form=form)


@blueprint.post("/<int:meeting_id>/check")
@requires(Action.RUN_ROUNDS)
def check(meeting_id: int) -> Response:
    held = db.begin_write()
    meeting = load(held, Meeting, meeting_id, lock=True)
    correcting.check(held, meeting, current_user.person, db.clock(held))
    flash(_("Sie haben das Protokoll geprüft. Das steht jetzt fest."))
    return redirect(url_for(".minutes", meeting_id=meeting_id), 303)


@blueprint.route("/<int:meeting_id>/approve", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def approve(meeting_id: int) -> str | Response:
    if request.method != "POST":
        held = db.session()
        found = record.of(held, load(held, Meeting, meeting_id))
        how = approving.require_approvable(held, found)
        return render_template("minutes/approve.html", record=found, how=how)
    held = db.begin_write()
    meeting = load(held, Meeting, meeting_id, lock=True)
    approving.approve(held, meeting, current_user.person, db.clock(held))
    flash(_("Das Protokoll ist genehmigt."))
    return redirect(url_for(".minutes", meeting_id=meeting_id), 303)


@blueprint.route("/<int:meeting_id>/publish", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def publish(meeting_id: int) -> str | Response:
    if request.method != "POST":
        held = db.session()
        found = record.of(held, load(held, Meeting, meeting_id))
        approving.require_publishable(found.stored)
        shown = document.for_everybody(found)
        return render_template("minutes/publish.html", record=found, document=shown)
    held = db.begin_write()
    approving.publish(held, load(held, Meeting, meeting_id, lock=True), db.clock(held))
    flash(_("Das Protokoll ist öffentlich."))
    return redirect(url_for(".minutes", meeting_id=meeting_id), 303)
