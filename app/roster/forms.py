"""What moderators fill in about the council."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app import one_line
from app.text import PARAMETERS
from voting.rules.parameter import CATALOGUE

EMPTY = ("", _("Noch nicht festgelegt"))
NEW_PERSON = 0
MOST_SEATS = 99

CHOICES: dict[str, list[tuple[str, Any]]] = {
    "quorum.rule": [
        ("two_thirds", _("Zwei Drittel")),
        ("more_than_half", _("Mehr als die Hälfte")),
        ("half", _("Mindestens die Hälfte")),
        ("fixed", _("Eine feste Zahl")),
        ("none", _("Keine Mindestzahl")),
    ],
    "quorum.base": [
        ("all_seats", _("Ja, alle Sitze zählen")),
        ("filled_seats", _("Nein, nur besetzte Sitze zählen")),
    ],
    "majority.funding": [
        ("two_thirds", _("Zwei Drittel")),
        ("more_than_half", _("Mehr als die Hälfte")),
        ("three_quarters", _("Drei Viertel")),
        ("unanimous", _("Alle")),
    ],
    "majority.base": [
        ("present", _("Von allen, die da sind und abstimmen dürfen")),
        ("cast", _("Von allen abgegebenen Stimmen, auch Enthaltungen")),
        ("yes_no", _("Nur von Ja und Nein")),
        ("all_seats", _("Von allen Sitzen")),
        ("filled_seats", _("Von allen besetzten Sitzen")),
    ],
    "recusal.quorum": [
        ("counts_present", _("Ja, sie zählen als anwesend")),
        ("leaves_presence", _("Nein, sie zählen als abwesend")),
        ("leaves_both", _("Ihr Sitz wird gar nicht mitgezählt")),
    ],
    "recusal.majority": [
        ("leaves_base", _("Nein, gerechnet wird ohne sie")),
        ("stays_in_base", _("Ja, gerechnet wird mit ihnen")),
    ],
}


class WholeNumber(IntegerField):
    """A number that may be left empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed and not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
            raise ValueError(gettext("Bitte schreiben Sie eine ganze Zahl."))
        if typed:
            self.data = int(typed)


class SeatForm(FlaskForm):
    segment = RadioField(
        _("Für welche Gruppe ist der Sitz?"),
        choices=[
            SelectChoice("resident", _("Bewohnerschaft")),
            SelectChoice("partner", _("Partner")),
        ],
        default="resident",
    )
    label = one_line.line(
        _("Name des Partners"),
        optional=True,
        description=_("Zum Beispiel die Schule oder der Verein."),
    )

    def validate_label(self, field: StringField) -> None:
        if self.segment.data == "partner" and not field.data:
            raise ValidationError(gettext("Bitte schreiben Sie, welcher Partner den Sitz hat."))


class MemberForm(FlaskForm):
    person = SelectField(_("Wer?"), coerce=int, default=NEW_PERSON)
    name = one_line.line(_("Name"), optional=True, description=_("Nur für eine neue Person."))
    mail = one_line.line(_("E-Mail"), optional=True)

    def validate_name(self, field: StringField) -> None:
        if self.person.data == NEW_PERSON and not field.data:
            raise ValidationError(gettext("Bitte schreiben Sie den Namen."))

    def validate_mail(self, field: StringField) -> None:
        host = (field.data or "").rpartition("@")[2]
        if field.data and (field.data.count("@") != 1 or "." not in host or " " in field.data):
            raise ValidationError(gettext("Das ist keine E-Mail-Adresse."))


def _choice(name: str) -> RadioField:
    return RadioField(
        PARAMETERS[name],
        choices=[SelectChoice(*each) for each in (*CHOICES[name], EMPTY)],
        default="",
    )


class RulesForm(FlaskForm):
    """One field a parameter; its name has a double underscore where the parameter has a dot."""

    quorum__rule = _choice("quorum.rule")
    quorum__fixed = WholeNumber(PARAMETERS["quorum.fixed"])
    quorum__base = _choice("quorum.base")
    majority__funding = _choice("majority.funding")
    majority__base = _choice("majority.base")
    recusal__quorum = _choice("recusal.quorum")
    recusal__majority = _choice("recusal.majority")
    ballot__min_turnout = WholeNumber(PARAMETERS["ballot.min_turnout"])

    def parameters(self) -> dict[str, object]:
        """Every parameter of the form; None where it is empty."""
        return {
            parameter_of(name): None if value == "" else value
            for name, value in self.data.items()
            if parameter_of(name) in CATALOGUE
        }

    def validate_quorum__fixed(self, field: WholeNumber) -> None:
        if self.quorum__rule.data == "fixed" and field.data is None:
            raise ValidationError(gettext("Bitte schreiben Sie die feste Zahl."))
        _require_in_range(field)

    def validate_ballot__min_turnout(self, field: WholeNumber) -> None:
        _require_in_range(field)


def parameter_of(field_name: str) -> str:
    return field_name.replace("__", ".")


def field_of(parameter: str) -> str:
    return parameter.replace(".", "__")


def _require_in_range(field: WholeNumber) -> None:
    if field.errors:
        return
    least = CATALOGUE[parameter_of(field.name)].least
    if field.data is not None and not least <= field.data <= MOST_SEATS:
        raise ValidationError(
            gettext("Bitte eine Zahl von %(least)d bis %(most)d.", least=least, most=MOST_SEATS)
        )
