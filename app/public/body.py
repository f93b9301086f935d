"""What a resident may know about a body: its seats, its rules, how to join; names by consent."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from app import rules_of_procedure
from app.body import SEGMENTS, Place, places_on, term_on, term_to_fill, votes_by_ballot
from app.composition import composition_of
from app.models import Area, Body, RulesOfProcedure, Term
from app.rule import reading
from app.rule.groups import Group
from voting.rules import readiness
from voting.rules.composition import Composition
from voting.rules.procedure import Procedure

MAIN_RULES = ("quorum", "majority", "majority-base")


class Seats(NamedTuple):
    """The seats of one group, and how many of them somebody holds."""

    segment: str
    seats: int
    filled: int


class Entry(NamedTuple):
    """What it takes to hold a resident's seat, by the rules in force."""

    min_age: int
    may_work_here: bool
    source: str | None


class Standing(NamedTuple):
    """A body on a day; `term` is the one that runs, or the next to come."""

    term: Term | None
    has_begun: bool
    groups: Sequence[Seats]
    composition: Composition | None
    speakers: Sequence[str]
    unnamed_speakers: int
    rules: RulesOfProcedure | None
    sentences: Sequence[tuple[Group, Sequence[reading.Line]]]
    cases: Sequence[readiness.Readiness]
    entry: Entry | None

    @property
    def seats(self) -> int:
        return sum(group.seats for group in self.groups)


def find(held: Session, body_id: int) -> tuple[Body, Area] | None:
    return held.exec(
        select(Body, Area).join(Area, col(Area.id) == Body.area_id).where(Body.id == body_id)
    ).first()


def standing(held: Session, body: Body, day: date) -> Standing:
    """Everything that follows from the roster and the rules on this day."""
    running = term_on(held, body, day)
    places = places_on(held, body, running, day)
    names, unnamed = speakers(places)
    rules = rules_of_procedure.in_force(held, body.id)
    return Standing(
        term=running or term_to_fill(held, body, day),
        has_begun=running is not None,
        groups=groups(body, places),
        composition=composition_of(held, body, places),
        speakers=names,
        unnamed_speakers=unnamed,
        rules=rules,
        sentences=_sentences(body, rules) if rules else [],
        cases=readiness.of(rules.parameters if rules else {}) if votes_by_ballot(body) else [],
        entry=_entry(rules) if rules else None,
    )


def groups(body: Body, places: Sequence[Place]) -> list[Seats]:
    """The groups that have seats, in the order of the body's kind."""
    found = []
    for segment in SEGMENTS[body.kind]:
        own = [place for place in places if place.seat.segment == segment]
        if own:
            found.append(Seats(segment, len(own), sum(1 for place in own if place.holders)))
    return found


def speakers(places: Sequence[Place]) -> tuple[list[str], int]:
    """The names of the speakers who agreed to be named, and how many others there are."""
    found = [
        member for place in places for membership, member in place.holders if membership.is_speaker
    ]
    named = [member.name for member in found if member.may_be_named]
    return named, len(found) - len(named)


def _sentences(body: Body, rules: RulesOfProcedure) -> list[tuple[Group, list[reading.Line]]]:
    """What a vote needs; the page of the rules has all others."""
    found = reading.lines(rules.parameters, body.kind)
    return [(group, lines) for group, lines in found if group.name in MAIN_RULES]


def _entry(rules: RulesOfProcedure) -> Entry:
    procedure = Procedure(rules.parameters)
    return Entry(
        min_age=procedure.number("member.min_age"),
        may_work_here=procedure.choice("member.residence") == "live_or_work",
        source=rules.parameters.get("member.source.resident"),
    )
