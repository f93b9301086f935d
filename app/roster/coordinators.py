"""Who of Bezirk and Senate keeps the levels together; one person may do so for several areas."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app import db, one_line, text
from app.body import day_of
from app.coordinated import current
from app.models import Coordination, Coordinator
from app.policy import Action, requires
from app.roster.forms import NEW_PERSON
from app.roster.routes import blueprint


class CoordinatorForm(FlaskForm):
    person = SelectField(
        _("Wer?"), coerce=int, default=NEW_PERSON, description=_("Wer schon ein Gebiet begleitet.")
    )
    side = RadioField(
        _("Für wen?"),
        choices=[
            SelectChoice("bezirk", _("Bezirk")),
            SelectChoice("senate", _("Senatsverwaltung")),
        ],
        default="bezirk",
        description=_("Nur für eine neue Person."),
    )
    name = one_line.line(_("Name"), optional=True, description=_("Nur für eine neue Person."))
    mail = one_line.line(_("E-Mail"), optional=True)

    def validate_name(self, field: StringField) -> None:
        if self.person.data == NEW_PERSON and not field.data:
            raise ValidationError(gettext("Bitte schreiben Sie den Namen."))

    def validate_mail(self, field: StringField) -> None:
        if field.data and not one_line.is_mail(field.data):
            raise ValidationError(one_line.SENTENCES["mail"])


@blueprint.route("/area/coordinators/new", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def add_coordinator() -> str | Response | tuple[str, int]:
    form = _form(db.session())
    if not form.is_submitted():
        return render_template("roster/add_coordinator.html", form=form)
    if not form.validate():
        return render_template("roster/add_coordinator.html", form=form), 422
    held = db.begin_write()
    added = begin(held, current_user.area_id, _person(held, form), day_of(db.clock(held)))
    flash(gettext("%(name)s begleitet jetzt das Gebiet.", name=added.name))
    return redirect(url_for(".area", _anchor="coordinators"), 303)


@blueprint.get("/area/coordinators/<int:coordinator_id>/end")
@requires(Action.EDIT_ROSTER)
def end_coordinator(coordinator_id: int) -> str:
    coordination, person = _load(db.session(), coordinator_id)
    return render_template("roster/end_coordinator.html", coordination=coordination, person=person)


@blueprint.post("/area/coordinators/<int:coordinator_id>/end")
@requires(Action.EDIT_ROSTER)
def end_coordinator_now(coordinator_id: int) -> Response:
    held = db.begin_write()
    coordination, person = _load(held, coordinator_id)
    coordination.ends_on = day_of(db.clock(held)) - timedelta(days=1)
    flash(gettext("%(name)s begleitet das Gebiet nicht mehr.", name=person.name))
    return redirect(url_for(".area", _anchor="coordinators"), 303)


def begin(held: Session, area_id: int, person: Coordinator, today: date) -> Coordinator:
    """Link somebody to the area from today on, once more if that has ended."""
    held.add(person)
    held.flush()
    linked = held.get(Coordination, (area_id, person.id)) or Coordination(
        area_id=area_id, coordinator_id=person.id, starts_on=today
    )
    if linked.ends_on is not None:
        linked.starts_on, linked.ends_on = today, None
    held.add(linked)
    held.flush()
    return person


def _form(held: Session) -> CoordinatorForm:
    form = CoordinatorForm()
    here = [person.id for _link, person in _now_here(held)]
    others = held.exec(
        select(Coordinator)
        .where(col(Coordinator.id).not_in(here))
        .order_by(col(Coordinator.name), col(Coordinator.side))
    )
    form.person.choices = [
        SelectChoice(NEW_PERSON, gettext("Eine neue Person")),
        *(SelectChoice(each.id, f"{each.name} ({text.word(each.side)})") for each in others),
    ]
    return form


def _now_here(held: Session) -> Sequence[tuple[Coordination, Coordinator]]:
    return current(held, current_user.area_id, day_of(db.clock(held)))


def _person(held: Session, form: CoordinatorForm) -> Coordinator:
    if form.person.data == NEW_PERSON:
        return Coordinator(side=form.side.data, name=form.name.data, mail=form.mail.data or None)
    return held.get_one(Coordinator, form.person.data)


def _load(held: Session, coordinator_id: int) -> tuple[Coordination, Coordinator]:
    """Somebody who coordinates the visitor's area now; others are not found."""
    for coordination, person in _now_here(held):
        if person.id == coordinator_id:
            return coordination, person
    raise NotFound()
