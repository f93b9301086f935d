"""Two moderators press everything at once: each act happens once, and nothing half."""

import random
from collections import Counter

import pytest
from sqlmodel import select

from app import pot
from app.models import Confirmation, Grant, LogEntry, Payment, Proposal, Question, Round
from app.round import preparing
from tests.app import builder
from tests.app.conftest import area, held  # noqa: F401 - fixtures
from tests.app.money.evening import build_pot
from tests.app.money.test_granting import vote
from tests.races.act import press
from tests.races.actor import acting
from voting.log.entry import read

WINDOWS = 4
ONCE = ("round_announced", "round_opened", "round_closed", "void", "round_repeated")
STORM = 12


@pytest.fixture
def cookies(held, area):  # noqa: F811
    """Two windows of each of two moderators."""
    return [builder.sign_in(held, each) for each in area.moderators for _ in range(WINDOWS // 2)]


@pytest.fixture
def rules(held, area):  # noqa: F811
    builder.set_rules(
        held,
        area,
        circular__allowed="yes",
        no_quorum__effect="circular_after",
        majority__other="more_than_half",
    )


def statuses(told):
    assert all(status in ("303", "409") for status, _where in told), told
    return sorted(status for status, _where in told)


def went_through(told):
    """How many were let through; who asked must not confirm, and the others came too late."""
    assert all(status in ("303", "403", "409") for status, _where in told), told
    return sum(status == "303" for status, _where in told)


def test_each_press_counts_once(settings, app, held, area, cookies, rules):  # noqa: F811
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    item = builder.build_item(held, area, proposal_id=proposal.id)
    with acting(settings, WINDOWS) as actors:

        def all_press(path, form=None):
            held.rollback()
            return actors.at_once([(press, (each, path, form or {}), 0.0) for each in cookies])

        drafted = all_press(f"/desk/agenda-items/{item.id}/round")
        assert len({where for _status, where in drafted}) == 1
        round_ = held.exec(select(Round)).one()
        once = ["303"] + ["409"] * (WINDOWS - 1)
        assert statuses(all_press(f"/desk/rounds/{round_.id}/announce")) == once
        builder.set_present(held, area, area.members[:4])
        followed = all_press(f"/desk/rounds/{round_.id}/follow", {"step": "circular"})
        assert statuses(followed) == once
        practised = all_press(f"/desk/bodies/{area.body.id}/practice")
        assert len({where for _status, where in practised}) == 1
    held.rollback()
    modes = Counter((each.mode, each.is_practice) for each in held.exec(select(Round)))
    assert modes == {("meeting", False): 1, ("circular", False): 1, ("meeting", True): 1}
    assert held.exec(select(Proposal.state)).all() == ["scheduled"]


@pytest.mark.drill
def test_results_and_payments_count_once(settings, app, held, area, cookies):  # noqa: F811
    """Four windows ask, confirm all results together, enter payments and confirm one of them."""
    jury = builder.build_jury(held, area)
    own = build_pot(held, jury)
    round_, questions = vote(held, jury, {"Chor": (900_00, 5), "Beete": (500_00, 5)})
    address = f"/desk/rounds/{round_.id}/results"
    held.rollback()
    with acting(settings, WINDOWS) as actors:

        def all_press(path, form=None):
            held.rollback()
            return actors.at_once([(press, (each, path, form or {}), 0.0) for each in cookies])

        once = ["303"] + ["409"] * (WINDOWS - 1)
        assert statuses(all_press(f"{address}/ask")) == once
        asked = held.exec(select(Confirmation.id)).all()
        confirmed = all_press(address, {"request": [str(each) for each in asked]})
        assert went_through(confirmed) == 1
        assert pot.ledger(held, own).reserved == 1_400_00
        grant = held.exec(select(Grant.id).where(Grant.approved_cents == 500_00)).one()
        payment = {"cents": "300", "paid_on": "2026-01-05", "note": "Quittung"}
        entered = all_press(f"/money/grants/{grant}/payments/new", payment)
        assert statuses(entered) == ["303"] * WINDOWS
        waiting = held.exec(select(Payment.confirmation_id)).all()
        booked = [went_through(all_press(f"/money/payments/{each}")) for each in waiting]
        assert booked == [1, 0, 0, 0]
    held.rollback()
    assert [each.state for each in questions] == ["confirmed"] * 2
    assert pot.ledger(held, own).paid == 300_00
    kinds = Counter(each.type for each in held.exec(select(LogEntry)))
    assert kinds["grant_changed"] == 1


def test_a_storm_of_presses_leaves_one_story(settings, app, held, area, cookies, rules):  # noqa: F811
    """Whatever came first: every round has each step at most once, in its order."""
    chance = random.Random(20261122)
    rounds = [_draft(held, area, number) for number in range(3)]
    held.rollback()
    with acting(settings, WINDOWS) as actors:
        for _ in range(STORM):
            presses = [(press, (each, *_any_press(chance, rounds)), 0.0) for each in cookies]
            told = actors.at_once(presses)
            assert all(status in ("303", "409", "422") for status, _where in told), told
    held.rollback()
    for round_id in rounds:
        _require_one_story(held, round_id)


def _draft(held, area, number):  # noqa: F811
    proposal = builder.build_proposal(held, area, f"Antrag {number}")
    item = builder.build_item(held, area, proposal_id=proposal.id)
    now = area.meeting.starts_at
    made = preparing.prepare(
        held,
        body=area.body,
        meeting=area.meeting,
        proposals=[proposal],
        now=now,
        agenda_item_id=item.id,
    )
    held.commit()
    return made.id


def _any_press(chance, rounds):
    acts = {
        "announce": {},
        "open": {"closes_at": ""},
        "last-call": {},
        "close": {},
        "schedule": {"opens_at": "", "closes_at": ""},
        "follow": {"step": "circular"},
        "repeat": {"reason": "Noch einmal"},
        "poll": {},
    }
    act = chance.choice(list(acts))
    return f"/desk/rounds/{chance.choice(rounds)}/{act}", acts[act]


def _require_one_story(held, round_id):  # noqa: F811
    entries = [read(row.leaf.encode()) for row in held.exec(select(LogEntry).order_by("seq"))]
    told = [each.type for each in entries if each.public.get("round") == round_id]
    assert all(times == 1 for kind, times in Counter(told).items() if kind in ONCE), told
    round_ = held.get_one(Round, round_id)
    steps = ["round_announced", "round_opened", "round_closed"]
    reached = {"draft": 0, "announced": 1, "open": 2, "closed": 3}[round_.state]
    assert [kind for kind in told if kind in steps] == steps[:reached]
    frozen = held.exec(select(Question).where(Question.round_id == round_id)).one()
    assert (frozen.roll_facts is not None) == (reached >= 2)
