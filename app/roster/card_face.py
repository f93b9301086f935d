"""What a card says, in every language that the pages have."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from babel import Locale
from flask import current_app, render_template
from markupsafe import Markup

from app import catalogue, language
from app.body import Person
from app.models import Area, Body, Term
from app.roster.holder import Holder
from app.text import group_name, word


def for_members(body: Body, term: Term, area: Area) -> list[Markup]:
    """One blank card for each language; the browser writes name, role and secret on copies."""
    return list(_faces(language.LANGUAGES, body=body, term=term, area=area, is_spare=False))


def for_spares(body: Body, term: Term, area: Area, printed_on: date) -> list[Markup]:
    """The blank spare card; nobody knows yet which language its member reads."""
    facts = {"body": body, "term": term, "area": area, "printed_on": printed_on}
    return list(_faces([language.DEFAULT], is_spare=True, **facts))


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


def _faces(languages: Iterable[str], **facts: Any) -> Iterator[Markup]:
    for code in languages:
        with catalogue.keeping(code):
            # The template escapes every fact by itself.
            yield Markup(  # noqa: S704
                render_template(
                    "roster/card_face.html",
                    code=code,
                    direction=Locale.parse(code).text_direction,
                    address=_address(code),
                    **facts,
                )
            )


def _address(code: str) -> str:
    """Where the words of a card are typed; the pages behind it are in this language."""
    prefix = "" if code == language.DEFAULT else f"/{code}"
    return f"{current_app.config['PUBLIC_URL']}{prefix}/karte"
