"""What quorum and majority would be if people left, arrived or were recused."""

from collections.abc import Iterator
from dataclasses import dataclass

from voting.rules import majority, outcome, quorum
from voting.rules.outcome import Code, Turnout
from voting.rules.procedure import Procedure
from voting.rules.quorum import Quorum
from voting.rules.roll import RollFacts


@dataclass(frozen=True, slots=True)
class Row:
    """Hold the figures for one number of seats present, `recused` of them recused.

    `quorum.have` and `quorum.is_met` are never None. `required` is None if nobody may vote.
    `stopped` is the outcome that keeps a question from being decided, or None.
    """

    present: int
    recused: int
    entitled: int
    quorum: Quorum
    required: int | None
    stopped: Code | None


def table(
    procedure: Procedure, seats: int, vacant: int = 0, most_recused: int = 0
) -> tuple[Row, ...]:
    """Return a row for 0 to `most_recused` recused and each number present up to all filled seats.

    Rows are ordered by the recused, then by those present, recused ones included; in a circular
    vote "present" means taking part. The resident majority is left out: it depends on who comes,
    not on how many. Raise LawError `parameter_missing`.
    """
    counted = _without_segments(procedure)
    filled = seats - vacant
    return tuple(
        _row(counted, _facts(seats, vacant, present, recused))
        for recused, present in _cases(filled, most_recused)
    )


def _without_segments(procedure: Procedure) -> Procedure:
    parameters = {**procedure.parameters, "resident_majority": "off"}
    return Procedure(parameters, procedure.mode, procedure.matter)


def _cases(filled: int, most_recused: int) -> Iterator[tuple[int, int]]:
    for recused in range(min(filled, most_recused) + 1):
        for present in range(recused, filled + 1):
            yield recused, present


def _facts(seats: int, vacant: int, present: int, recused: int) -> RollFacts:
    return RollFacts(
        seats=seats,
        residents=present - recused,
        partners=0,
        vacant=vacant,
        recused=recused,
        absent=seats - vacant - present,
    )


def _row(procedure: Procedure, facts: RollFacts) -> Row:
    needed = majority.announced(facts, procedure)
    everybody = Turnout(facts.entitled)
    stopped = outcome.at_opening(facts, procedure) or outcome.at_close(facts, procedure, everybody)
    return Row(
        present=facts.entitled + facts.recused,
        recused=facts.recused,
        entitled=facts.entitled,
        quorum=quorum.at_close(facts, procedure, facts.entitled),
        required=needed.required if needed else None,
        stopped=stopped.code if stopped else None,
    )
