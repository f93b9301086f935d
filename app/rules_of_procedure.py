"""The rules of procedure that hold for a body or a round, and what they need to hold."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypedDict, cast

from sqlmodel import Session, col, select

from app import db
from app.body import day_in, day_of, places_on, reserves_on, term_to_fill, votes_by_ballot
from app.models import Body, Round, RulesOfProcedure
from voting.rules import group, parameter
from voting.rules.procedure import Procedure

# What a practice round runs under: everybody takes part, and nothing follows from it.
PRACTICE: Mapping[str, Any] = {
    "quorum.rule": "none",
    "quorum.base": "filled_seats",
    "majority.other": "more_than_half",
    "majority.base": "yes_no",
    "recusal.quorum": "counts_present",
    "recusal.majority": "leaves_base",
    "recusal.shared_seat": "person",
    "deputy.mode": "none",
    "ballot.min_turnout": 2,
}


class Needs(TypedDict, total=False):
    """What a roster asks of the rules: shared seats, stand-ins, a roll too small for a box."""

    shared_recusal: bool
    stand_ins: bool
    small_roll: bool


def in_force(held: Session, body_id: int, day: date | None = None) -> RulesOfProcedure | None:
    """The newest adopted version of a body's rules that is valid on a day, or today."""
    return held.exec(
        select(RulesOfProcedure)
        .where(RulesOfProcedure.body_id == body_id, RulesOfProcedure.state == "adopted")
        .where(col(RulesOfProcedure.valid_from) <= (day or day_of(db.clock(held))))
        .order_by(col(RulesOfProcedure.version).desc())
        .limit(1)
    ).first()


def group_of(held: Session, body_id: int) -> str:
    """The group in which the next round of a body is encrypted."""
    rules = in_force(held, body_id)
    return group.of(Procedure(rules.parameters if rules else {}))


def missing(
    held: Session,
    body_id: int,
    matter: parameter.Matter = "funding",
    mode: parameter.Mode = "meeting",
) -> list[str]:
    """The names of the parameters without which no round of this body may open."""
    body = held.get_one(Body, body_id)
    if not votes_by_ballot(body):
        return []
    rules = in_force(held, body_id)
    parameters = rules.parameters if rules else {}
    needs = _needs(held, body, parameters)
    needed = parameter.needed(parameters, mode=mode, matter=matter, **needs)
    return parameter.missing(parameters, needed)


def _needs(held: Session, body: Body, parameters: Mapping[str, Any]) -> Needs:
    """What the roster of today, or of the term to come, asks of the rules."""
    today = day_of(db.clock(held))
    term = term_to_fill(held, body, today)
    if term is None:
        return {}
    day = day_in(term, today)
    places = places_on(held, body, term, day)
    filled = sum(1 for place in places if place.holders)
    return {
        "shared_recusal": any(len(place.holders) > 1 for place in places),
        "stand_ins": any(place.deputies for place in places) or bool(reserves_on(held, term, day)),
        "small_roll": 0 < filled < parameters.get("ballot.min_turnout", 0),
    }


def procedure_of(
    rules: RulesOfProcedure, matter: str = "funding", mode: str = "meeting"
) -> Procedure:
    return Procedure(
        rules.parameters,
        mode=cast("parameter.Mode", mode),
        matter=cast("parameter.Matter", matter),
    )


def frozen_version(held: Session, round_: Round) -> int | None:
    """The version of the rules that a round was frozen with."""
    rules = held.get(RulesOfProcedure, round_.rules_id) if round_.rules_id else None
    return rules.version if rules else None


def procedure(held: Session, round_: Round, matter: str = "funding") -> Procedure:
    """The rules a round runs under: its frozen version, before opening the one in force.

    An open vote has no secrecy to keep, whatever the rules say of ballots.
    """
    if round_.is_practice:
        return Procedure(PRACTICE, mode="circular", matter="other")
    frozen = held.get(RulesOfProcedure, round_.rules_id) if round_.rules_id else None
    rules = frozen or for_round(held, round_)
    if rules is None:
        return Procedure({})
    found = procedure_of(rules, matter, round_.mode)
    if round_.secrecy == "secret":
        return found
    return replace(found, parameters={**found.parameters, "ballot.secrecy": "open"})


def for_round(held: Session, round_: Round) -> RulesOfProcedure | None:
    """The rules a round opens with: those of the day on which it was held, usually today."""
    day = day_of(round_.voted_at) if round_.voted_at else None
    return in_force(held, round_.body_id, day)
