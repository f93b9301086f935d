"""Thresholds, ties at the cut and the reserve list."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import InputError, LawError
from voting.rules import election
from voting.rules.election import Candidate, Paper
from voting.rules.procedure import Procedure

PLAIN = {"election.threshold_percent": 0, "election.yes_over_no": False}


def decide(places: int, *yes: int, voters: int = 50, **rules: Any) -> election.Elected:
    parameters = PLAIN | {name.replace("__", "."): value for name, value in rules.items()}
    candidates = [Candidate(f"k{number}", votes) for number, votes in enumerate(yes, 1)]
    return election.decide(places, voters, candidates, Procedure(parameters))


@pytest.mark.parametrize(
    ("percent", "voters", "need"),
    [(20, 43, 9), (20, 46, 10), (10, 115, 12), (0, 43, 0), (20, 0, 0)],
)
def test_the_threshold_is_of_voters_and_rounded_up(percent: int, voters: int, need: int) -> None:
    assert election.threshold(voters, Procedure({"election.threshold_percent": percent})) == need


def test_below_the_threshold_a_place_stays_vacant() -> None:
    found = decide(3, 30, 9, 8, voters=43, election__threshold_percent=20)
    assert (found.elected, found.failed, found.vacant) == (("k1", "k2"), ("k3",), 1)


def test_without_a_yes_nobody_is_elected() -> None:
    assert decide(2, 1, 0).elected == ("k1",)


def test_equals_at_the_last_place_go_to_a_lot_and_only_those_below_wait() -> None:
    found = decide(3, 20, 15, 10, 15, 15)
    assert (found.elected, found.needs_lot, found.lot_places) == (("k1",), ("k2", "k4", "k5"), 2)
    assert (found.reserve_list, found.vacant) == (("k3",), 0)


def test_a_tie_above_or_below_the_cut_is_harmless() -> None:
    found = decide(2, 9, 9, 5, 5)
    assert (found.elected, found.reserve_list, found.tied) == (("k1", "k2"), ("k3", "k4"), ())


@pytest.mark.parametrize(
    ("rule", "lot", "vacant"), [("lot", 1, 0), ("repeat", 0, 1), ("reject", 0, 1)]
)
def test_the_tie_rule_says_what_becomes_of_the_place(rule: str, lot: int, vacant: int) -> None:
    found = decide(1, 7, 7, tie__rule=rule)
    assert (found.tied, found.open_places) == (("k1", "k2"), 1)
    assert (found.lot_places, len(found.needs_lot), found.vacant) == (lot, 2 * lot, vacant)


def test_more_yes_than_no_can_be_asked_for() -> None:
    candidates = [Candidate("a", 12, 20), Candidate("b", 10, 10), Candidate("c", 9, 8)]
    strict = Procedure(PLAIN | {"election.yes_over_no": True})
    found = election.decide(3, 43, candidates, strict)
    assert (found.elected, found.failed, found.vacant) == (("c",), ("a", "b"), 2)
    assert election.decide(3, 43, candidates, Procedure(PLAIN)).elected == ("a", "b", "c")
    with pytest.raises(LawError) as refusal:
        election.decide(3, 43, candidates, Procedure({}))
    assert refusal.value.facts == {"name": "election.yes_over_no"}


def test_no_place_elects_nobody() -> None:
    found = decide(0, 9, 7)
    assert (found.elected, found.reserve_list, found.vacant) == ((), ("k1", "k2"), 0)


@pytest.mark.parametrize(
    ("candidates", "reason"),
    [
        ([Candidate("a", 1), Candidate("a", 2)], "candidate_twice"),
        ([Candidate("a", 9, 2)], "votes_too_many"),
        ([Candidate("a", -1)], "votes_too_many"),
    ],
)
def test_counts_that_cannot_be_are_refused(candidates: list[Candidate], reason: str) -> None:
    with pytest.raises(InputError, match=reason) as refusal:
        election.decide(1, 10, candidates, Procedure(PLAIN))
    assert refusal.value.facts == {"id": "a"}


@pytest.mark.parametrize(
    ("ballot", "expected"),
    [
        ("approval", Paper(1, ("a", "b", "c"), 2)),
        ("yes_no_per_candidate", Paper(3, ("yes", "no", "abstain"), 1)),
        ("en_bloc", Paper(1, ("yes", "no", "abstain"), 1)),
    ],
)
def test_the_form_of_the_paper(ballot: str, expected: Paper) -> None:
    rules = Procedure({"election.ballot": ballot})
    assert election.paper(("a", "b", "c"), 2, rules) == expected


COUNTS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=9)


@given(COUNTS, st.integers(0, 9), st.integers(0, 60), st.booleans(), st.randoms())
def test_every_candidate_has_one_fate_whatever_the_order(
    counts: list[tuple[int, int]], places: int, percent: int, strict: bool, random: Any
) -> None:
    rules = Procedure({"election.threshold_percent": percent, "election.yes_over_no": strict})
    candidates = [Candidate(f"k{number}", *each) for number, each in enumerate(counts)]
    found = election.decide(places, 40, candidates, rules)
    fates = [*found.elected, *found.needs_lot, *found.reserve_list, *found.failed]
    assert sorted(fates) == sorted(each.id for each in candidates)
    assert len(found.elected) + found.lot_places + found.vacant == places
    yes = {each.id: each.yes for each in candidates}
    for above, below in combinations((found.elected, found.needs_lot, found.reserve_list), 2):
        assert all(yes[high] >= yes[low] for high in above for low in below)
    random.shuffle(candidates)
    assert election.decide(places, 40, candidates, rules) == found
