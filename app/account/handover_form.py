"""What an administrator fills in to hand an area over."""

from datetime import date
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, StringField
from wtforms.validators import ValidationError

from app import one_line, public_reason
from app.account.handover import Plan
from app.account.proving import login_of
from app.config import MAIL_ADDRESS
from app.day_field import Day, required

MOST = 4


class PersonRow(Form):
    """One of the new team; an empty line is left out."""

    name = one_line.line(_("Name"), optional=True)
    mail = one_line.line(_("E-Mail"), optional=True)

    def validate_name(self, field: StringField) -> None:
        if self.mail.data and not field.data:
            raise ValidationError(gettext("Bitte schreiben Sie den Namen."))

    def validate_mail(self, field: StringField) -> None:
        if self.name.data and not MAIL_ADDRESS.fullmatch(field.data or ""):
            raise ValidationError(one_line.SENTENCES["mail"])


class Team(FieldList):
    """The people of the new team; at least one, and nobody twice."""

    def validate(self, form: Form, extra_validators: Any = ()) -> bool:
        is_valid = super().validate(form, extra_validators)
        mails = [login_of(each["mail"]) for each in self.people()]
        if is_valid and not mails:
            self.errors = [gettext("Bitte schreiben Sie mindestens eine Person auf.")]
        if is_valid and len(set(mails)) < len(mails):
            self.errors = [gettext("Eine E-Mail-Adresse steht zweimal da.")]
        return not self.errors

    def people(self) -> list[dict[str, str]]:
        return [
            {"name": entry.form.name.data, "mail": entry.form.mail.data}
            for entry in self.entries
            if entry.form.name.data
        ]


class UndoForm(FlaskForm):
    """Why a handover that two persons want is taken back."""

    reason = public_reason.reason()


class HandoverForm(FlaskForm):
    contractor = one_line.line(
        _("Neuer Träger"), description=_("Wer führt das QM-Team ab dann? Der Name ist öffentlich.")
    )
    mandated_by = one_line.line(
        _("Auftrag von"), description=_("Welche Stelle hat den neuen Auftrag gegeben?")
    )
    starts_on = Day(
        _("Ab welchem Tag?"),
        validators=[required],
        description=_("An diesem Tag früh wechseln die Zugänge."),
    )
    team = Team(
        FormField(PersonRow),
        label=_("Neue Moderation"),
        min_entries=MOST,
        max_entries=MOST,
    )
    reason = public_reason.reason()
    today: date

    def validate_starts_on(self, field: Day) -> None:
        if field.data is not None and field.data <= self.today:
            raise ValidationError(gettext("Der Tag muss nach heute liegen."))

    @property
    def plan(self) -> Plan:
        """What was typed, once it is valid."""
        return Plan(
            self.contractor.data,
            self.mandated_by.data,
            cast("date", self.starts_on.data),
            self.team.people(),
            self.reason.data,
        )
