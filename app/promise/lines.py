"""The promises of a round, one a line: which of them hold, and what is said where one does not."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.promise.facts import Facts

SMALL_BODY = 30
FEW_PAPERS = 5


class Line(NamedTuple):
    """A promise: its number, the code of its words, whether it holds as it is meant.

    `figures` stand in the words.
    """

    number: str
    code: str
    holds: bool
    figures: Mapping[str, Any] = {}


def lines(facts: Facts) -> list[Line]:
    """Return all that applies to a round, in the order of their numbers."""
    found = _box_lines(facts) if facts.has_box else _hand_lines(facts)
    found += [
        Line("P7", "P7", holds=False),
        Line("P8", "P8", holds=True),
        Line("P9", "P9", holds=True),
        _outage(facts),
        Line("P12", "P12", holds=False),
        Line("P13", "P13" if facts.has_box else "P13.hand", holds=True),
    ]
    if facts.decides:
        found.append(_objection(facts))
    return sorted(found, key=lambda line: int(line.number[1:]))


def warnings(facts: Facts) -> list[str]:
    """Return the codes of what nobody can promise here."""
    found = ["watched"] if facts.has_box else []
    if facts.has_box and facts.roll < SMALL_BODY:
        found.append("unanimous")
    if 0 < facts.papers < FEW_PAPERS:
        found.append("few_papers")
    return found


def _box_lines(facts: Facts) -> list[Line]:
    is_office = facts.trust == "office"
    return [
        _secrecy(facts),
        Line("P2", "P2", holds=True),
        Line("P3", "P3" if facts.is_durable else "P3.weak", holds=facts.is_durable),
        _recount(facts),
        Line("P5", f"P5.{facts.trust}", holds=not is_office),
        _roll(facts),
        Line("P10", f"P10.{facts.trust}", holds=not is_office, figures={"minimum": facts.minimum}),
        Line("P15", "P15", holds=True),
    ]


def _hand_lines(facts: Facts) -> list[Line]:
    """What people count by hand is neither secret nor can it be counted again."""
    return [
        Line("P1", f"P1.{facts.way}", holds=False),
        Line("P2", f"P2.{facts.way}", holds=True),
        Line("P4", "P4.hand", holds=False),
        Line("P6", "P6.hand", holds=True),
    ]


def _secrecy(facts: Facts) -> Line:
    if facts.trust == "evening" and facts.holders:
        return Line("P1", "P1.evening", holds=True, figures={"holders": facts.holders})
    code = "P1.evening_to_come" if facts.trust == "evening" else f"P1.{facts.trust}"
    return Line("P1", code, holds=facts.trust != "office")


def _recount(facts: Facts) -> Line:
    if facts.is_box_gone:
        return Line("P4", "P4.gone", holds=False)
    return Line("P4", f"P4.{facts.audience}", holds=facts.audience == "public")


def _roll(facts: Facts) -> Line:
    if facts.keyless:
        figures = {"keyless": facts.keyless, "roll": facts.roll}
        return Line("P6", "P6.keyless", holds=False, figures=figures)
    return Line("P6", "P6", holds=True)


def _outage(facts: Facts) -> Line:
    is_over_days = facts.mode == "circular"
    return Line("P11", "P11" if is_over_days else "P11.meeting", holds=is_over_days)


def _objection(facts: Facts) -> Line:
    if not facts.objection_days:
        code = "P14.unset" if facts.objection_days is None else "P14.none"
        return Line("P14", code, holds=False)
    figures = {"days": facts.objection_days}
    return Line("P14", f"P14.{facts.objection_by}", holds=True, figures=figures)
