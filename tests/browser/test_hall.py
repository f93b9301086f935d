"""The screen in the hall, in a real browser of 1024 x 768: it follows, and is read from afar."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app import attendance, hall_key
from app.models import Amendment, Meeting, Round
from app.round import closing, showing
from app.round.preparing import questions_of
from tests.app import builder, deciding
from tests.app.money import evening
from tests.browser.conftest import Hall
from tests.browser.inspection import AXE, inspect
from tests.service.browser import OpenPhone

pytestmark = pytest.mark.needs("chromium")
BEAMER = {"width": 1024, "height": 768}
SOON_MS = 3500  # two seconds, and what a busy machine needs beside them
SMALLEST_PX = 32
MOST_BYTES = 100_000
MOST_REQUESTS = 8
TEXT_SIZES = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const sizes = [];
  while (walk.nextNode()) {
    const part = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || part.closest('noscript, .hidden')) continue;
    if (part.checkVisibility()) sizes.push(parseFloat(getComputedStyle(part).fontSize));
  }
  return sizes;
}"""
CONTRAST = """async () => {
  const found = await axe.run(document, { runOnly: ['color-contrast-enhanced'] });
  return found.violations.flatMap(({ nodes }) => nodes.map((node) => node.failureSummary));
}"""
OVERFLOW = "document.documentElement.scrollHeight - innerHeight"


@pytest.fixture
def address(hall: Hall) -> str:
    """The address of the screen, with English as the second language."""
    meeting = hall.held.get_one(Meeting, hall.council.meeting.id)
    hall_key.renew(meeting)
    hall.held.commit()
    return f"{hall.url}/sitzung/{meeting.id}/saal?key={meeting.hall_key}&second=en"


@pytest.fixture(params=["light", pytest.param("dark", marks=pytest.mark.drill)])
def screen(request: pytest.FixtureRequest, open_phone: OpenPhone, address: str) -> Page:
    page = open_phone(viewport=BEAMER, color_scheme=request.param)
    page.goto(address)
    return page


def assert_readable(page: Page, name: str) -> None:
    """This state, everything on one screen, large enough and with enough contrast."""
    expect(page.locator("main")).to_have_class(name, timeout=SOON_MS)
    assert min(page.evaluate(TEXT_SIZES)) >= SMALLEST_PX, name
    assert page.evaluate(OVERFLOW) <= 0, name
    page.evaluate(AXE.read_text())
    assert page.evaluate(CONTRAST) == [], name


@pytest.mark.drill
def test_the_screen_follows_an_evening(hall: Hall, screen: Page) -> None:
    held, council = hall.held, hall.council
    assert_readable(screen, "waiting")
    round_ = builder.prepare_round(held, council)
    assert_readable(screen, "item")
    expect(screen.get_by_text("Nötig sind 6 Ja-Stimmen.")).to_be_visible()
    meeting = held.get_one(Meeting, council.meeting.id)
    for member in council.members[7:]:
        attendance.leave(held, meeting, member.id, datetime.now(UTC))
    held.commit()
    expect(screen.get_by_text("Nötig sind 5 Ja-Stimmen.")).to_be_visible(timeout=SOON_MS)
    builder.open_round(held, round_)
    assert_readable(screen, "open")
    answers = zip(council.members[:6], ["yes"] * 4 + ["no"] * 2, strict=True)
    deciding.let_cast(held, council, round_, answers)
    expect(screen.locator(".figures dd").last).to_have_text("6", timeout=SOON_MS)
    round_ = held.get_one(Round, round_.id)
    closing.start_last_call(held, round_, datetime.now(UTC))
    held.commit()
    expect(screen.locator(".call")).to_contain_text("Sekunden", timeout=SOON_MS)
    assert_readable(screen, "open")
    expect(screen.locator("main")).to_have_class("closed", timeout=30_000)
    assert_readable(screen, "closed")
    expect(screen.get_by_text("Es ist ausgezählt.")).to_be_visible(timeout=20_000)
    expect(screen.get_by_text("Abgelehnt")).to_have_count(0)
    held.expire_all()
    showing.show(held, held.get_one(Round, round_.id), datetime.now(UTC))
    held.commit()
    assert_readable(screen, "result")
    expect(screen.get_by_text("Abgelehnt")).to_be_visible()
    expect(screen.get_by_text("Noch nicht bestätigt")).to_be_visible()
    screen.reload()
    expect(screen.get_by_text("Abgelehnt")).to_be_visible()


