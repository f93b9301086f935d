"""A body is set up with its first term, and renamed."""

from datetime import date
from typing import cast

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from app import db, one_line
from app.day_field import Day, required
from app.models import Body
from app.policy import Action, requires
from app.roster.beginning import begin_term
from app.roster.routes import blueprint, load_body

WITH_LEVEL = "steering_round"


class NameForm(FlaskForm):
    """What can still be changed when a body has its seats."""

    name = one_line.line(_("Name"), description=_("Zum Beispiel: Quartiersrat Rixdorf"))
    level = RadioField(
        _("Auf welcher Ebene?"),
        choices=[
            SelectChoice("local", _("Im Gebiet")),
            SelectChoice("district", _("Im Bezirk")),
            SelectChoice("state", _("In ganz Berlin")),
        ],
        default="local",
        validators=[Optional()],
        description=_("Nur für eine Steuerungsrunde."),
    )

    def level_of(self, kind: str) -> str | None:
        return self.level.data if kind == WITH_LEVEL else None


class BodyForm(NameForm):
    kind = RadioField(
        _("Was für ein Gremium ist es?"),
        choices=[
            SelectChoice("council", _("Quartiersrat")),
            SelectChoice("jury", _("Aktionsfondsjury")),
            SelectChoice("steering_round", _("Steuerungsrunde")),
            SelectChoice("selection_body", _("Auswahlgremium")),
        ],
    )
    starts_on = Day(_("Beginn der Amtszeit"), validators=[required])
    ends_on = Day(
        _("Letzter Tag der Amtszeit"),
        validators=[required],
        description=_("Meist zwei Jahre nach dem Beginn."),
    )

    def validate_ends_on(self, field: Day) -> None:
        if field.data and self.starts_on.data and field.data <= self.starts_on.data:
            raise ValidationError(gettext("Die Amtszeit endet, bevor sie beginnt."))


@blueprint.route("/bodies/new", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def add_body() -> str | Response | tuple[str, int]:
    form = BodyForm()
    if not form.is_submitted():
        return render_template("roster/add_body.html", form=form, hints=_hints())
    if not form.validate():
        return render_template("roster/add_body.html", form=form, hints=_hints()), 422
    held = db.begin_write()
    made = Body(
        area_id=current_user.area_id,
        kind=form.kind.data,
        level=form.level_of(form.kind.data),
        name=form.name.data,
    )
    found(held, made, cast("date", form.starts_on.data), cast("date", form.ends_on.data))
    flash(gettext("%(name)s ist angelegt.", name=made.name))
    return redirect(url_for(".setup"), 303)


@blueprint.route("/bodies/<int:body_id>/edit", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def edit_body(body_id: int) -> str | Response | tuple[str, int]:
    body = load_body(db.session(), body_id)
    form = NameForm(obj=body)
    if not form.is_submitted():
        return render_template("roster/edit_body.html", form=form, body=body)
    if not form.validate():
        return render_template("roster/edit_body.html", form=form, body=body), 422
    body = load_body(db.begin_write(), body_id)
    body.name, body.level = form.name.data, form.level_of(body.kind)
    flash(gettext("Die Angaben sind gespeichert."))
    return redirect(url_for(".body", body_id=body_id), 303)


def found(held: Session, body: Body, starts_on: date, ends_on: date) -> None:
    """Store a body and its first term; it has no seats and no rules yet."""
    held.add(body)
    held.flush()
    begin_term(held, body, starts_on, ends_on)


def _hints() -> dict[str, str]:
    """What each kind of body does, under its name."""
    return {
        "council": gettext("Empfiehlt, welche Projekte Geld bekommen. Stimmt geheim ab."),
        "jury": gettext("Entscheidet allein über kleine Aktionen. Stimmt geheim ab."),
        "steering_round": gettext("Senat, Bezirk und QM-Team. Entscheidet im Gespräch."),
        "selection_body": gettext("Wählt einen Träger für ein Projekt aus."),
    }
