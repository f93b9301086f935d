"""What people fill in for votes without an own phone."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, ValidationError

from app import public_reason
from app.models.paper import ANSWERS
from app.round.hand_count import NUMBERS

MOST = 200
SILENT = "silent"


class VotersForm(FlaskForm):
    paper = SelectMultipleField(_("Wer stimmt auf Papier ab?"), coerce=int)
    telephone = SelectMultipleField(_("Wer sagt die Stimme am Telefon?"), coerce=int)
    told = BooleanField(_("Ich habe am Telefon gesagt: Zwei Personen hören Ihre Stimme."))

    def validate_telephone(self, field: SelectMultipleField) -> None:
        if set(field.data or ()) & set(self.paper.data or ()):
            raise ValidationError(gettext("Jede Person nur einmal: auf Papier oder am Telefon."))

    def validate_told(self, field: BooleanField) -> None:
        if self.telephone.data and not field.data:
            raise ValidationError(gettext("Bitte sagen Sie es zuerst und kreuzen Sie es dann an."))

    @property
    def ways(self) -> dict[int, str]:
        """The way of each marked member."""
        paper = dict.fromkeys(self.paper.data or (), "paper")
        return paper | dict.fromkeys(self.telephone.data or (), "telephone")


class WayForm(FlaskForm):
    way = RadioField(
        _("Wie wird abgestimmt?"),
        choices=[
            SelectChoice("secret", _("Geheim, mit Handy, Tablet und Papier")),
            SelectChoice("open", _("Offen, mit Handzeichen")),
            SelectChoice("roll_call", _("Offen, alle werden mit Namen aufgerufen")),
            SelectChoice("paper", _("Geheim, nur auf Papier. Das Ergebnis wird nachgetragen")),
        ],
    )


def _whole(label: Any, **others: Any) -> IntegerField:
    is_there = InputRequired(_("Bitte tragen Sie eine Zahl ein, auch die 0."))
    range_ = NumberRange(0, MOST, _("Bitte tragen Sie eine Zahl zwischen 0 und 200 ein."))
    return IntegerField(label, [is_there, range_], **others)


class ReasonForm(FlaskForm):
    reason = public_reason.reason()


class CountForm(FlaskForm):
    yes = _whole(_("Ja"))
    no = _whole(_("Nein"))
    abstain = _whole(_("Enthaltung"))
    invalid = _whole(_("Ungültig"), description=_("Zettel, auf denen keine klare Antwort steht."))
    residents = _whole(
        _("Davon Bewohner:innen"),
        description=_("Wie viele der Stimmen von Sitzen der Bewohnerschaft kommen."),
    )
    present = _whole(_("Anwesend mit Sitz"), description=_("Auch wer befangen ist."))
    reason = public_reason.reason(_("Warum zählen Menschen?"))

    @property
    def numbers(self) -> dict[str, int | None]:
        """What was counted; nothing is invalid where hands are counted."""
        found = {name: self[name].data if name in self else None for name in NUMBERS}
        return found | {"invalid": found["invalid"] or 0}

    @property
    def given_reason(self) -> str:
        return self.reason.data if "reason" in self else ""


class CallForm(FlaskForm):
    reason = public_reason.reason(_("Warum werden Namen aufgerufen?"))


class ReadOverForm(FlaskForm):
    seen = HiddenField()


def answer_field(name: str) -> RadioField:
    """The field in which one member's answer is noted."""
    words = (_("Ja"), _("Nein"), _("Enthaltung"), _("Nicht da oder ohne Antwort"))
    said = zip((*ANSWERS, SILENT), (*words, _("Noch nicht aufgerufen")), strict=True)
    choices = [SelectChoice(value, label) for value, label in said]
    return RadioField(name, choices=choices, default=SILENT)
