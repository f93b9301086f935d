"""A jury evening at the table: nine applications, too little money, one round, to the cent."""

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app import pot
from app.models import Board, Decision, Proposal, Question, Round
from app.round import closing, publishing
from app.round.preparing import questions_of
from tests.app import builder, deciding
from tests.app.builder import Council
from tests.app.money.evening import AVAILABLE, NINE, apply, build_pot
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP, OpenPhone

pytestmark = pytest.mark.needs("chromium")
SOON_MS = 4000
# A person needs some seconds to find a place, type and look; the machine gets what is left.
SECONDS_AN_ACTION = 6
DESK_WORK_SECONDS = 300


@dataclass
class Desk:
    """A moderator who counts what the hands do, and how long the machine takes."""

    page: Page
    actions: int = 0
    machine: float = 0.0

    def do(self, act: str, *given: str) -> None:
        self.actions += 1
        started = time.monotonic()
        {"press": self._press, "type": self._type}[act](*given)
        self.machine += time.monotonic() - started

    def _press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).first.click()

    def _type(self, text: str, left: str) -> None:
        """Write into the focused sum, go on with Enter, and see the remainder follow."""
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        expect(self.page.locator("#remainder-top [data-slot=left]")).to_have_text(
            left, timeout=SOON_MS
        )
        self.page.keyboard.press("Enter")


@pytest.fixture
def jury(hall: Hall) -> Council:
    return builder.build_jury(hall.held, hall.council)


@pytest.fixture
def nine(hall: Hall, jury: Council) -> list[Proposal]:
    build_pot(hall.held, jury)
    return apply(hall.held, jury)


@pytest.fixture
def desk(hall: Hall, jury: Council, nine: list[Proposal], open_phone: OpenPhone) -> Desk:
    page = open_phone(viewport=DESKTOP)
    hall.sign_in(page, jury.moderators[0])
    page.goto(address(hall, jury))
    return Desk(page)


def address(hall: Hall, jury: Council) -> str:
    return f"{hall.url}/money/meetings/{jury.meeting.id}/table"


def said(cents: int) -> str:
    euros, rest = divmod(abs(cents), 100)
    number = f"{euros:,}".replace(",", ".") + (f",{rest:02}" if rest else "") + "\u00a0€"
    return f"{number} zu viel" if cents < 0 else f"Noch {number}"


@pytest.mark.drill
def test_nine_applications_are_decided_in_five_minutes(
    hall: Hall, jury: Council, nine: list[Proposal], desk: Desk
) -> None:
    held, page = hall.held, desk.page
    left = AVAILABLE - sum(asked for _title, asked, _granted in NINE)
    expect(page.locator("#remainder-top [data-slot=left]")).to_have_text(said(left))
    assert left == -742_74
    inspect(page)
    page.get_by_label(re.compile("^Summe dann")).first.focus()
    for _title, asked, granted in NINE:
        cents = asked if granted is None else granted
        left += asked - cents
        desk.do("type", f"{cents // 100},{cents % 100:02}", said(left))
    page.locator("summary").first.click()
    page.get_by_label("Die Aktion ist offen für alle aus dem Gebiet.").first.check()
    expect(page.locator("summary").first).to_contain_text("1 Auflage", timeout=SOON_MS)
    desk.actions += 2
    desk.do("press", "So abstimmen")
    round_ = held.exec(select(Round).where(Round.body_id == jury.body.id)).one()
    held.commit()
    desk.do("press", "Angesagt")
    page.goto(f"{hall.url}/desk/rounds/{round_.id}/open")
    desk.do("press", "Abstimmung öffnen")
    _vote(hall, jury, held.get_one(Round, round_.id))
    assert desk.actions * SECONDS_AN_ACTION + desk.machine <= DESK_WORK_SECONDS
    held.expire_all()
    questions = _decide(hall, jury, held.get_one(Round, round_.id))
    _compare(hall, page, questions)