@pytest.mark.drill
def test_long_questions_and_many_of_them_fit(
    hall: Hall, open_phone: OpenPhone, address: str
) -> None:
    page = open_phone(viewport=BEAMER)
    page.goto(address)
    long = builder.prepare_round(hall.held, hall.council)
    question = questions_of(hall.held, long)[0]
    title = "Sommerfest mit Musik, Tanz, Kuchen und einem Flohmarkt für alle Nachbarn "
    question.wording = {
        "de": f"Soll „{title * 2}“ 1.480 € bekommen?",
        "en": f"Should “{title * 2}”?",
    }
    hall.held.commit()
    builder.open_round(hall.held, long)
    assert_readable(page, "open")
    closing.end(hall.held, hall.held.get_one(Round, long.id), datetime.now(UTC), "end")
    hall.held.commit()
    assert_readable(page, "closed")
    several = builder.prepare_round(hall.held, hall.council, questions=3)
    assert_readable(page, "item")
    builder.open_round(hall.held, several)
    assert_readable(page, "open")
    deciding.let_cast(
        hall.held, hall.council, several, [(each, "yes") for each in hall.council.members]
    )
    closing.close(hall.held, hall.held.get_one(Round, several.id), datetime.now(UTC))
    hall.held.commit()
    expect(page.get_by_text("Es ist ausgezählt.")).to_be_visible(timeout=20_000)
    hall.held.expire_all()
    showing.show(hall.held, hall.held.get_one(Round, several.id), datetime.now(UTC))
    hall.held.commit()
    assert_readable(page, "result")
    expect(page.get_by_text("Angenommen")).to_have_count(3)


@pytest.mark.drill
def test_own_answers_are_offered_and_get_bars(
    hall: Hall, open_phone: OpenPhone, address: str
) -> None:
    held, council = hall.held, hall.council
    page = open_phone(viewport=BEAMER)
    page.goto(address)
    builder.set_rules(held, council, majority__other="more_than_half")
    options = ("Anger", "Am Lindenbaum", "Marktplatz am Nachbarschaftshaus", "Platz der Vielfalt")
    round_ = builder.prepare_choice(held, council, *options, most=2, places=2)
    assert_readable(page, "item")
    builder.open_round(held, round_)
    assert_readable(page, "open")
    for option in (*options, "Keine davon"):
        expect(page.locator(".options bdi", has_text=option).first).to_be_visible()
    ticked = ["option-1 option-3"] * 6 + ["option-3", "option-2", "blank"]
    deciding.let_cast(held, council, round_, zip(council.members, ticked, strict=True))
    closing.close(held, held.get_one(Round, round_.id), datetime.now(UTC))
    held.commit()
    expect(page.get_by_text("Es ist ausgezählt.")).to_be_visible(timeout=20_000)
    held.expire_all()
    showing.show(held, held.get_one(Round, round_.id), datetime.now(UTC))
    held.commit()
    assert_readable(page, "result")
    expect(page.locator(".bars .yes .number")).to_have_text(["6", "7"])


