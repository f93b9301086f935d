"""A pot through its year: every event, every refusal, and what always holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import InputError
from voting.rules.money import Event, Grant, Ledger, Refusal, book


def after(ledger: Ledger, *events: Event) -> Ledger:
    for event in events:
        booked = book(ledger, event)
        assert isinstance(booked, Ledger), booked
        ledger = booked
    return ledger


def approve(cents: int = 1000, grant: str = "g") -> Event:
    return Event("approve", grant, cents, cents)


POT = Ledger(5000, 1500)


@pytest.mark.parametrize(
    ("before", "event", "refusal"),
    [
        ([], Event("approve", "g", 1600, 1599), Refusal("above_request")),
        ([], Event("approve", "g", 1600, 9000), Refusal("above_cap", 100)),
        ([Event("pot_change", cents=1200)], approve(1400), Refusal("pot_short", 200)),
        ([approve()], approve(), Refusal("wrong_state")),
        ([approve()], Event("reduce", "g", 1001), Refusal("above_approved")),
        (
            [approve(), Event("pay", "g", 600)],
            Event("reduce", "g", 599),
            Refusal("below_paid"),
        ),
        ([approve()], Event("pay", "g", 1001), Refusal("above_reservation", 1)),
        ([approve(), Event("cancel", "g")], Event("pay", "g", 1), Refusal("wrong_state")),
        ([approve(), Event("cancel", "g")], approve(), Refusal("wrong_state")),
        ([approve(), Event("settle", "g", 9)], Event("settle", "g", 9), Refusal("wrong_state")),
        ([approve(), Event("settle", "g", 9)], Event("cancel", "g"), Refusal("wrong_state")),
        ([approve(), Event("settle", "g", 9)], Event("reduce", "g", 9), Refusal("wrong_state")),
        ([approve()], Event("repay", "g", 1), Refusal("wrong_state")),
        (
            [approve(), Event("pay", "g", 600), Event("withdraw", "g")],
            Event("repay", "g", 650),
            Refusal("above_due", 50),
        ),
        ([], Event("pay", "nobody", 1), Refusal("wrong_state")),
        ([approve()], Event("complete", "g"), Refusal("wrong_state")),
        ([approve(), Event("settle", "g", 9)], Event("complete", "g"), Refusal("wrong_state")),
        (
            [approve(), Event("pay", "g", 600), Event("cancel", "g")],
            Event("complete", "g"),
            Refusal("wrong_state"),
        ),
        (
            [approve(), Event("cancel", "g"), Event("complete", "g")],
            Event("complete", "g"),
            Refusal("wrong_state"),
        ),
        ([approve()], Event("pot_change", cents=900), Refusal("pot_short", 100)),
    ],
)
def test_a_refused_event_says_why(before: list[Event], event: Event, refusal: Refusal) -> None:
    assert book(after(POT, *before), event) == refusal


def test_a_request_is_checked_before_the_cap_and_the_cap_before_the_pot() -> None:
    small = Ledger(100, 200)
    assert book(small, Event("approve", "g", 300, 250)) == Refusal("above_request")
    assert book(small, Event("approve", "g", 300, 300)) == Refusal("above_cap", 100)
    assert book(small, Event("approve", "g", 150, 300)) == Refusal("pot_short", 50)
    paid = after(POT, approve(), Event("pay", "g", 600))
    assert book(paid, Event("reduce", "g", 0)) == Refusal("below_paid")


def test_a_cut_reserves_only_the_lower_sum() -> None:
    ledger = after(POT, Event("approve", "g", 800, 1000), Event("pay", "g", 300))
    reduced = after(ledger, Event("reduce", "g", 500))
    assert (reduced.reserved, reduced.paid, reduced.available) == (200, 300, 4500)
    assert reduced.approved == 500


@pytest.mark.parametrize(
    ("paid", "accepted", "reserved", "due"),
    [(600, 900, 300, 0), (600, 400, 0, 200), (600, 2000, 400, 0), (0, 0, 0, 0), (600, 600, 0, 0)],
)
def test_a_settlement(paid: int, accepted: int, reserved: int, due: int) -> None:
    ledger = after(POT, approve(), Event("pay", "g", paid), Event("settle", "g", accepted))
    assert ledger.grants["g"] == Grant("settled", 1000, reserved, paid, due)


def test_paid_money_counts_again_only_when_it_is_back() -> None:
    ended = after(POT, approve(), Event("pay", "g", 600), Event("cancel", "g"))
    assert (ended.available, ended.due) == (4400, 600)
    back = after(ended, Event("repay", "g", 600))
    assert (back.available, back.due, back.approved) == (5000, 0, 1000)


def test_a_balance_is_paid_after_the_settlement() -> None:
    settled = after(POT, approve(), Event("pay", "g", 600), Event("settle", "g", 900))
    paid = after(settled, Event("pay", "g", 300))
    assert (paid.reserved, paid.paid) == (0, 900)
    assert book(paid, Event("pay", "g", 1)) == Refusal("above_reservation", 1)


def test_a_grant_is_complete_when_nothing_moves_any_more() -> None:
    settled = after(POT, approve(), Event("pay", "g", 600), Event("settle", "g", 400))
    complete = after(settled, Event("repay", "g", 200), Event("complete", "g"))
    assert complete.grants["g"] == Grant("completed", 1000, 0, 400, 0)
    for event in (Event("pay", "g"), Event("repay", "g"), Event("cancel", "g")):
        assert book(complete, event) == Refusal("wrong_state")


def test_without_a_cap_only_request_and_pot_bind() -> None:
    assert after(Ledger(5000), approve(5000)).available == 0


def test_negative_sums_are_refused() -> None:
    for event in (Event("pay", "g", -1), Event("approve", "g", 1, -1)):
        with pytest.raises(InputError, match="cents_negative"):
            book(POT, event)


EVENTS = st.builds(
    Event,
    st.sampled_from(
        [
            *("approve", "reduce", "pay", "cancel", "withdraw", "settle", "repay"),
            *("complete", "pot_change"),
        ]
    ),
    st.sampled_from(["g1", "g2", "g3"]),
    st.integers(0, 700),
    st.integers(0, 700),
)


@given(st.integers(0, 1500), st.integers(0, 700), st.lists(EVENTS, max_size=30))
def test_no_sum_is_ever_negative_and_the_pot_adds_up(
    pot: int, cap: int, events: list[Event]
) -> None:
    ledger = Ledger(pot, cap)
    for event in events:
        booked = book(ledger, event)
        if isinstance(booked, Refusal):
            assert booked.short >= 0
            continue
        ledger = booked
        assert ledger.pot == ledger.available + ledger.reserved + ledger.paid
        assert min(ledger.pot, ledger.available, ledger.reserved, ledger.paid, ledger.due) >= 0
        for grant in ledger.grants.values():
            assert grant.reserved + grant.paid - grant.due <= grant.approved
            assert 0 <= grant.due <= grant.paid


@given(st.lists(EVENTS, max_size=20), EVENTS)
def test_a_refused_event_leaves_the_ledger_as_it_was(events: list[Event], last: Event) -> None:
    ledger = Ledger(900, 500)
    for event in events:
        booked = book(ledger, event)
        ledger = ledger if isinstance(booked, Refusal) else booked
    before = (ledger.pot, dict(ledger.grants))
    book(ledger, last)
    assert (ledger.pot, dict(ledger.grants)) == before
