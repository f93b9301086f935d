"""What a card says, in every language that the pages have."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel import Locale
from flask import current_app

from app import catalogue, language
from app.body import Person
from app.catalogue import gettext as _
from app.models import Term
from app.roster.holder import Holder
from app.text import group_name, short_day, word


@dataclass(frozen=True)
class Face:
    """The sentences of a blank card; the browser writes name, role and secret on copies."""

    code: str
    direction: str
    address: str
    spare: str
    name: str
    printed: str
    valid: str
    keep: str
    scan: str
    lost: str


def for_members(term: Term) -> list[Face]:
    """A blank card for each language."""
    return _faces(language.LANGUAGES, term)


def for_spares(term: Term, printed_on: date) -> list[Face]:
    """The blank spare card; nobody knows yet which language its member reads."""
    return _faces([language.DEFAULT], term, printed_on)


def data_of(holder: Holder, kind: str) -> dict[str, object]:
    """What the browser needs to print a card for somebody, as attributes of an input.

    The card speaks the person's language if the pages have it, German otherwise.
    """
    member = holder.member
    spoken = member.language if member.language in language.LANGUAGES else language.DEFAULT
    with catalogue.keeping(spoken):
        return {
            "data-member": member.id,
            "data-name": member.name,
            "data-role": role(holder.person, kind),
            "data-language": spoken,
            "data-shown": holder.valid_card.id if holder.valid_card else "",
        }


def role(person: Person, kind: str) -> str:
    """Group, and whether the person stands in."""
    group = group_name(kind, person.segment)
    return group if person.capacity == "holder" else f"{word(person.capacity)}, {group}"


def _faces(codes: Iterable[str], term: Term, printed_on: date | None = None) -> list[Face]:
    found = []
    for code in codes:
        with catalogue.keeping(code):
            found.append(_face(code, term, printed_on))
    return found


def _face(code: str, term: Term, printed_on: date | None) -> Face:
    return Face(
        code=code,
        direction=Locale.parse(code).text_direction,
        address=_address(code),
        spare=_("Ersatzkarte"),
        name=_("Name:"),
        printed=_("Gedruckt am %(day)s.", day=short_day(printed_on)) if printed_on else "",
        valid=_("Gültig bis %(day)s.", day=short_day(term.ends_on)),
        keep=_("Nur für Sie. Bitte aufheben und nicht weitergeben."),
        scan=_("Scannen Sie den Code mit dem Handy. Oder tippen Sie die acht Wörter hier ein:"),
        lost=_("Karte weg? Eine neue gibt es hier:"),
    )


def _address(code: str) -> str:
    """Where the words of a card are typed; the pages behind it are in this language."""
    prefix = "" if code == language.DEFAULT else f"/{code}"
    return f"{current_app.config['PUBLIC_URL']}{prefix}/karte"
