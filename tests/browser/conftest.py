"""A running site with a council whose cards and rounds the test knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import pytest
from flask import Flask, g
from playwright.sync_api import Page
from sqlmodel import Session, col, delete, select, update

from app import create_app
from app.config import Settings
from app.models import Ballot, Card, Member, Officer, Question, Round, VotingKey
from app.models.card import MARK
from tests.app import builder
from tests.app.builder import Council
from tests.service.browser import OpenPhone
from tests.service.database import POSTGRESQL_IN_DRILLS, SQLITE
from tests.service.site import Site, running
from tests.service.store import Store

areas = count(1)
GO_ON = """(path) => {
  const link = document.querySelector('[data-state=done]:not([hidden]) a[data-continue]');
  if (link && !('tapped' in link.dataset)) {
    link.dataset.tapped = '';
    link.click();
  }
  return location.pathname === path;
}"""


@dataclass
class Hall:
    """A council in its meeting, on a site that runs; commit `held` before a page acts."""

    url: str
    held: Session
    council: Council

    def card_address(self, member: Member, prefix: str = "") -> str:
        return f"{self.url}{prefix}/karte#{self.council.phones[member.id].card_text}"

    def open_round(self, closes_at: datetime | None = None, **chosen: object) -> Round:
        prepared = builder.prepare_round(self.held, self.council, **chosen)  # type: ignore[arg-type]
        return builder.open_round(self.held, prepared, closes_at)

    def ballots(self, round_: Round) -> int:
        """How many ballots stand on the boards of a round."""
        self.held.commit()
        stored = select(Ballot).join(Question, col(Question.id) == Ballot.question_id)
        found = len(self.held.exec(stored.where(Question.round_id == round_.id)).all())
        self.held.commit()
        return found

    def forget_key(self, member: Member) -> None:
        """As if the member had never opened the card."""
        self.held.exec(update(Card).where(col(Card.member_id) == member.id).values(wrapped=None))
        self.held.exec(delete(VotingKey).where(col(VotingKey.member_id) == member.id))
        self.held.commit()

    def card(self, member: Member) -> Card:
        """The card, read anew; no lock is held afterwards."""
        self.held.commit()
        found = self.held.exec(select(Card).where(Card.member_id == member.id)).one()
        self.held.commit()
        return found

    def key(self, member: Member) -> VotingKey | None:
        self.held.commit()
        own = select(VotingKey).where(VotingKey.member_id == member.id, VotingKey.group == MARK)
        found = self.held.exec(own).first()
        self.held.commit()
        return found

    def sign_in(self, page: Page, person: Member | Officer) -> None:
        """Put a session into the phone's cookies."""
        value = builder.sign_in(self.held, person)
        page.context.add_cookies([{"name": "kiezvotum", "value": value, "url": self.url}])

    def enter(self, page: Page, member: Member, prefix: str = "") -> None:
        """Open the member's card on a phone, say yes and go on without waiting to be led."""
        page.goto(self.card_address(member, prefix))
        page.locator("[data-yes]").click()
        page.wait_for_function(GO_ON, arg=f"{prefix}/booth/")
        page.wait_for_url(f"**{prefix}/booth/")

    def read_questions(self, page: Page, round_: Round, prefix: str = "") -> None:
        """Leave what is shown first: a page that renews itself would win over `goto`."""
        page.goto("about:blank")
        page.goto(f"{self.url}{prefix}/booth/{round_.id}/questions")

    def go_to_booth(self, page: Page, round_: Round, language: str = "de") -> None:
        """Take the way of a member: from the round's page to the ballot."""
        self.read_questions(page, round_, "" if language == "de" else f"/{language}")
        page.locator('a[href*="#"][href*="/booth/"].kern-btn').click()
        page.wait_for_url(re.compile(r"/booth/[0-9a-f]{12}/#"))


@pytest.fixture(scope="session", params=[SQLITE, POSTGRESQL_IN_DRILLS])
def shared_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, Flask]]:
    """One site for all tests of a process: each test has an area of its own on it."""
    store: Store = request.getfixturevalue(request.param)
    url = store.create_migrated()
    instance = tmp_path_factory.mktemp("site") / "instance"
    with running(url, instance) as site:
        settings = Settings.from_environment({"DATABASE_URL": url, "INSTANCE": str(instance)})
        app = create_app(settings)
        yield site, app
        app.extensions["engine"].dispose()
    store.drop(url)


@pytest.fixture
def hall(shared_site: tuple[Site, Flask]) -> Iterator[Hall]:
    site, app = shared_site
    with app.app_context(), Session(app.extensions["engine"], expire_on_commit=False) as held:
        g.session = held
        council = builder.build_council(held, f"anger-{next(areas)}")
        builder.complete_keys(held, council)
        yield Hall(site.url, held, council)


@pytest.fixture
def voter(hall: Hall) -> Member:
    return hall.council.members[0]


@pytest.fixture
def page(hall: Hall, open_phone: OpenPhone, voter: Member) -> Page:
    """A phone on which the voter's card was opened."""
    phone = open_phone()
    hall.enter(phone, voter)
    return phone
