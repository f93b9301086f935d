"""Rosters in memory: what a file is compared with, without a database."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.models import Body, Deputy, Member, Membership, ReservePlace, Seat, Term
from app.roster import column, comparing, reading
from app.roster.comparing import Comparison
from app.roster.standing import Standing
from voting.rules.procedure import Procedure

START, TODAY, END = date(2026, 1, 1), date(2026, 11, 22), date(2027, 12, 31)


def roster(
    members: Sequence[Member] = (),
    seats: Sequence[Seat] = (),
    memberships: Sequence[Membership] = (),
    deputies: Sequence[Deputy] = (),
    reserves: Sequence[ReservePlace] = (),
    *,
    kind: str = "council",
    speaking: Procedure | None = None,
) -> Standing:
    return Standing(
        body=Body(id=1, area_id=1, kind=kind, name="Rat"),
        term=Term(id="rat", area_id=1, body_id=1, starts_on=START, ends_on=END),
        today=TODAY,
        members={member.id: member for member in members},
        seats={seat.position: seat for seat in seats},
        memberships=memberships,
        deputies=deputies,
        reserves=reserves,
        speaking=speaking,
    )


def member(number: int, name: str, **more: Any) -> Member:
    return Member(id=number, area_id=1, name=name, **more)


def seat(position: int, segment: str = "resident", label: str = "") -> Seat:
    """A seat whose id differs from its position."""
    return Seat(
        id=position + 100, area_id=1, body_id=1, position=position, segment=segment, label=label
    )


def holds(number: int, at: int, who: int, **more: Any) -> Membership:
    period = {"starts_on": START, "ends_on": END}
    return Membership(
        id=number,
        area_id=1,
        seat_id=at + 100,
        member_id=who,
        term_id="rat",
        **{**period, **more},
    )


def stands_in(number: int, at: int, who: int, rank: int = 1, **more: Any) -> Deputy:
    period = {"starts_on": START, "ends_on": END}
    return Deputy(
        id=number,
        area_id=1,
        seat_id=at + 100,
        member_id=who,
        term_id="rat",
        rank=rank,
        **{**period, **more},
    )


def listed(
    number: int, who: int, rank: int, segment: str = "resident", **more: Any
) -> ReservePlace:
    return ReservePlace(
        id=number,
        area_id=1,
        term_id="rat",
        member_id=who,
        segment=segment,
        rank=rank,
        listed_on=START,
        **more,
    )


def compare(
    standing: Standing,
    text: str,
    *,
    chosen: dict[int, int] | None = None,
    leaving: bool = False,
) -> Comparison:
    """What a CSV file would change."""
    rows = reading.read(text.encode())
    fields = column.guess(rows[column.header_at(rows)])
    return comparing.compare(standing, rows, fields, chosen or {}, leaving=leaving)


def said(comparison: Comparison) -> dict[str, Any]:
    """Changes, unclear rows and faults, short enough to compare."""
    return {
        "changes": [(each.kind, each.row, each.name, each.seat) for each in comparison.changes],
        "unclear": [(each.row, each.reason) for each in comparison.unclear],
        "faults": [(each.row, each.column, each.reason) for each in comparison.faults],
    }
