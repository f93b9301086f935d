"""Places by the order drawn, with and without strata."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import InputError, LawError
from voting.rules import lot
from voting.rules.lot import Drawn, Ticket
from voting.rules.procedure import Procedure

NINE_NINE = {"lot.quota": {"resident": 9, "partner": 9}, "lot.unfilled": "stay_vacant"}


def tickets(*strata: str) -> list[Ticket]:
    return [Ticket(f"k{number:02}", stratum) for number, stratum in enumerate(strata, 1)]


def test_nine_of_each_stratum_and_four_in_reserve() -> None:
    drawn = tickets(*["resident", "partner"] * 8, *["resident"] * 3, *["partner"] * 3)
    found = lot.decide(18, drawn, Procedure(NINE_NINE))
    assert found.elected == tuple(f"k{n:02}" for n in (*range(1, 18), 20))
    assert found.reserve_list == ("k18", "k19", "k21", "k22")
    assert (found.draw_needed, found.vacant) == (True, 0)


def test_not_more_candidates_than_places_need_no_draw_and_no_quota() -> None:
    found = lot.decide(4, tickets("resident", "resident", "partner"), Procedure(NINE_NINE))
    assert found == Drawn(False, ("k01", "k02", "k03"), (), 1)


@pytest.mark.parametrize(
    ("unfilled", "expected"),
    [
        ("open_to_others", Drawn(True, ("k01", "k03", "k02"), ("k04",), 0)),
        ("stay_vacant", Drawn(True, ("k01", "k03"), ("k02", "k04"), 1)),
    ],
)
def test_a_place_no_stratum_can_fill(unfilled: str, expected: Drawn) -> None:
    rules = {"lot.quota": {"a": 1, "b": 2}, "lot.unfilled": unfilled}
    assert lot.decide(3, tickets("a", "a", "b", "a"), Procedure(rules)) == expected


def test_what_becomes_of_unfilled_places_is_asked_only_if_there_are_some() -> None:
    rules = Procedure({"lot.quota": {"a": 1, "b": 1}})
    assert lot.decide(2, tickets("a", "b", "b"), rules).vacant == 0
    with pytest.raises(LawError) as refusal:
        lot.decide(2, tickets("a", "a", "a"), rules)
    assert refusal.value.facts == {"name": "lot.unfilled"}


def test_draws_that_cannot_be_are_refused() -> None:
    twice = [Ticket("k1", "a"), Ticket("k1", "b")]
    with pytest.raises(InputError, match="candidate_twice"):
        lot.decide(1, twice, Procedure({}))
    with pytest.raises(InputError, match="quota_too_large"):
        lot.decide(1, tickets("a", "b"), Procedure({"lot.quota": {"a": 1, "b": 1}}))


STRATA = st.lists(st.sampled_from(["a", "b", "c"]), max_size=12)
QUOTAS = st.none() | st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 4), min_size=1)


@given(STRATA, st.integers(0, 9), QUOTAS, st.sampled_from(["open_to_others", "stay_vacant"]))
def test_every_candidate_has_a_place_or_waits_in_the_order_drawn(
    strata: list[str], spare: int, quota: dict[str, int] | None, unfilled: str
) -> None:
    drawn = tickets(*strata)
    places = spare + sum((quota or {}).values())
    rules: dict[str, Any] = {"lot.unfilled": unfilled, "lot.quota": quota}
    found = lot.decide(places, drawn, Procedure(rules))
    assert sorted(found.elected + found.reserve_list) == [each.id for each in drawn]
    assert list(found.reserve_list) == sorted(found.reserve_list)
    assert len(found.elected) + found.vacant == places
    if found.draw_needed and quota:
        for stratum, most in quota.items():
            mine = [each.id for each in drawn if each.stratum == stratum]
            assert set(mine[:most]) <= set(found.elected)


@given(st.permutations([f"k{number}" for number in range(8)]), st.integers(0, 8))
def test_without_strata_only_the_order_counts(order: list[str], places: int) -> None:
    found = lot.decide(places, [Ticket(each) for each in order], Procedure({}))
    assert found.elected + found.reserve_list == tuple(order)
    assert len(found.elected) == places
