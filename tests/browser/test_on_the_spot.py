"""A round is made in the meeting from a point of its agenda: with how many presses, how fast."""

import time

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.models import Round
from tests.app import builder
from tests.browser.conftest import Hall
from tests.service.browser import DESKTOP, OpenPhone

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.drill]
MOST_SECONDS = 20
MOST_PRESSES = 5
# What a person takes to find the next button.
SECONDS_A_PRESS = 1.5


class Hand:
    """Presses buttons and links by their words, and counts how often."""

    def __init__(self, desk: Page) -> None:
        self.desk = desk
        self.presses = 0

    def press(self, words: str) -> None:
        self.desk.locator("main").locator("a, button").filter(has_text=words).first.click()
        self.presses += 1


def test_from_the_item_to_the_open_vote(hall: Hall, open_phone: OpenPhone) -> None:
    held, council = hall.held, hall.council
    council.meeting.state = "running"
    proposal = builder.build_proposal(held, council, "Hochbeete im Hof")
    item = builder.build_item(held, council, title="Hochbeete im Hof", proposal_id=proposal.id)
    desk = open_phone(viewport=DESKTOP)
    hall.sign_in(desk, council.moderators[0])
    desk.goto(f"{hall.url}/desk/meetings/items/{item.id}")
    hand, started = Hand(desk), time.monotonic()
    hand.press("Punkt beginnen")
    hand.press("Darüber abstimmen")
    hand.press("Angesagt")
    hand.press("Prüfen und öffnen")
    hand.press("Abstimmung öffnen")
    expect(desk.get_by_text("0 von 9 haben abgestimmt")).to_be_visible()
    seconds = time.monotonic() - started
    assert hand.presses == MOST_PRESSES
    assert seconds + hand.presses * SECONDS_A_PRESS < MOST_SECONDS
    held.commit()
    assert held.exec(select(Round.state).where(Round.agenda_item_id == item.id)).one() == "open"
    held.commit()