@pytest.mark.drill
def test_nine_applications_fit_in_two_languages(hall: Hall, open_phone: OpenPhone) -> None:
    held, jury = hall.held, builder.build_jury(hall.held, hall.council)
    hall_key.renew(jury.meeting)
    jury.meeting.table_shown_at = jury.meeting.began_at = datetime.now(UTC)
    held.add(jury.meeting)
    evening.build_pot(held, jury)
    nine = evening.apply(held, jury)
    nine[1].title = "Sprachcafé für alle Nachbarinnen und Nachbarn am Anger"
    about: dict[str, Any] = {"meeting_id": jury.meeting.id, "area_id": jury.area.id}
    about |= {"proposal_id": nine[0].id, "changed_at": datetime.now(UTC)}
    cut = Amendment(**about, cents=600_00, conditions=["report", "lend"])
    held.add_all([nine[1], cut])
    held.commit()
    page = open_phone(viewport=BEAMER)
    address = f"{hall.url}/sitzung/{jury.meeting.id}/saal?key={jury.meeting.hall_key}"
    for query, left in (("", "442,74 € zu viel"), ("&second=en", "€442.74 too much")):
        page.goto(address + query)
        assert_readable(page, "table")
        expect(page.locator(".left")).to_contain_text(left.replace(" €", "\N{NO-BREAK SPACE}€"))
        expect(page.locator(".sums tbody tr")).to_have_count(9)
        expect(page.locator(".sums tbody tr").first.locator("td").last).to_have_text("2")


def test_the_screen_says_when_nobody_answers(
    hall: Hall, open_phone: OpenPhone, address: str
) -> None:
    page = open_phone(viewport=BEAMER)
    page.goto(address)
    lost = page.locator("[data-lost]")
    expect(lost).to_be_hidden()
    page.context.set_offline(True)
    expect(lost).to_contain_text("Verbindung weg – Stand", timeout=SOON_MS)
    expect(page.locator("main")).to_have_class("waiting")
    page.context.set_offline(False)
    expect(lost).to_be_hidden(timeout=SOON_MS)


def test_the_screen_is_light(open_phone: OpenPhone, address: str) -> None:
    page = open_phone(viewport=BEAMER)
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert len(sizes) <= MOST_REQUESTS
    assert sum(sizes) <= MOST_BYTES
    assert page.context.cookies() == []


@pytest.mark.drill
def test_without_script_the_page_comes_anew(
    hall: Hall, open_phone: OpenPhone, address: str
) -> None:
    page = open_phone(viewport=BEAMER, java_script_enabled=False)
    page.goto(address)
    expect(page.locator("main.waiting")).to_be_visible()
    builder.prepare_round(hall.held, hall.council)
    expect(page.locator("main.item")).to_be_visible(timeout=2 * SOON_MS)


def test_the_desk_opens_the_screen(hall: Hall, open_phone: OpenPhone, address: str) -> None:
    page = open_phone()
    hall.sign_in(page, hall.council.moderators[0])
    page.goto(f"{hall.url}/desk/meetings/{hall.council.meeting.id}")
    page.get_by_role("link", name="Bild für den Saal").click()
    inspect(page)
    page.get_by_text("English", exact=True).last.click()
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="In neuem Fenster öffnen").click()
    expect(opened.value.locator("main.waiting")).to_be_visible()


def test_the_desk_follows_who_comes(hall: Hall, open_phone: OpenPhone) -> None:
    page = open_phone()
    hall.sign_in(page, hall.council.moderators[0])
    page.goto(f"{hall.url}/desk/meetings/{hall.council.meeting.id}")
    expect(page.get_by_text("9 von 9 da. Nötig: 6.")).to_be_visible()
    page.evaluate("document.body.dataset.same = 'yes'")
    member = hall.council.members[3]
    meeting = hall.held.get_one(Meeting, hall.council.meeting.id)
    attendance.leave(hall.held, meeting, member.id, datetime.now(UTC))
    hall.held.commit()
    expect(page.get_by_text("8 von 9 da. Nötig: 6.")).to_be_visible(timeout=SOON_MS)
    assert page.evaluate("document.body.dataset.same") == "yes"
    page.locator(f"#note-{member.id}").click()
    expect(page.get_by_text("9 von 9 da. Nötig: 6.")).to_be_visible()
    inspect(page)
