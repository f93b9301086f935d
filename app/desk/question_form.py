"""The form of a question in own words: yes or no, a choice between own answers, or grades."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from app import one_line, subject
from app.desk.words_form import WordsForm
from app.language import DEFAULT
from app.rule.words import LANGUAGES
from app.subject import Choice, Subject
from app.wording import grades

LONGEST_OPTION = 120
FEWEST_OPTIONS, MOST_OPTIONS = 2, 20
ONE_A_LINE = _(
    "In jeder Zeile eine Antwort oder ein Vorschlag, in jeder Sprache in derselben Reihenfolge."
)
LOWEST = {"fewest": 0, "most": 1, "places": 1}


def _number(name: str, label: Any) -> IntegerField:
    lowest = LOWEST[name]
    message = _("Bitte geben Sie eine Zahl von %(least)d bis 20 ein.", least=lowest)
    rules = [Optional(), NumberRange(lowest, MOST_OPTIONS, message)]
    return IntegerField(label, rules, default=1, render_kw={"inputmode": "numeric"})


class QuestionForm(WordsForm):
    """Beside the words: how it is answered, and own answers or proposals in each language."""

    longest = (120, 300)

    kind = RadioField(
        _("Wie wird geantwortet?"),
        choices=[
            SelectChoice("yes_no", _("Ja, Nein oder Enthaltung")),
            SelectChoice("choice", _("Auswahl aus eigenen Antworten")),
            SelectChoice("grade", _("Noten: Jeder Vorschlag bekommt eine Note")),
        ],
        default="yes_no",
    )
    fewest = _number("fewest", _("Wie viele Antworten muss man mindestens ankreuzen?"))
    most = _number("most", _("Wie viele Antworten darf man höchstens ankreuzen?"))
    places = _number("places", _("Wie viele Antworten werden ausgewählt?"))
    has_blank = BooleanField(_("Man darf auch „Keine davon“ ankreuzen."), default=True)

    @property
    def options(self) -> dict[str, list[str]]:
        """The own answers, or the proposals that get a grade."""
        return {language: _lines(text) for language, text in self.typed("options_").items()}

    @property
    def answers(self) -> list[Field]:
        """The fields of the own answers."""
        return [each for each in self if each.name.startswith("options_")]

    @property
    def numbers(self) -> list[Field]:
        """The fields that say how many answers are ticked and taken."""
        return [self[name] for name in LOWEST]

    def offer_one_question(self) -> None:
        """Leave out grades, which are a question for each proposal."""
        self.kind.choices = [each for each in self.kind.choices if each.value != "grade"]

    def subjects(self) -> list[Subject]:
        """What is asked: one question, or one for each proposal that gets a grade."""
        titles, wording, options = self.titles, self.wording, self.options
        if self.kind.data == "yes_no":
            return [subject.of_free(titles, wording)]
        if self.kind.data == "choice":
            numbers = {name: self[name].data for name in LOWEST}
            typed = Choice(options, **numbers, has_blank=self.has_blank.data)
            return [subject.of_free(titles, wording, typed)]
        given = grades()
        return [
            subject.of_free(
                _about(titles, "{}: {}", options, at),
                _about(wording, "{} – {}", options, at),
                given,
            )
            for at in range(len(options[DEFAULT]))
        ]

    def fill_choice(self, choice: Choice) -> None:
        """Show the own answers that were typed before."""
        self.kind.data = "choice"
        self.show("options_", {name: "\n".join(each) for name, each in choice.options.items()})
        for name in (*LOWEST, "has_blank"):
            self[name].data = getattr(choice, name)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything fits together; numbers are asked for only of a choice."""
        if self.kind.data != "choice":
            for each in self.numbers:
                each.process(None)
        if not super().validate(extra_validators):
            return False
        if self.kind.data != "yes_no":
            self._check_all_options()
        if self.kind.data == "choice" and not self.errors:
            self._check_numbers(len(self.options[DEFAULT]))
        return not self.errors

    def _check_all_options(self) -> None:
        options = self.options
        needed = {DEFAULT} | (set(self.wording) if self.kind.data == "grade" else set())
        for language in needed - set(options):
            self[f"options_{language}"].errors = [one_line.SENTENCES["empty"]]
        for language, lines in options.items():
            self._check_options(language, lines, len(options.get(DEFAULT, ())))

    def _check_options(self, language: str, options: Sequence[str], count: int) -> None:
        field = self[f"options_{language}"]
        faults = [one_line.fault_in_line(each, LONGEST_OPTION) for each in options]
        if found := next(filter(None, faults), None):
            field.errors = [one_line.SENTENCES[found]]
        elif not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
            field.errors = [gettext("Bitte schreiben Sie 2 bis 20 Zeilen auf.")]
        elif len(set(options)) < len(options):
            field.errors = [gettext("Zwei Zeilen sind gleich.")]
        elif len(options) != count:
            field.errors = [gettext("Es müssen so viele Zeilen sein wie auf Deutsch.")]
        for name in ("title_", "wording_"):
            if not self[f"{name}{language}"].data:
                self[f"{name}{language}"].errors = [one_line.SENTENCES["empty"]]

    def _check_numbers(self, count: int) -> None:
        for each in self.numbers:
            if each.data is None:
                each.errors = [one_line.SENTENCES["empty"]]
                return
        if not self.fewest.data <= self.most.data <= count:
            self.most.errors = [gettext("Das passt nicht zu den Antworten und zur Zahl darüber.")]
        elif self.places.data > count:
            self.places.errors = [gettext("So viele Antworten gibt es nicht.")]

    @classmethod
    def fields_in(cls, language: str) -> dict[str, Any]:
        """A text field for the answers beside the words."""
        name = _(LANGUAGES[language])
        options = one_line.text(
            _("Antworten (%(language)s)", language=name),
            optional=True,
            description=ONE_A_LINE,
            render_kw={"lang": language, "rows": 5},
        )
        return super().fields_in(language) | {f"options_{language}": options}


def _about(
    texts: Mapping[str, str], pattern: str, options: Mapping[str, Sequence[str]], at: int
) -> dict[str, str]:
    """The texts about one proposal, in the languages in which both are there."""
    return {
        language: pattern.format(text, options[language][at])
        for language, text in texts.items()
        if language in options
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
