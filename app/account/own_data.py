"""Everything that is stored about a person, table by table, in words and for machines."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_babel import gettext
from sqlalchemy import ColumnElement, Enum
from sqlmodel import Session, SQLModel, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from app import text
from app.account import device
from app.account.section import OFFICER_COLUMNS, OFFICER_SECTIONS, SECTIONS, Section
from app.language import NAMES as LANGUAGE_NAMES
from app.language import current
from app.models import (
    Ballot,
    Body,
    CountingCommission,
    CredentialPointer,
    Decision,
    Mail,
    Meeting,
    Member,
    Officer,
    Opinion,
    Proposal,
    Question,
    RollEntry,
    Round,
    Seat,
    Term,
)

LONGEST = 64


class Shown(NamedTuple):
    """A section with its rows: what a machine reads, and what people read."""

    section: Section
    rows: list[dict[str, Any]]
    facts: list[list[tuple[Any, str]]]


def of(held: Session, person: Member | Officer) -> list[Shown]:
    """Everything about this person; ballots stay locked in their box."""
    sections = SECTIONS if isinstance(person, Member) else OFFICER_SECTIONS
    return [_shown(held, section, person) for section in sections]


def as_object(shown: Iterable[Shown]) -> dict[str, Any]:
    """The same for machines: {table: [{column: value}]}."""
    return {str(each.section.table.__tablename__): each.rows for each in shown}


def _shown(held: Session, section: Section, person: Member | Officer) -> Shown:
    found = _found(held, section.table, person)
    return Shown(
        section,
        [{name: _plain(getattr(row, name)) for name in section.fields} for row in found],
        [_facts(held, section, row) for row in found],
    )


def _facts(held: Session, section: Section, row: SQLModel) -> list[tuple[Any, str]]:
    """A row as people read it; what is empty is in the file alone."""
    return [
        (word, section.said[name](held, value) if name in section.said else said(held, row, name))
        for name, word in section.fields.items()
        if (value := getattr(row, name)) not in (None, "")
    ]


def _found(held: Session, table: Any, person: Member | Officer) -> list[Any]:
    if table is type(person):
        return [person]
    if table is Ballot and isinstance(person, Member):
        return list(held.exec(_last_ballots(person)))
    if table is Mail:
        return list(held.exec(select(Mail).where(Mail.recipient == (person.mail or None))))
    if table is Opinion and isinstance(person, Officer):
        of_all_areas = select(Opinion).where(Opinion.coordinator_id == person.coordinator_id)
        return list(held.exec(of_all_areas.order_by(col(Opinion.id))))
    own = select(table).where(table.area_id == person.area_id, _is_own(table, person))
    return list(held.exec(own.order_by(*table.__table__.primary_key)))


def _is_own(table: Any, person: Member | Officer) -> ColumnElement[bool]:
    """Whether a row is about this person; of requests, who asked or who confirmed."""
    if isinstance(person, Member):
        return col(table.member_id) == person.id
    names = OFFICER_COLUMNS.get(table, ("officer_id",))
    return or_(*(getattr(table, name) == person.id for name in names))


def _last_ballots(member: Member) -> SelectOfScalar[Ballot]:
    """The ballots that count for the voting keys with which the member stands on rolls."""
    return (
        select(Ballot)
        .join(
            CredentialPointer,
            (col(CredentialPointer.question_id) == Ballot.question_id)
            & (col(CredentialPointer.height) == Ballot.height),
        )
        .join(
            RollEntry,
            (col(RollEntry.question_id) == CredentialPointer.question_id)
            & (col(RollEntry.credential) == CredentialPointer.credential),
        )
        .where(RollEntry.area_id == member.area_id, RollEntry.member_id == member.id)
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def said(held: Session, row: SQLModel, name: str) -> str:
    """A stored value as people read it."""
    value = getattr(row, name)
    if name in NAMED:
        return NAMED[name](held, value)
    if isinstance(value, bool):
        return text.word("yes" if value else "no")
    if isinstance(value, datetime):
        return text.moment(value)
    if isinstance(value, date):
        return text.day(value)
    return text.word(value) if is_code(type(row), name) else _shortened(str(value))


def _shortened(words: str) -> str:
    """A number of hundreds of digits says nothing to people; the file has all of it."""
    is_long = len(words) > LONGEST and " " not in words
    return f"{words[:LONGEST]} …" if is_long else words


def is_code(table: Any, name: str) -> bool:
    """Whether the column holds one of a few codes that have words; names of groups have none."""
    return isinstance(table.__table__.columns[name].type, Enum) and name != "group"


def _seat(held: Session, key: int) -> str:
    seat = held.get_one(Seat, key)
    place = gettext("Sitz %(position)d", position=seat.position)
    return f"{held.get_one(Body, seat.body_id).name}, {place}"


def _term(held: Session, key: str) -> str:
    term = held.get_one(Term, key)
    days = f"{text.short_day(term.starts_on)} – {text.short_day(term.ends_on)}"
    return f"{held.get_one(Body, term.body_id).name}, {days}"


def _commission(held: Session, key: int) -> str:
    return _term(held, held.get_one(CountingCommission, key).term_id)


def _meeting(held: Session, key: int) -> str:
    return text.moment(held.get_one(Meeting, key).starts_at)


def _round(held: Session, key: str) -> str:
    round_ = held.get_one(Round, key)
    return f"{held.get_one(Body, round_.body_id).name}, {text.moment(round_.created_at)}"


def _question(held: Session, key: str) -> str:
    wording = held.get_one(Question, key).wording
    return wording.get(current(), wording["de"])


def _proposal(held: Session, key: int) -> str:
    found = held.get_one(Proposal, key)
    return f"{found.number} {found.title}"


def _officer(held: Session, key: int) -> str:
    return held.get_one(Officer, key).name


# What stands in the column is the number of a row that has a name.
NAMED: Mapping[str, Callable[[Session, Any], str]] = {
    "seat_id": _seat,
    "term_id": _term,
    "commission_id": _commission,
    "meeting_id": _meeting,
    "round_id": _round,
    "question_id": _question,
    "decision_id": lambda held, key: held.get_one(Decision, key).number,
    "proposal_id": _proposal,
    "member_id": lambda held, key: held.get_one(Member, key).name,
    **dict.fromkeys(("officer_id", "requested_by", "confirmed_by", "printed_by"), _officer),
    "language": lambda _held, key: LANGUAGE_NAMES[key],
    "device": lambda _held, key: device.name(key),
}
