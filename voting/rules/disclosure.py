"""What is shown to whom, in which languages and until when."""

from collections.abc import Collection
from datetime import date
from typing import Literal

from voting.rules.membership import months_after
from voting.rules.procedure import Procedure

Shown = Literal["count", "seat", "name"]


def recusal(*, consents: bool, procedure: Procedure) -> Shown:
    """Return how a recusal appears in public, by `recusal.publish`; a name only with consent."""
    match procedure.choice("recusal.publish"):
        case "name":
            return "name" if consents else "seat"
        case "seat":
            return "seat"
    return "count"


def may_read_archive(*, is_member: bool, procedure: Procedure) -> bool:
    """Tell whether somebody may read board and archive after the close, by `archive.publish`."""
    return is_member or procedure.choice("archive.publish") == "public"


def archive_end(term_end: date, procedure: Procedure) -> date:
    """Return the day on which ballot archives are deleted, by `archive.keep_months`."""
    return months_after(term_end, procedure.number("archive.keep_months"))


def missing_languages(written: Collection[str], procedure: Procedure) -> list[str]:
    """Name the languages of the body in which a question is not written yet."""
    return [each for each in procedure.several("languages") if each not in written]
