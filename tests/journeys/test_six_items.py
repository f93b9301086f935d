"""Six prepared items on one evening: how long the votes take, and each result to the hall."""

import json
import time

import pytest

from tests.journeys.evening import TITLES, Evening

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.drill]
MOST_VOTING_SECONDS = 600
MOST_RESULT_SECONDS = 30


def test_six_items_in_ten_minutes(evening: Evening) -> None:
    """Twelve phones cast one after the other; from the last ballot on the clock runs."""
    desk = evening.desk(0)
    screen = evening.hall_screen(desk)
    evening.begin(desk, evening.members)
    addresses = [evening.announce(desk, title) for title in TITLES]
    voting: list[float] = []
    results: list[float] = []
    for address, yes in zip(addresses, (12, 9, 8, 7, 4, 10), strict=True):
        started = time.monotonic()
        evening.open(desk, address)
        for at, member in enumerate(evening.members):
            evening.vote(member, address, "Ja" if at < yes else "Nein")
        last = time.monotonic()
        evening.close(desk, address)
        evening.count(*evening.members[:2])
        evening.show(desk, screen, address, "Angenommen" if yes >= 8 else "Abgelehnt")
        voting.append(time.monotonic() - started)
        results.append(time.monotonic() - last)
        assert evening.outcome(address)["yes"] == yes
    print(json.dumps({"voting": _rounded(voting), "results": _rounded(results)}))
    assert sum(voting) <= MOST_VOTING_SECONDS
    assert max(results) <= MOST_RESULT_SECONDS


def _rounded(seconds: list[float]) -> list[float]:
    return [round(each, 1) for each in seconds]
