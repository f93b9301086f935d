"""The office of an area, who runs it, and until when."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app import db, one_line
from app.body import day_of
from app.day_field import Day
from app.models import Area
from app.policy import Action, requires
from app.roster.routes import blueprint

LINES = ("office_address", "office_hours", "office_phone", "office_mail")
MANDATE = ("contractor", "mandated_by")


class OfficeForm(FlaskForm):
    """Each field bears the name of its column."""

    office_address = one_line.line(_("Adresse des Büros"), optional=True)
    office_hours = one_line.line(
        _("Öffnungszeiten"), optional=True, description=_("Zum Beispiel: Dienstag 10 bis 13 Uhr")
    )
    office_phone = one_line.line(_("Telefon"), longest=40, optional=True)
    office_mail = one_line.line(_("E-Mail"), optional=True)
    contractor = one_line.line(
        _("Träger"),
        optional=True,
        description=_("Wer führt das QM-Team? Zum Beispiel ein Verein oder eine Firma."),
    )
    mandated_by = one_line.line(
        _("Auftrag von"),
        optional=True,
        description=_("Welche Stelle hat den Auftrag gegeben? Meist die Senatsverwaltung."),
    )
    status = RadioField(
        _("Wie lange gibt es das Gebiet?"),
        choices=[
            SelectChoice("active", _("Es läuft weiter.")),
            SelectChoice("closing", _("Es endet.")),
        ],
    )
    closes_on = Day(
        _("Letzter Tag"),
        description=_("Nur wenn das Gebiet endet. Leer lassen, wenn der Tag noch nicht feststeht."),
    )
    today: date

    def validate_office_mail(self, field: StringField) -> None:
        if field.data and not one_line.is_mail(field.data):
            raise ValidationError(one_line.SENTENCES["mail"])

    def validate_closes_on(self, field: Day) -> None:
        if field.data is None:
            return
        if self.status.data == "active":
            raise ValidationError(gettext("Ein Gebiet, das weiterläuft, hat keinen letzten Tag."))
        if field.data < self.today:
            raise ValidationError(gettext("Der letzte Tag kann nicht vorbei sein."))

    def columns(self) -> dict[str, Any]:
        """What the area's columns become."""
        names = (*LINES, *MANDATE, "status", "closes_on")
        return {name: self.data[name] for name in names}


@blueprint.route("/area/edit", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def edit_area() -> str | Response | tuple[str, int]:
    form = OfficeForm(obj=current_user.area)
    form.today = day_of(db.clock(db.session()))
    if not form.is_submitted():
        return render_template("roster/edit_area.html", form=form)
    if not form.validate():
        return render_template("roster/edit_area.html", form=form), 422
    held = db.begin_write()
    held.get_one(Area, current_user.area_id).sqlmodel_update(form.columns())
    flash(gettext("Die Angaben sind gespeichert."))
    return redirect(url_for(".area"), 303)
