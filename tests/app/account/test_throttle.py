"""Failures are counted by network, survive the refusal and pass with time."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import timedelta

import pytest
from sqlmodel import select

from app import db, throttle
from app.errors import Refused
from app.models import Throttle

pytestmark = pytest.mark.each_time

BUDGET = throttle.Budget("guess", on_subject_from_here=3, on_subject=5, from_here=7)


def fail(app, address="198.51.100.7", scope="card", limit=3):
    """One failure in a request of its own, which shares nothing with the test."""

    def run():
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            throttle.count_failure(scope, limit)

    Context().run(run)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", "198.51.100.0/24"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "127.0.0.0/24"),
    ],
)
def test_network_of_an_address(app, address, network):
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert throttle.network() == network


def test_more_failures_than_allowed_are_refused_with_a_wait(app, held):
    for _attempt in range(3):
        fail(app)
    with pytest.raises(Refused) as refused:
        fail(app, "198.51.100.200")
    assert refused.value.code == "throttled"
    assert 895 <= refused.value.facts["retry_after"] <= 900
    fail(app, "198.51.101.7")
    fail(app, scope="link")
    counts = {(row.scope, row.network): row.failures for row in held.exec(select(Throttle))}
    assert counts == {
        ("card", "198.51.100.0/24"): 4,
        ("card", "198.51.101.0/24"): 1,
        ("link", "198.51.100.0/24"): 1,
    }


def test_a_window_ends(app, held):
    for _attempt in range(3):
        fail(app)
    row = held.exec(select(Throttle)).one()
    row.window_started_at -= throttle.WINDOW
    held.commit()
    fail(app)
    held.refresh(row)
    assert row.failures == 1


def test_dear_work_is_refused_before_it_starts(app, held):
    for _attempt in range(3):
        fail(app)
    with app.test_request_context(environ_base={"REMOTE_ADDR": "198.51.100.7"}):
        throttle.require_free("card", 4)
        with pytest.raises(Refused):
            throttle.require_free("card", 3)
    row = held.exec(select(Throttle)).one()
    row.window_started_at -= timedelta(hours=1)
    held.commit()
    with app.test_request_context(environ_base={"REMOTE_ADDR": "198.51.100.7"}):
        throttle.require_free("card", 3)


def test_counting_does_not_wait_for_the_request_that_reads(app, held):
    with app.test_request_context(environ_base={"REMOTE_ADDR": "198.51.100.7"}):
        db.session().exec(select(Throttle)).all()
        throttle.count_failure("card", 3)
    assert held.exec(select(Throttle)).one().failures == 1


def test_failures_at_the_same_time_are_all_counted(app, held):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _attempt: fail(app, limit=100), range(24)))
    assert held.exec(select(Throttle)).one().failures == 24
    row = held.exec(select(Throttle)).one()
    row.window_started_at -= throttle.WINDOW
    held.commit()
    fail(app)
    held.refresh(row)
    assert row.failures == 1


def try_once(app, subject="nele", address="198.51.100.7", device=None):
    def run():
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            throttle.begin_try(BUDGET, subject, device)

    Context().run(run)


def tries_before_refusal(app, **chosen):
    """How many tries are judged until one is refused; the choices take the number of the try."""
    for done in range(20):
        try:
            try_once(app, **{name: each(done) for name, each in chosen.items()})
        except Refused:
            return done
    return None


def test_a_budget_is_of_subject_and_network_of_subject_and_of_network(app, held):
    def here(_n):
        return "198.51.100.7"

    assert tries_before_refusal(app, address=here) == BUDGET.on_subject_from_here
    try_once(app, address="198.51.101.7")
    try_once(app, subject="ada")
    assert tries_before_refusal(
        app, subject=lambda n: f"s{n}", address=lambda _n: "203.0.113.1"
    ) == (BUDGET.from_here)
    assert (
        tries_before_refusal(app, subject=lambda _n: "mara", address=lambda n: f"10.0.{n}.1")
        == BUDGET.on_subject
    )


def test_a_known_device_has_its_own_budget(app, held):
    tries_before_refusal(app, address=lambda n: f"10.0.{n}.1")
    for _try in range(BUDGET.on_subject_from_here):
        try_once(app, device="phone")
    with pytest.raises(Refused):
        try_once(app, device="phone")
    with pytest.raises(Refused):
        try_once(app, address="10.1.1.1")


def test_a_try_that_ended_well_is_taken_back(app, held):
    for _try in range(3 * BUDGET.from_here):
        try_once(app)
        with app.test_request_context(environ_base={"REMOTE_ADDR": "198.51.100.7"}):
            throttle.end_well(held, BUDGET, "nele", None)
            held.commit()
    assert {row.failures for row in held.exec(select(Throttle))} == {0}


def test_tries_at_the_same_time_do_not_pass_the_budget(app, held):
    def attempt(n):
        try:
            try_once(app, address=f"10.0.{n}.1")
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(24))) == BUDGET.on_subject
