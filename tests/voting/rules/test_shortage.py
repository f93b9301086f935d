"""Adopted items and a pot that is too small for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import InputError
from voting.rules.procedure import Procedure
from voting.rules.shortage import Funding, Item, share_out

ITEMS = [Item("a", 500, 7), Item("b", 900, 9), Item("c", 300, 7), Item("d", 200, 5)]


@pytest.mark.parametrize(
    ("rule", "available", "expected"),
    [
        ("cut_by_vote", 1900, Funding(1900, 0, ("a", "b", "c", "d"), (), (), 0)),
        ("cut_by_vote", 1899, Funding(1900, 1, (), ("a", "b", "c", "d"), (), 1899)),
        ("agenda_order", 1000, Funding(1900, 900, ("a", "c", "d"), ("b",), (), 0)),
        ("rank_yes", 1700, Funding(1900, 200, ("b", "a", "c"), ("d",), (), 0)),
        ("rank_yes", 1500, Funding(1900, 400, ("b",), (), ("a", "c"), 600)),
        ("rank_yes", 800, Funding(1900, 1100, ("a", "c"), ("b", "d"), (), 0)),
    ],
)
def test_who_is_funded(rule: str, available: int, expected: Funding) -> None:
    assert share_out(ITEMS, available, Procedure({"shortage.rule": rule})) == expected


@pytest.mark.parametrize(
    ("drawn", "funded", "unfunded"),
    [(("a", "c"), ("b", "a"), ("c", "d")), (("c", "a"), ("b", "c", "d"), ("a",))],
)
def test_a_lot_takes_tied_items_one_by_one(
    drawn: tuple[str, ...], funded: tuple[str, ...], unfunded: tuple[str, ...]
) -> None:
    found = share_out(ITEMS, 1400, Procedure({"shortage.rule": "rank_yes"}), drawn)
    assert (found.funded, found.unfunded, found.needs_lot) == (funded, unfunded, ())


def test_a_lot_about_some_of_the_tied_items_does_not_do() -> None:
    found = share_out(ITEMS, 1500, Procedure({"shortage.rule": "rank_yes"}), ("a",))
    assert found.needs_lot == ("a", "c")


def test_without_a_rule_of_its_own_the_body_cuts_by_vote() -> None:
    assert share_out(ITEMS, 1000, Procedure({})).funded == ()


def test_negative_sums_are_refused() -> None:
    for items, available in (([Item("a", -1, 5)], 10), ([], -1)):
        with pytest.raises(InputError, match="cents_negative"):
            share_out(items, available, Procedure({}))


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 9)), max_size=9),
    st.integers(0, 3000),
    st.sampled_from(["cut_by_vote", "agenda_order", "rank_yes"]),
)
def test_the_pot_is_never_overdrawn_and_nothing_is_funded_twice(
    rows: list[tuple[int, int]], available: int, rule: str
) -> None:
    items = [Item(f"i{number}", *row) for number, row in enumerate(rows)]
    found = share_out(items, available, Procedure({"shortage.rule": rule}))
    cents = {each.id: each.cents for each in items}
    assert found.left_cents == available - sum(cents[each] for each in found.funded) >= 0
    named = [*found.funded, *found.unfunded, *found.needs_lot]
    assert len(set(named)) == len(named)
    assert set(named) == set(cents) or found.needs_lot
    assert found.short_cents == max(0, found.adopted_cents - available)
    if not found.short_cents:
        assert set(found.funded) == set(cents)
