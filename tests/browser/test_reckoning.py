"""A jury evening at the table: nine applications, too little money, one round, to the cent."""

import re
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app import hall_key
from app.hall.keeping import SECONDS
from app.models import Meeting, Proposal, Round
from app.round.preparing import questions_of
from tests.app import builder, deciding
from tests.app.builder import Council
from tests.app.money.evening import AVAILABLE, NINE, apply, build_pot
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect
from tests.browser.test_hall import BEAMER, assert_readable
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


def euros(cents: int) -> str:
    whole, rest = divmod(abs(cents), 100)
    return f"{whole:,}".replace(",", ".") + (f",{rest:02}" if rest else "") + "\u00a0€"


def said(cents: int) -> str:
    return f"{euros(cents)} zu viel" if cents < 0 else f"Noch {euros(cents)}"


@pytest.fixture
def screen(hall: Hall, jury: Council, open_phone: OpenPhone) -> Page:
    """The screen in the hall, while the meeting runs."""
    meeting = hall.held.get_one(Meeting, jury.meeting.id)
    hall_key.renew(meeting)
    meeting.state, meeting.began_at = "running", meeting.starts_at
    hall.held.commit()
    page = open_phone(viewport=BEAMER)
    page.goto(f"{hall.url}/sitzung/{meeting.id}/saal?key={meeting.hall_key}")
    return page


@pytest.mark.drill
def test_nine_applications_are_decided_in_five_minutes(
    hall: Hall, jury: Council, desk: Desk, screen: Page, open_phone: OpenPhone
) -> None:
    page = desk.page
    phones = [open_phone() for _ in jury.members[:3]]
    for phone, member in zip(phones, jury.members, strict=False):
        replace(hall, council=jury).enter(phone, member)
    page.reload()
    inspect(page)
    desk.do("press", "Im Saal zeigen")
    assert_readable(screen, "table")
    expect(screen.locator(".left")).to_have_text("742,74\u00a0€ zu viel")
    _cut(desk, screen)
    assert_readable(screen, "table")
    desk.do("press", "So abstimmen")
    round_id = _only_round(hall, jury)
    desk.do("press", "Angesagt")
    _compare_sums(hall, screen, round_id)
    page.goto(f"{hall.url}/desk/rounds/{round_id}/open")
    desk.do("press", "Abstimmung öffnen")
    _vote(hall, jury, round_id, phones)
    page.goto(f"{hall.url}/desk/rounds/{round_id}")
    desk.do("press", "Abstimmung schließen")
    expect(page.get_by_role("button", name="Im Saal zeigen")).to_be_visible()
    desk.do("press", "Im Saal zeigen")
    assert_readable(screen, "result")
    expect(screen.get_by_text("Angenommen")).to_have_count(8)
    assert desk.actions * SECONDS_AN_ACTION + desk.machine <= DESK_WORK_SECONDS
    _confirm(hall, jury, round_id, open_phone(viewport=DESKTOP), page)
    _publish(hall, round_id, page)
    _compare_pages(hall, page)


def _cut(desk: Desk, screen: Page) -> None:
    """Type every sum and a condition; desk and hall follow to the cent."""
    page, left = desk.page, AVAILABLE - sum(asked for _title, asked, _granted in NINE)
    page.get_by_label(re.compile("^Summe dann")).first.focus()
    for _title, asked, granted in NINE:
        cents = asked if granted is None else granted
        left += asked - cents
        desk.do("type", f"{cents // 100},{cents % 100:02}", said(left))
    page.locator("summary").first.click()
    page.get_by_label("Die Aktion ist offen für alle aus dem Gebiet.").first.check()
    expect(page.locator("summary").first).to_contain_text("1 Auflage", timeout=SOON_MS)
    desk.actions += 2
    expect(screen.locator(".left")).to_have_text(said(left), timeout=SOON_MS)
    expect(screen.locator(".sums td:nth-child(3).cut")).to_have_count(6)
    expect(screen.locator(".sums td:nth-child(4).cut")).to_have_text("1")


def _only_round(hall: Hall, jury: Council) -> str:
    hall.held.commit()
    found = hall.held.exec(select(Round.id).where(Round.body_id == jury.body.id)).one()
    hall.held.commit()
    return found


