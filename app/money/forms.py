"""What people fill in about money."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Form, HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app import one_line, public_reason
from app.amount_field import AmountField
from app.body_field import BodyField
from app.models import Proposal
from app.text import CONDITIONS, amount, condition_sentence, word

LONGEST_CONDITION = 160
NEEDED = _("Bitte geben Sie den Betrag an.")


def needed(_form: Form, field: AmountField) -> None:
    if field.data is None and not field.errors:
        raise ValidationError(NEEDED)


class PotForm(FlaskForm):
    """The sum of a year; `cap` may stay empty."""

    cents = AmountField(_("Wie viel Geld ist in diesem Jahr im Topf?"), validators=[needed])
    cap = AmountField(
        _("Wie viel gibt es höchstens für eine Aktion?"),
        description=_("Leer heißt: Es gibt keine Höchstsumme."),
    )


class FundForm(PotForm):
    body = BodyField(_("Welches Gremium entscheidet über das Geld?"))
    name = one_line.line(_("Name des Fonds"), longest=80)


class ChangePotForm(PotForm):
    reason = public_reason.reason()


class EndForm(FlaskForm):
    act = RadioField(_("Was ist geschehen?"), validate_choice=False)
    reason = public_reason.reason()

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.act.choices = [SelectChoice(each, word(each)) for each in ("cancel", "withdraw")]

    def validate_act(self, field: RadioField) -> None:
        if field.data not in {each.value for each in self.act.choices}:
            raise ValidationError(gettext("Bitte wählen Sie eine Antwort."))


class SettleForm(FlaskForm):
    cents = AmountField(
        _("Wie viel Geld wurde gebraucht? Summe der anerkannten Belege"), validators=[needed]
    )


OWN_CONDITION = {
    "de": _("Eigene Auflage auf Deutsch"),
    "en": _("Eigene Auflage auf Englisch"),
}


class RowForm(Form):
    """One application at the table; `seen` is what this page showed when it was made."""

    cents = AmountField(_("Summe dann"), validators=[needed])
    conditions = SelectMultipleField(_("Auflagen"))
    is_left_out = BooleanField(_("Heute nicht"))
    seen = HiddenField()

    @classmethod
    def in_languages(cls, languages: Iterable[str]) -> type[Self]:
        """With a field for a condition of the body's own in each language."""
        fields = {
            f"own_{each}": one_line.line(
                OWN_CONDITION[each], longest=LONGEST_CONDITION, optional=True
            )
            for each in languages
        }
        return type(cls.__name__, (cls,), fields)

    def offer_conditions(self) -> None:
        self.conditions.choices = [
            SelectChoice(code, condition_sentence(code)) for code in CONDITIONS
        ]

    def own_names(self) -> list[str]:
        return [name for name in self._fields if name.startswith("own_")]

    def own_condition(self, languages: Iterable[str]) -> dict[str, str]:
        typed = {each: self[f"own_{each}"].data or "" for each in languages}
        return typed if any(typed.values()) else {}

    def require_lawful(self, proposal: Proposal, cap: int | None, own: Mapping[str, str]) -> None:
        """Say at the field what may not be voted on."""
        cents = self.cents.data
        if cents is not None and cents > proposal.requested_cents:
            self.cents.errors = [gettext("Das ist mehr, als beantragt ist.")]
        elif cents is not None and cap is not None and cents > cap:
            said = gettext("Eine Aktion bekommt höchstens %(cap)s.", cap=amount(cap))
            self.cents.errors = [said]
        for language, text in own.items():
            if not text:
                said = gettext("Diese Auflage fehlt noch in dieser Sprache.")
                self[f"own_{language}"].errors = [said]
