"""The wording of a question in every offered language, from the ready-translated sentence."""

from flask_babel import force_locale, gettext

from app.language import LANGUAGES, locale
from app.models import Proposal
from app.text import funding_question

ORDER = ("yes", "no", "abstain")


def funding(proposal: Proposal) -> dict[str, str]:
    """The question about this proposal's money, by language."""
    found = {}
    for language in LANGUAGES:
        with force_locale(locale(language)):
            found[language] = funding_question(
                proposal.number, proposal.title, proposal.requested_cents
            )
    return found


def options() -> dict[str, list[str]]:
    """The words of the answers in their order, by language."""
    found = {}
    for language in LANGUAGES:
        with force_locale(locale(language)):
            found[language] = [gettext("Ja"), gettext("Nein"), gettext("Enthaltung")]
    return found
