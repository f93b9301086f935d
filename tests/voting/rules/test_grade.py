"""The middle grade of a candidate, and when there is none."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voting.rules import grade
from voting.rules.options import Votes
from voting.rules.outcome import Turnout
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts

MakeProcedure = Callable[..., Procedure]
MakeFacts = Callable[..., RollFacts]


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ((3, 2, 3), "b"),
        ((5, 0, 0), "a"),
        ((2, 0, 2), "c"),
        ((2, 1, 2), "b"),
        ((0, 0, 1), "c"),
        ((0, 0, 0), None),
    ],
)
def test_more_than_half_gave_this_grade_or_a_better_one(
    counts: tuple[int, ...], found: str | None
) -> None:
    assert grade.middle(dict(zip("abc", counts, strict=True))) == found


@settings(max_examples=40)
@given(st.lists(st.sampled_from("abcde"), min_size=1, max_size=20), st.data())
def test_who_finds_it_too_low_cannot_raise_it_by_exaggerating(
    given_grades: list[str], data: st.DataObject
) -> None:
    counts = {each: given_grades.count(each) for each in "abcde"}
    found = grade.middle(counts)
    assert found is not None
    changed = data.draw(st.sampled_from(given_grades))
    better = data.draw(st.sampled_from("abcde"))
    if changed < found and better < found:
        moved = counts | {changed: counts[changed] - 1}
        moved[better] += 1
        assert grade.middle(moved) == found


def test_it_passes_the_stages_of_every_question(procedure: MakeProcedure, facts: MakeFacts) -> None:
    rules, votes = procedure(ballot__secrecy="secret"), Votes(3, {"a": 1, "b": 2})
    assert grade.decide(facts(12), rules, Turnout(3), votes).code == "too_few_ballots"
    full = Votes(12, {"a": 4, "b": 7}, 1)
    judged = grade.decide(facts(12), rules, Turnout(12), full)
    assert (judged.code, judged.chosen, judged.required) == ("graded", ("b",), None)
    blank = Votes(12, {"a": 0, "b": 0}, 12)
    assert grade.decide(facts(12), rules, Turnout(12), blank).code == "none_chosen"
