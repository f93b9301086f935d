"""The wording of a question in every offered language: a ready-translated sentence, or typed."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

from flask_babel import force_locale, gettext

from app.catalogue import language
from app.language import DEFAULT, LANGUAGES, locale
from app.models import Proposal, Question
from app.models.round import YES_NO, option_ids
from app.subject import Choice, Subject, of_free
from app.text import (
    adoption_question,
    amended_question,
    approval_question,
    funding_question,
    minutes_title,
)
from voting.rules.procedure import Procedure

Said = TypeVar("Said")


def of(subject: Subject) -> dict[str, str]:
    """The question about this subject, by language."""
    if subject.free:
        return dict(subject.free)
    return in_languages(lambda: _sentence(subject))


def _sentence(subject: Subject) -> str:
    if subject.rules:
        return adoption_question(subject.rules.version)
    proposal = cast("Proposal", subject.proposal)
    said = (proposal.number, proposal.title, proposal.requested_cents)
    if subject.terms is None:
        return funding_question(*said)
    conditions = [each.get(language()) or each[DEFAULT] for each in subject.terms.conditions]
    return amended_question(*said, subject.terms.cents, conditions)


def in_languages(say: Callable[[], Said]) -> dict[str, Said]:
    """What is said in each offered language."""
    found = {}
    for code in LANGUAGES:
        with force_locale(locale(code)):
            found[code] = say()
    return found


def options(subject: Subject, languages: Iterable[str]) -> dict[str, list[str]]:
    """The words of the answers in their order, by language; what is not typed yet is empty."""
    found = in_languages(lambda: _answers(subject.choice))
    return {language: found[language] for language in languages}


def order(choice: Choice | None) -> tuple[str, ...]:
    """The ids of the answers in the order of their words."""
    if choice is None:
        return YES_NO
    return option_ids(len(choice.options[DEFAULT]), has_blank=choice.has_blank)


def _answers(choice: Choice | None) -> list[str]:
    if choice is None:
        return [gettext("Ja"), gettext("Nein"), gettext("Enthaltung")]
    words = choice.options.get(language()) or [""] * len(choice.options[DEFAULT])
    blank = gettext("Enthaltung") if choice.is_grade else gettext("Keine davon")
    return [*words, blank] if choice.has_blank else [*words]


def grades() -> Choice:
    """What is answered where a proposal gets a grade, from best to worst in every language."""
    words = in_languages(
        lambda: [
            gettext("sehr gut"),
            gettext("gut"),
            gettext("mittel"),
            gettext("schlecht"),
            gettext("sehr schlecht"),
        ]
    )
    return Choice(words, places=0, is_grade=True)


def of_minutes(starts_at: datetime) -> Subject:
    """Whether the minutes of the meeting of that day are approved, asked as if it were typed."""
    return of_free(
        in_languages(lambda: minutes_title(starts_at)),
        in_languages(lambda: approval_question(starts_at)),
    )


def offered(parameters: Mapping[str, Any]) -> list[str]:
    """The languages a body offers, of those that this site speaks; German comes first."""
    chosen = Procedure(parameters).several("languages")
    return [language for language in LANGUAGES if language in chosen]


def missing(question: Question, parameters: Mapping[str, Any]) -> list[str]:
    """The offered languages in which something of a typed question is still missing."""
    if question.title is None:
        return []
    return [
        language
        for language in offered(parameters)
        if not (question.title.get(language) and question.wording.get(language))
        or "" in question.options.get(language, ())
    ]
