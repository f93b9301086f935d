"""The words of a question: a title and the question itself, in each language that a body offers."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field

from app import one_line
from app.language import DEFAULT
from app.rule.words import LANGUAGES

LONGEST_TITLE = 250
LONGEST_QUESTION = 450
BEFORE_ANNOUNCING = _("Muss da sein, bevor Sie die Abstimmung ansagen.")


class WordsForm(FlaskForm):
    """`in_languages` adds a title and a question for each language."""

    longest: ClassVar[tuple[int, int]] = (LONGEST_TITLE, LONGEST_QUESTION)

    @property
    def titles(self) -> dict[str, str]:
        return self.typed("title_")

    @property
    def wording(self) -> dict[str, str]:
        return self.typed("wording_")

    @property
    def words(self) -> list[Field]:
        """Title and question in each language."""
        return [each for each in self if each.name.startswith(("title_", "wording_"))]

    def fill(self, titles: Mapping[str, str], wording: Mapping[str, str]) -> None:
        """Show what was typed before."""
        self.show("title_", titles)
        self.show("wording_", wording)

    def typed(self, prefix: str) -> dict[str, str]:
        """What was typed into the fields of this name, by language."""
        return {
            name.removeprefix(prefix): field.data
            for name, field in self._fields.items()
            if name.startswith(prefix) and field.data
        }

    def show(self, prefix: str, texts: Mapping[str, str]) -> None:
        """Put texts into the fields of this name."""
        for language, text in texts.items():
            if f"{prefix}{language}" in self:
                self[f"{prefix}{language}"].data = text.strip()

    @classmethod
    def in_languages(cls, languages: Iterable[str]) -> type[Self]:
        """The form with the fields of each language; German must be there at once."""
        fields: dict[str, Any] = {}
        for language in languages:
            fields |= cls.fields_in(language)
        return type("Offered" + cls.__name__, (cls,), fields)

    @classmethod
    def fields_in(cls, language: str) -> dict[str, Any]:
        """The fields of one language."""
        name, is_optional = _(LANGUAGES[language]), language != DEFAULT
        more: dict[str, Any] = {
            "optional": is_optional,
            "description": BEFORE_ANNOUNCING if is_optional else "",
            "render_kw": {"lang": language},
        }
        title, question = cls.longest
        return {
            f"title_{language}": one_line.line(
                _("Titel (%(language)s)", language=name), title, **more
            ),
            f"wording_{language}": one_line.line(
                _("Frage (%(language)s)", language=name), question, **more
            ),
        }
