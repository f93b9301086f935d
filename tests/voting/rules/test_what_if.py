"""The table of what would be if people left, came or were recused."""

from collections.abc import Callable

import pytest

from voting.errors import LawError
from voting.rules import majority, quorum
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts
from voting.rules.what_if import table

MakeProcedure = Callable[..., Procedure]


def test_a_council_of_eighteen(procedure: MakeProcedure) -> None:
    rows = table(procedure(), 18)
    assert [row.present for row in rows] == list(range(19))
    assert [(row.quorum.need, row.quorum.is_met) for row in rows[11:13]] == [
        (12, False),
        (12, True),
    ]
    assert [row.stopped for row in rows[:13:6]] == ["cannot_open", "poll_only", None]
    assert (rows[0].required, rows[12].required, rows[17].required) == (None, 8, 12)


def test_the_recused_are_present_and_follow_the_rules(procedure: MakeProcedure) -> None:
    rules = procedure(recusal__quorum="leaves_both", recusal__majority="stays_in_base")
    row = next(row for row in table(rules, 12, 0, 2) if (row.recused, row.present) == (2, 12))
    assert (row.entitled, row.quorum.base, row.quorum.have) == (10, 10, 10)
    assert row.required == 8


def test_only_filled_seats_can_come(procedure: MakeProcedure) -> None:
    rows = table(procedure(quorum__base="all_seats"), 15, vacant=3, most_recused=1)
    assert max(row.present for row in rows) == 12
    assert {row.quorum.base for row in rows} == {15}
    assert [row.present for row in rows if row.recused] == list(range(1, 13))


def test_a_circular_vote_counts_who_takes_part(procedure: MakeProcedure) -> None:
    rows = table(procedure(mode="circular"), 18)
    assert [row.present for row in rows if row.quorum.is_met] == list(range(12, 19))
    assert rows[11].stopped == "not_quorate"


def test_small_secret_rounds_cannot_open(procedure: MakeProcedure) -> None:
    rules = procedure(ballot__secrecy="secret", quorum__rule="none")
    assert [row.stopped for row in table(rules, 6)] == ["cannot_open"] * 5 + [None] * 2


def test_each_row_is_what_quorum_and_majority_say(procedure: MakeProcedure) -> None:
    rules = procedure(majority__base="filled_seats", resident_majority="present")
    for row in table(rules, 9, 1, 3):
        absent = 8 - row.present
        facts = RollFacts(9, row.entitled, 0, vacant=1, recused=row.recused, absent=absent)
        assert row.quorum == quorum.at_opening(facts, rules)
        needed = majority.announced(facts, rules)
        assert row.required == (needed.required if needed else None)


def test_an_empty_rule_is_named() -> None:
    with pytest.raises(LawError) as refusal:
        table(Procedure({}), 9)
    assert refusal.value.reason == "parameter_missing"
