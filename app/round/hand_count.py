"""Numbers that two persons count without seeing each other's; only equal ones stand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from sqlmodel import Session, col, select

from app import rules_of_procedure
from app.errors import Refused
from app.models import CountEntry, Question, Round
from app.round import enterers
from app.round.enterers import Person

Standing = Literal["waits", "agreed", "unequal"]
NUMBERS = ("yes", "no", "abstain", "invalid", "present", "residents")


def enter(
    held: Session,
    question: Question,
    person: Person,
    numbers: Mapping[str, Any],
    reason: str,
    now: datetime,
) -> Standing:
    """Store what one person counted; two equal counts stand, two different ones are both gone.

    The caller has locked the open round. A count that waited too long for a second one is none.
    """
    round_ = enterers.require_open(held, question, ("open", "paper"))
    if agreed(held, question):
        raise Refused("already_done")
    _require_fitting(held, round_, question, numbers)
    first = waiting(held, question, now)
    if first is None or first.is_by(person):
        _begin(held, question, person, numbers, reason, now)
        return "waits"
    enterers.require_second(held, round_, first, person, now)
    if _numbers(first) != dict(numbers):
        _forget(held, question)
        return "unequal"
    held.add(_entry(question, 2, person, numbers, "", now))
    held.flush()
    enterers.tell_entered(held, round_, "count", question, first.reason, now)
    return "agreed"


def _begin(
    held: Session,
    question: Question,
    person: Person,
    numbers: Mapping[str, Any],
    reason: str,
    now: datetime,
) -> None:
    _forget(held, question)
    held.add(_entry(question, 1, person, numbers, reason, now))
    held.flush()


def _entry(
    question: Question,
    place: int,
    person: Person,
    numbers: Mapping[str, Any],
    reason: str,
    now: datetime,
) -> CountEntry:
    return CountEntry(
        area_id=question.area_id,
        question_id=question.id,
        place=place,
        reason=reason,
        entered_at=now,
        **enterers.author(person),
        **numbers,
    )


def _forget(held: Session, question: Question) -> None:
    for each in _counts(held, question):
        held.delete(each)
    held.flush()


def waiting(held: Session, question: Question, now: datetime) -> CountEntry | None:
    """The first count while it waits for a second one."""
    counts = _counts(held, question)
    return counts[0] if len(counts) == 1 and counts[0].expires_at > now else None


def needs_residents(held: Session, round_: Round, question: Question) -> bool:
    """Whether the rules ask how many residents were among those who voted."""
    rules = rules_of_procedure.procedure(held, round_, question.matter)
    return rules.choice("resident_majority") == "cast"


def _require_fitting(
    held: Session, round_: Round, question: Question, numbers: Mapping[str, Any]
) -> None:
    """Refuse numbers that the frozen roll does not allow."""
    facts = question.roll_facts or {}
    votes = sum(numbers[name] or 0 for name in ("yes", "no", "abstain", "invalid"))
    if votes > facts["entitled"]:
        raise Refused("count_above_roll", votes=votes, roll=facts["entitled"])
    if numbers["present"] != facts["present"]:
        raise Refused("present_differs", present=facts["present"])
    residents = numbers["residents"]
    if not needs_residents(held, round_, question):
        return
    if residents is None or not 0 <= votes - residents <= facts["partners"]:
        raise Refused("residents_differ")
    if residents > facts["residents"]:
        raise Refused("residents_differ")


def _counts(held: Session, question: Question) -> list[CountEntry]:
    found = select(CountEntry).where(CountEntry.question_id == question.id)
    return list(held.exec(found.order_by(col(CountEntry.place))))


def _numbers(count: CountEntry) -> dict[str, Any]:
    return count.model_dump(include=set(NUMBERS))


def agreed(held: Session, question: Question) -> CountEntry | None:
    """The count on which two persons agree."""
    counts = _counts(held, question)
    return counts[0] if len(counts) > 1 else None