def _compare_sums(hall: Hall, screen: Page, round_id: str) -> None:
    """What the table said is what the questions ask and what the hall shows of them."""
    voted = [asked if granted is None else granted for _title, asked, granted in NINE]
    held = hall.held
    frozen = [each.amount_cents for each in questions_of(held, held.get_one(Round, round_id))]
    held.commit()
    assert frozen == voted
    assert_readable(screen, "item")
    expect(screen.locator(".titles b")).to_have_text([euros(each) for each in voted])


def _vote(hall: Hall, jury: Council, round_id: str, phones: list[Page]) -> None:
    """Everybody says yes to eight and no to the last, three of them on phones in browsers."""
    held = hall.held
    round_ = held.get_one(Round, round_id)
    held.commit()
    for phone in phones:
        hall.go_to_booth(phone, round_)
        for at, (_title, asked, granted) in enumerate(NINE):
            expect(phone.locator("fieldset legend")).to_contain_text(euros(granted or asked))
            answer = "Nein" if at == len(NINE) - 1 else "Ja"
            phone.get_by_role("radio", name=answer, exact=True).check()
            phone.get_by_role("button", name="Weiter").click()
        phone.get_by_role("button", name="Jetzt geheim abstimmen").click()
        phone.wait_for_url("**/beleg/*")
    *won, lost = questions_of(held, round_)
    answers = {each.id: "yes" for each in won} | {lost.id: "no"}
    others = [(each, answers) for each in jury.members[len(phones) :]]
    deciding.let_cast(held, jury, round_, others)
    held.commit()


def _confirm(hall: Hall, jury: Council, round_id: str, second: Page, desk: Page) -> None:
    """One asks for all nine results, the second person confirms them with one press."""
    address = f"{hall.url}/desk/rounds/{round_id}/results"
    desk.goto(address)
    desk.get_by_role("button", name="Zweite Person fragen").click()
    hall.sign_in(second, jury.moderators[1])
    second.goto(address)
    second.get_by_role("button", name="Alle 9 Ergebnisse bestätigen").click()
    expect(second.get_by_text("9 Ergebnisse sind bestätigt.")).to_be_visible()


def _publish(hall: Hall, round_id: str, desk: Page) -> None:
    desk.goto(f"{hall.url}/desk/rounds/{round_id}")
    desk.get_by_role("link", name="Alle 9 zusammenfassen und veröffentlichen").click()
    inspect(desk)
    for label in ("Zusammenfassung auf Deutsch", "Zusammenfassung auf Englisch"):
        for field in desk.get_by_label(label).all():
            field.fill("So wurde entschieden.")
    desk.get_by_role("button", name="Veröffentlichen").click()
    expect(desk.get_by_text("9 Entscheidungen sind veröffentlicht.")).to_be_visible()


def _compare_pages(hall: Hall, page: Page) -> None:
    """The same sums stand in the ledger of the fund and on the page of a decision."""
    page.goto(f"{hall.url}/fonds/aktionsfonds-{hall.council.area.slug}/{_year()}")
    meter = f"Noch 1.800\u00a0€ von 6.733,26\u00a0€ für {_year()}."
    expect(page.get_by_role("paragraph").get_by_text(meter)).to_be_visible()
    expect(page.locator("tfoot")).to_contain_text("4.933,26\u00a0€")
    granted = [euros(cents) for _title, _asked, cents in NINE if cents]
    expect(page.locator("tbody tr td:nth-child(3)")).to_have_text(granted)
    inspect(page)
    page.get_by_role("link", name="Theater im Park").click()
    expect(page.get_by_text("803,26\u00a0€").first).to_be_visible()
    expect(page.get_by_text("mit weniger Geld", exact=True)).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Hofkonzert").click()
    expect(page.get_by_text("mit Auflage", exact=True)).to_be_visible()
    inspect(page)


def _year() -> int:
    return datetime.now(UTC).year


@pytest.mark.drill
def test_long_titles_and_many_applications_fit_the_hall(
    hall: Hall, jury: Council, desk: Desk, screen: Page
) -> None:
    title = "Sommerfest mit Musik, Tanz, Kuchen und einem Flohmarkt für die ganze Nachbarschaft"
    desk.page.reload()
    desk.do("press", "Im Saal zeigen")
    for more in (2, 11):
        for number in range(more):
            builder.build_proposal(hall.held, jury, f"{title} {number}", 100_00)
        hall.held.commit()
        screen.wait_for_timeout(SECONDS * 1000)  # nothing that the mark sees has changed
        assert_readable(screen, "table")
    expect(screen.locator(".sums li")).to_have_count(22)


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
