"""Naming the three people of a counting commission."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.models import Member, Officer

NOBODY = ""


class AppointForm(FlaskForm):
    """Three people, at most one of them of the office: two together can open a sum."""

    first = SelectField(_("Erste Schlüsselperson"))
    second = SelectField(_("Zweite Schlüsselperson"))
    third = SelectField(_("Dritte Schlüsselperson"))

    def offer(self, candidates: Iterable[Member | Officer]) -> None:
        self._known = {_mark(each): each for each in candidates}
        for field in self._places():
            field.choices = [
                SelectChoice(NOBODY, gettext("Bitte wählen")),
                *(SelectChoice(mark, _label(each)) for mark, each in self._known.items()),
            ]

    @property
    def people(self) -> list[Member | Officer]:
        """The three, after validating."""
        return [self._known[field.data] for field in self._places()]

    def validate_first(self, field: Field) -> None:
        _require_chosen(field)

    def validate_second(self, field: Field) -> None:
        _require_chosen(field)
        self._require_other(field, [self.first])

    def validate_third(self, field: Field) -> None:
        _require_chosen(field)
        self._require_other(field, [self.first, self.second])
        officers = [each for each in self._places() if each.data.startswith("o")]
        if len(officers) > 1:
            raise ValidationError(
                gettext("Nur eine Schlüsselperson kann aus dem QM-Team oder der Verwaltung sein.")
            )

    def _require_other(self, field: Field, before: list[SelectField]) -> None:
        if field.data in {each.data for each in before}:
            raise ValidationError(gettext("Diese Person steht schon da."))

    def _places(self) -> list[SelectField]:
        return [self.first, self.second, self.third]


def _require_chosen(field: Field) -> None:
    if field.data == NOBODY:
        raise ValidationError(gettext("Bitte wählen Sie eine Person."))


def _mark(person: Member | Officer) -> str:
    return f"{'m' if isinstance(person, Member) else 'o'}{person.id}"


def _label(person: Member | Officer) -> str:
    if isinstance(person, Member):
        return person.name
    return gettext("%(name)s (QM-Team oder Verwaltung)", name=person.name)
