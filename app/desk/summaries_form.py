"""The summaries of several decisions on one page; what stays empty is published another day."""

from collections.abc import Iterable
from typing import Any, Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Form, FormField
from wtforms.validators import ValidationError

from app import one_line
from app.models import Question
from app.summary_form import LONGEST


class OneSummary(Form):
    """Both languages, or none."""

    german = one_line.text(_("Zusammenfassung auf Deutsch"), longest=LONGEST, optional=True)
    english = one_line.text(_("Zusammenfassung auf Englisch"), longest=LONGEST, optional=True)

    def validate_german(self, field: Any) -> None:
        _require_both(field, self.english)

    def validate_english(self, field: Any) -> None:
        _require_both(field, self.german)

    @property
    def summary(self) -> dict[str, str] | None:
        both = {"de": self.german.data, "en": self.english.data}
        return both if any(both.values()) else None


def _require_both(field: Any, other: Any) -> None:
    if other.data and not field.data:
        raise ValidationError(one_line.SENTENCES["empty"])


class SummariesForm(FlaskForm):
    """A part for each question."""

    @classmethod
    def about(cls, questions: Iterable[Question]) -> type[Self]:
        return type(
            cls.__name__, (cls,), {_name(each): FormField(OneSummary) for each in questions}
        )

    def part(self, question: Question) -> OneSummary:
        part: OneSummary = self[_name(question)].form
        return part

    def summaries(self, questions: Iterable[Question]) -> dict[str, dict[str, str]]:
        """The texts by question; where there is none the form says so."""
        written = {each.id: self.part(each).summary for each in questions}
        found = {key: summary for key, summary in written.items() if summary}
        if not found:
            self.form_errors.append(gettext("Bitte schreiben Sie mindestens eine Zusammenfassung."))
        return found


def _name(question: Question) -> str:
    return f"q{question.id}"
