"""What a resident may know about a body: its seats, its rules, how to join; names by consent."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from app import electoral_roll
from app.body import SEGMENTS, Place, places_on, term_on, term_to_fill
from app.composition import composition_of
from app.models import Area, Body, RulesOfProcedure, Term
from voting.rules.composition import Composition
from voting.rules.procedure import Procedure


class Group(NamedTuple):
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
    groups: Sequence[Group]
    composition: Composition | None
    speakers: Sequence[str]
    unnamed_speakers: int
    rules: RulesOfProcedure | None
    entry: Entry | None


def find(held: Session, body_id: int) -> tuple[Body, Area] | None:
    return held.exec(
        select(Body, Area).join(Area, col(Area.id) == Body.area_id).where(Body.id == body_id)
    ).first()


def standing(held: Session, body: Body, day: date) -> Standing:
    """Everything that follows from the roster and the rules on this day."""
    running = term_on(held, body, day)
    places = places_on(held, body, running, day)
    names, unnamed = speakers(places)
    rules = electoral_roll.rules_in_force(held, body.id)
    return Standing(
        term=running or term_to_fill(held, body, day),
        has_begun=running is not None,
        groups=groups(body, places),
        composition=composition_of(held, body, places),
        speakers=names,
        unnamed_speakers=unnamed,
        rules=rules,
        entry=_entry(rules) if rules else None,
    )


def groups(body: Body, places: Sequence[Place]) -> list[Group]:
    """The groups that have seats, in the order of the body's kind."""
    found = []
    for segment in SEGMENTS[body.kind]:
        own = [place for place in places if place.seat.segment == segment]
        if own:
            found.append(Group(segment, len(own), sum(1 for place in own if place.holders)))
    return found


def speakers(places: Sequence[Place]) -> tuple[list[str], int]:
    """The names of the speakers who agreed to be named, and how many others there are."""
    found = [
        member
        for place in places
        for membership, member in place.holders
        if membership.role == "speaker"
    ]
    named = [member.name for member in found if member.may_be_named]
    return named, len(found) - len(named)


def _entry(rules: RulesOfProcedure) -> Entry:
    procedure = Procedure(rules.parameters)
    return Entry(
        min_age=procedure.number("member.min_age"),
        may_work_here=procedure.choice("member.residence") == "live_or_work",
        source=rules.parameters.get("member.source.resident"),
    )
