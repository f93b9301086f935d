"""The wording of a question in every offered language, from the ready-translated sentence."""

from collections.abc import Callable
from typing import TypeVar, cast

from flask_babel import force_locale, gettext

from app.language import LANGUAGES, locale
from app.models import Proposal
from app.subject import Subject
from app.text import adoption_question, funding_question

Said = TypeVar("Said")
ORDER = ("yes", "no", "abstain")


def of(subject: Subject) -> dict[str, str]:
    """The question about this subject, by language."""
    return in_languages(lambda: _sentence(subject))


def _sentence(subject: Subject) -> str:
    if subject.rules:
        return adoption_question(subject.rules.version)
    proposal = cast("Proposal", subject.proposal)
    return funding_question(proposal.number, proposal.title, proposal.requested_cents)


def in_languages(say: Callable[[], Said]) -> dict[str, Said]:
    """What is said in each offered language."""
    found = {}
    for language in LANGUAGES:
        with force_locale(locale(language)):
            found[language] = say()
    return found


def options() -> dict[str, list[str]]:
    """The words of the answers in their order, by language."""
    return in_languages(lambda: [gettext("Ja"), gettext("Nein"), gettext("Enthaltung")])
