"""The form of some rules: one field a parameter, made for the language of the moment."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import FormField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from app.language import LANGUAGES
from app.roster.rule_fields import (
    EMPTY,
    DeadlineFields,
    PlacesByGroup,
    ShareFields,
    WholeNumber,
)
from app.rule import words
from app.rule.groups import DEPENDS, field_of
from app.text import parameter_name
from voting.rules.form import Parameter
from voting.rules.parameter import CATALOGUE

LARGEST = {"body.seats.resident": 99, "body.seats.partner": 99, "quorum.fixed": 99}
LARGEST_SUM = 99_999_999
LARGEST_NUMBER = 999
FLAGS: dict[Any, bool] = {"yes": True, "no": False}
PARTS: dict[str, Any] = {"share": ShareFields, "deadline": DeadlineFields}


class RuleForm(FlaskForm):
    """Each field is named like its parameter, with a double underscore where that has a dot."""

    names: tuple[str, ...] = ()

    def answers(self) -> dict[str, Any]:
        """Every parameter of the form; None where it is left open or no longer asked."""
        given = {name: self._answer(name) for name in self.names}
        return {name: None if _is_out(name, given) else value for name, value in given.items()}

    def field(self, name: str) -> Any:
        return self[field_of(name)]

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        given = {name: self._answer(name) for name in self.names}
        for name in self.names:
            fault = _fault(CATALOGUE[name], self.field(name), given)
            if fault:
                self.field(name).errors = [fault]
        return not self.errors

    def _answer(self, name: str) -> Any:
        field = self.field(name)
        if isinstance(field, FormField):
            return field.form.value
        if CATALOGUE[name].form == "boolean":
            return FLAGS.get(field.data)
        if CATALOGUE[name].form == "set":
            return [code for code in LANGUAGES if code in (field.data or ())] or None
        return None if field.data == "" else field.data


def form_for(
    names: Iterable[str], parameters: Mapping[str, Any], asked: Iterable[str], *, in_rows: bool
) -> RuleForm:
    """A form of these parameters with the answers so far; `in_rows` shows every answer at once.

    What was asked and left open says so; what was not asked yet has nothing chosen.
    """
    chosen = tuple(names)
    fields = {field_of(name): _field(CATALOGUE[name], in_rows) for name in chosen}
    made = type("RuleForm", (RuleForm,), {"names": chosen, **fields})
    seen = set(asked)
    data = {
        field_of(name): _shown(CATALOGUE[name], parameters.get(name), name in seen or not in_rows)
        for name in chosen
    }
    form: RuleForm = made(data=data)
    return form


def _field(parameter: Parameter, in_rows: bool) -> Any:
    label = parameter_name(parameter.name)
    match parameter.form:
        case "choice" | "boolean":
            kind = RadioField if in_rows else SelectField
            return kind(label, choices=[*_choices(parameter), EMPTY], validate_choice=False)
        case "integer":
            return WholeNumber(label)
        case "set":
            return SelectMultipleField(label, choices=_languages(), validate_choice=False)
        case "quota":
            return PlacesByGroup(label)
    return FormField(PARTS[parameter.form], label)


def _choices(parameter: Parameter) -> list[SelectChoice]:
    codes: dict[Any, str] = {value: code for code, value in FLAGS.items()}
    return [
        SelectChoice(codes.get(value, value), words.answer_sentence(parameter.name, value))
        for value in words.ANSWERS[parameter.name]
    ]


def _languages() -> list[SelectChoice]:
    return [SelectChoice(code, gettext(words.LANGUAGES[code])) for code in LANGUAGES]


def _shown(parameter: Parameter, value: Any, is_asked: bool) -> Any:
    """What the field holds for a stored value."""
    if parameter.form in PARTS:
        return PARTS[parameter.form].shown(value)
    if parameter.form == "boolean" and value is not None:
        return "yes" if value else "no"
    if parameter.form in ("choice", "boolean") and value is None:
        return "" if is_asked else None
    return value


def _is_out(name: str, given: Mapping[str, Any]) -> bool:
    """Whether another answer makes this question pointless."""
    master, pointless = DEPENDS.get(name, (name, ()))
    return given.get(master) in pointless and name in DEPENDS


def _is_due(name: str, given: Mapping[str, Any]) -> bool:
    """Whether a row must be chosen: the question stands alone, or another answer asks for it."""
    if name not in DEPENDS:
        return True
    return given.get(DEPENDS[name][0]) is not None and not _is_out(name, given)


def _fault(parameter: Parameter, field: Any, given: Mapping[str, Any]) -> str | None:
    """What is wrong with an answer, as a sentence."""
    value = given[parameter.name]
    if parameter.form in ("choice", "boolean"):
        return _fault_of_choice(parameter, field, given)
    if parameter.form == "integer":
        return _fault_of_number(parameter, value, given)
    if value is not None and not parameter.accepts(value):
        return (
            gettext("Deutsch gehört immer dazu.")
            if parameter.form == "set"
            else gettext("Das geht hier nicht.")
        )
    return None


def _fault_of_choice(
    parameter: Parameter, field: SelectField, given: Mapping[str, Any]
) -> str | None:
    codes = {value for value, *_rest in field.iter_choices()}
    if field.data in codes or (field.data is None and not _is_due(parameter.name, given)):
        return None
    return gettext("Bitte wählen Sie eine Antwort.")


def _fault_of_number(
    parameter: Parameter, value: int | None, given: Mapping[str, Any]
) -> str | None:
    if value is None:
        is_wanted = parameter.name == "quorum.fixed" and _is_due(parameter.name, given)
        return gettext("Bitte schreiben Sie die feste Zahl.") if is_wanted else None
    most = min(parameter.most, LARGEST.get(parameter.name, _largest(parameter.name)))
    if parameter.least <= value <= most:
        return None
    return gettext("Bitte eine Zahl von %(least)d bis %(most)d.", least=parameter.least, most=most)


def _largest(name: str) -> int:
    return LARGEST_SUM if name.endswith("_eur") else LARGEST_NUMBER
