"""The form of a question in own words: yes or no, or a choice between own answers."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from app import one_line
from app.language import DEFAULT
from app.rule.words import LANGUAGES
from app.subject import Choice

LONGEST_TITLE = 120
LONGEST_QUESTION = 300
LONGEST_OPTION = 120
FEWEST_OPTIONS, MOST_OPTIONS = 2, 20
BEFORE_ANNOUNCING = _("Muss da sein, bevor Sie die Abstimmung ansagen.")
ONE_A_LINE = _("Eine Antwort in jeder Zeile, in jeder Sprache in derselben Reihenfolge.")
LOWEST = {"fewest": 0, "most": 1, "places": 1}


def _number(name: str, label: Any) -> IntegerField:
    lowest = LOWEST[name]
    message = _("Bitte geben Sie eine Zahl von %(least)d bis 20 ein.", least=lowest)
    rules = [Optional(), NumberRange(lowest, MOST_OPTIONS, message)]
    return IntegerField(label, rules, default=1, render_kw={"inputmode": "numeric"})


class QuestionForm(FlaskForm):
    """Title, question and answers in each offered language; `in_languages` adds those fields."""

    kind = RadioField(
        _("Wie wird geantwortet?"),
        choices=[
            SelectChoice("yes_no", _("Ja, Nein oder Enthaltung")),
            SelectChoice("choice", _("Auswahl aus eigenen Antworten")),
        ],
        default="yes_no",
    )
    fewest = _number("fewest", _("Wie viele Antworten muss man mindestens ankreuzen?"))
    most = _number("most", _("Wie viele Antworten darf man höchstens ankreuzen?"))
    places = _number("places", _("Wie viele Antworten werden ausgewählt?"))
    has_blank = BooleanField(_("Man darf auch „Keine davon“ ankreuzen."), default=True)

    @property
    def titles(self) -> dict[str, str]:
        return self._typed("title_")

    @property
    def wording(self) -> dict[str, str]:
        return self._typed("wording_")

    @property
    def choice(self) -> Choice | None:
        """The own answers and how they are ticked; None for yes or no."""
        if self.kind.data != "choice":
            return None
        options = {language: _lines(text) for language, text in self._typed("options_").items()}
        numbers = {name: self[name].data for name in LOWEST}
        return Choice(options, **numbers, has_blank=self.has_blank.data)

    @property
    def words(self) -> list[Field]:
        """Title and question in each language."""
        return [each for each in self if each.name.startswith(("title_", "wording_"))]

    @property
    def answers(self) -> list[Field]:
        """The own answers in each language, and how many of them."""
        options = [each for each in self if each.name.startswith("options_")]
        return [*options, *(self[name] for name in LOWEST)]

    def fill(self, titles: dict[str, str], wording: dict[str, str], choice: Choice | None) -> None:
        """Show what was typed before."""
        self._show("title_", titles)
        self._show("wording_", wording)
        if choice:
            self.kind.data = "choice"
            self._show("options_", {name: "\n".join(each) for name, each in choice.options.items()})
            for name in (*LOWEST, "has_blank"):
                self[name].data = getattr(choice, name)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything fits together; numbers of a choice are not asked for yes or no."""
        if self.kind.data != "choice":
            for name in LOWEST:
                self[name].process(None)
        return super().validate(extra_validators) and self._is_choice_possible()

    def _is_choice_possible(self) -> bool:
        choice = self.choice
        if choice is None:
            return True
        for name in LOWEST:
            if self[name].data is None:
                self[name].errors = [one_line.SENTENCES["empty"]]
                return False
        count = len(choice.options.get(DEFAULT, ()))
        for language, options in choice.options.items():
            self._check_options(language, options, count)
        if DEFAULT not in choice.options:
            self[f"options_{DEFAULT}"].errors = [one_line.SENTENCES["empty"]]
        elif not choice.fewest <= choice.most <= count:
            self.most.errors = [gettext("Das passt nicht zu den Antworten und zur Zahl darüber.")]
        elif choice.places > count:
            self.places.errors = [gettext("So viele Antworten gibt es nicht.")]
        return not self.errors

    def _check_options(self, language: str, options: Sequence[str], count: int) -> None:
        field = self[f"options_{language}"]
        faults = [one_line.fault_in_line(each, LONGEST_OPTION) for each in options]
        if found := next(filter(None, faults), None):
            field.errors = [one_line.SENTENCES[found]]
        elif not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
            field.errors = [gettext("Bitte schreiben Sie 2 bis 20 Antworten auf.")]
        elif len(set(options)) < len(options):
            field.errors = [gettext("Zwei Antworten sind gleich.")]
        elif len(options) != count:
            field.errors = [gettext("Es müssen so viele Antworten sein wie auf Deutsch.")]
        elif not self[f"wording_{language}"].data:
            self[f"wording_{language}"].errors = [one_line.SENTENCES["empty"]]

    def _typed(self, prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): field.data
            for name, field in self._fields.items()
            if name.startswith(prefix) and field.data
        }

    def _show(self, prefix: str, texts: dict[str, str]) -> None:
        for language, text in texts.items():
            if f"{prefix}{language}" in self:
                self[f"{prefix}{language}"].data = text.strip()

    @classmethod
    def in_languages(cls, languages: Iterable[str]) -> "type[QuestionForm]":
        """The form with three fields a language; German must be there at once."""
        fields: dict[str, Any] = {}
        for language in languages:
            fields |= _fields(language)
        return type("OfferedQuestionForm", (cls,), fields)


def _fields(language: str) -> dict[str, Any]:
    name, is_optional = _(LANGUAGES[language]), language != DEFAULT
    more: dict[str, Any] = {
        "optional": is_optional,
        "description": BEFORE_ANNOUNCING if is_optional else "",
        "render_kw": {"lang": language},
    }
    return {
        f"title_{language}": one_line.line(
            _("Titel (%(language)s)", language=name), LONGEST_TITLE, **more
        ),
        f"wording_{language}": one_line.line(
            _("Frage (%(language)s)", language=name), LONGEST_QUESTION, **more
        ),
        f"options_{language}": one_line.text(
            _("Antworten (%(language)s)", language=name),
            optional=True,
            description=ONE_A_LINE,
            render_kw={"lang": language, "rows": 5},
        ),
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
