"""Six prepared items on one evening: how long the votes take, and each result to the hall."""

import json
import time

import pytest

from tests.journeys.evening import TITLES, Evening

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.drill]
MOST_VOTING_SECONDS = 600
MOST_RESULT_SECONDS = 30


def test_six_items_in_ten_minutes(evening: Evening) -> None:
    """Twelve phones cast one after the other; from the last ballot on the clock runs.

    Two people count, from the fourth vote on three; in the last vote one person stays silent, and
    the last call of twenty seconds lies within the thirty.
    """
    desk = evening.desk(0)
    screen = evening.hall_screen(desk)
    evening.begin(desk, evening.members)
    addresses = [evening.announce(desk, title) for title in TITLES]
    voting: list[float] = []
    results: list[float] = []
    holders = evening.members[:2]
    for address, yes in zip(addresses, (12, 9, 8, 7, 4, 10), strict=True):
        is_silent = address == addresses[-1]
        if address == addresses[3]:
            holders = evening.members[:3]
            evening.make_key(holders[2])
        started = time.monotonic()
        evening.open(desk, address)
        for at, member in enumerate(evening.members[:-1] if is_silent else evening.members):
            evening.vote(member, address, "Ja" if at < yes else "Nein")
        last = time.monotonic()
        if is_silent:
            evening.call(desk, address)
            evening.wait_to_count(*holders)
            evening.wait_for_close(desk)
        else:
            evening.close(desk, address)
        evening.count(*holders)
        evening.show(desk, screen, address, "Angenommen" if yes >= 8 else "Abgelehnt")
        voting.append(time.monotonic() - started)
        results.append(time.monotonic() - last)
        assert evening.outcome(address)["yes"] == yes
    print(json.dumps({"voting": _rounded(voting), "results": _rounded(results)}))
    assert sum(voting) <= MOST_VOTING_SECONDS
    assert max(results) <= MOST_RESULT_SECONDS


def _rounded(seconds: list[float]) -> list[float]:
    return [round(each, 1) for each in seconds]