def _vote(hall: Hall, jury: Council, round_: Round) -> None:
    """Everybody says yes to eight and no to the last; then it is over."""
    held = hall.held
    *won, lost = questions_of(held, round_)
    answers = {each.id: "yes" for each in won} | {lost.id: "no"}
    deciding.let_cast(held, jury, round_, [(each, answers) for each in jury.members])
    held.commit()
    round_ = held.get_one(Round, round_.id)
    if round_.state == "open":
        closing.end(held, round_, datetime.now(UTC), "end")
    held.commit()


def _decide(hall: Hall, jury: Council, round_: Round) -> list[Question]:
    held = hall.held
    held.commit()
    questions = list(deciding.count(held, round_))
    for each in questions:
        deciding.confirm(held, jury, round_, each)
        publishing.publish(held, each, deciding.SUMMARY, datetime.now(UTC))
    held.commit()
    return questions


def _compare(hall: Hall, page: Page, questions: list[Question]) -> None:
    """The same sums were frozen, stood on the ballot, are published and are reserved."""
    held = hall.held
    granted = [cents for _title, _asked, cents in NINE if cents]
    assert [each.amount_cents for each in questions[:8]] == granted
    for each, cents in zip(questions[:8], granted, strict=True):
        board = held.get_one(Board, each.id).election
        assert said(cents).removeprefix("Noch ") in board or f'"amount_cents\\":{cents}' in board
        decision = held.exec(select(Decision).where(Decision.question_id == each.id)).one()
        assert decision.page["amount_cents"] == cents
    own = pot.of_body(held, held.get_one(Round, questions[0].round_id).body_id, _year())
    assert own is not None
    assert (pot.ledger(held, own).reserved, pot.available(held, own)) == (4_933_26, 1_800_00)
    held.commit()
    page.goto(f"{hall.url}/fonds/aktionsfonds-{hall.council.area.slug}/{_year()}")
    meter = f"Noch 1.800\u00a0€ von 6.733,26\u00a0€ für {_year()}."
    expect(page.get_by_role("paragraph").get_by_text(meter)).to_be_visible()
    expect(page.locator("tfoot")).to_contain_text("4.933,26\u00a0€")
    assert page.locator("tbody tr").count() == 8
    inspect(page)
    page.get_by_role("link", name="Hofkonzert").click()
    expect(page.get_by_text("mit weniger Geld", exact=True)).to_be_visible()
    expect(page.get_by_text("mit Auflage", exact=True)).to_be_visible()
    inspect(page)


def _year() -> int:
    return datetime.now(UTC).year


@pytest.mark.drill
def test_two_desks_see_each_other_without_losing_words(
    hall: Hall, jury: Council, desk: Desk, open_phone: OpenPhone
) -> None:
    other = open_phone(viewport=DESKTOP)
    hall.sign_in(other, jury.moderators[1])
    other.goto(address(hall, jury))
    first = re.compile("^Summe dann: Hofkonzert")
    mine, theirs = desk.page.get_by_label(first), other.get_by_label(first)
    second = other.get_by_label(re.compile("^Summe dann: Sprachcafé"))
    second.fill("7x")
    mine.fill("157,26")
    expect(theirs).to_have_value("157,26", timeout=SOON_MS)
    expect(second).to_have_value("7x")
    expect(other.locator("#remainder-top [data-slot=left]")).to_have_text("Noch 0\u00a0€")
    second.fill("700")
    expect(desk.page.locator("#remainder-bottom [data-slot=left]")).to_have_text(
        "Noch 300\u00a0€", timeout=SOON_MS
    )


@pytest.mark.drill
def test_without_script_the_table_works(
    hall: Hall, jury: Council, nine: list[Proposal], open_phone: OpenPhone
) -> None:
    page = open_phone(java_script_enabled=False)
    hall.sign_in(page, jury.moderators[0])
    page.goto(address(hall, jury))
    page.get_by_label(re.compile("^Summe dann: Hofkonzert")).fill("157,26")
    page.get_by_role("button", name="Neu rechnen").click()
    expect(page.locator("#remainder-top")).to_contain_text("Noch 0\u00a0€")
