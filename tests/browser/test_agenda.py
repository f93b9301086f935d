"""The agenda in a browser: order by buttons and by dragging, notes that are kept, letters."""

import io
import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from app import agenda
from app.models import Meeting
from tests.app.meeting import agendas
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP, OpenPhone


@pytest.fixture
def meeting(hall: Hall) -> Meeting:
    return agendas.plan(hall.held, hall.council, access="Stufenlos. Rollstuhl-WC.")


@pytest.fixture
def desk(hall: Hall, open_phone: OpenPhone) -> Page:
    page = open_phone(viewport=DESKTOP)
    hall.sign_in(page, hall.council.moderators[0])
    return page


def titles(hall: Hall, meeting: Meeting) -> list[str]:
    hall.held.expire_all()
    found = [each.title for each in agenda.items_of(hall.held, meeting)]
    hall.held.commit()
    return found


def drag(desk: Page, what: Locator, where: Locator) -> None:
    """Take an item at its end, where nothing else is, and drop it above another."""
    where.scroll_into_view_if_needed()
    start, end = what.bounding_box(), where.bounding_box()
    assert start
    assert end
    desk.mouse.move(start["x"] + start["width"] - 20, start["y"] + 20)
    desk.mouse.down()
    for height in (40, 20, 6):
        desk.mouse.move(end["x"] + end["width"] - 20, end["y"] + height, steps=4)
    desk.mouse.up()


def test_items_are_ordered_by_keyboard_and_by_dragging(
    hall: Hall, desk: Page, meeting: Meeting
) -> None:
    desk.goto(f"{hall.url}/desk/meetings/{meeting.id}/agenda")
    inspect(desk)
    down = desk.get_by_role("button", name=re.compile("Nach unten.*Begrüßung"))
    down.focus()
    desk.keyboard.press("Enter")
    rows = desk.locator("[data-agenda] > li")
    expect(rows.nth(1)).to_contain_text("Begrüßung")
    drag(desk, rows.nth(2), rows.nth(0))
    expect(rows.nth(0)).to_contain_text("Verschiedenes")
    expect(rows.nth(0)).to_contain_text("1.")
    assert titles(hall, meeting) == ["Verschiedenes", "Aussprache zum Sommerfest", "Begrüßung"]


@pytest.mark.drill
def test_an_agenda_is_made_set_and_sent(hall: Hall, desk: Page) -> None:
    body = hall.council.body
    empty = Meeting(
        area_id=body.area_id,
        body_id=body.id,
        starts_at=datetime(2190, 1, 5, 17, tzinfo=UTC),
        place="Saal",
        visibility="public",
    )
    hall.held.add(empty)
    hall.held.commit()
    desk.goto(f"{hall.url}/desk/meetings/{empty.id}")
    inspect(desk)
    desk.get_by_role("link", name="Tagesordnung anlegen").click()
    desk.get_by_role("button", name="Übliche Tagesordnung übernehmen").click()
    desk.get_by_role("link", name="Aussprache", exact=True).click()
    desk.get_by_label("Titel").fill("Sommerfest")
    desk.get_by_label("Dauer in Minuten").fill("20")
    inspect(desk)
    desk.get_by_role("button", name="Auf die Tagesordnung setzen").click()
    expect(desk.locator("[data-agenda] > li").last).to_contain_text("20 Minuten")
    desk.get_by_role("link", name="Tagesordnung festlegen").click()
    inspect(desk)
    desk.get_by_role("button", name="Tagesordnung festlegen").click()
    expect(desk.get_by_text("Die Tagesordnung steht fest.")).to_be_visible()
    public = desk.context.new_page()
    public.goto(f"{hall.url}/sitzung/{empty.id}")
    expect(public.get_by_text("Sommerfest")).to_be_visible()
    inspect(public)


@pytest.mark.drill
def test_notes_are_kept_while_typing_and_when_the_page_is_left(
    hall: Hall, desk: Page, meeting: Meeting
) -> None:
    agendas.start(hall.held, meeting)
    first = agenda.items_of(hall.held, meeting)[0]
    hall.held.commit()
    address = f"{hall.url}/desk/meetings/items/{first.id}"
    desk.goto(address)
    desk.get_by_role("button", name="Punkt beginnen").click()
    notes = desk.get_by_label("Was besprochen wurde")
    notes.fill("Viele sind dafür.")
    expect(desk.get_by_text("Noch nicht gespeichert.")).to_be_visible()
    expect(desk.get_by_text("Gespeichert.", exact=True)).to_be_visible()
    inspect(desk)
    notes.fill("Viele sind dafür. Zwei nicht.")
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.goto(f"{hall.url}/desk/meetings/{meeting.id}")
    inspect(desk)
    desk.goto(address)
    expect(notes).to_have_value("Viele sind dafür. Zwei nicht.")


@pytest.mark.drill
def test_letters_are_one_sheet_a_person(hall: Hall, desk: Page, meeting: Meeting) -> None:
    meeting.agenda_set_at = datetime.now(UTC)
    hall.held.add(meeting)
    hall.held.commit()
    desk.goto(f"{hall.url}/desk/meetings/{meeting.id}")
    desk.get_by_role("link", name="Einladung verschicken").click()
    inspect(desk)
    desk.get_by_role("button", name="Einladung verschicken").click()
    expect(desk.get_by_text("Eingeladen: 0 per E-Mail, 9 per Brief.").first).to_be_visible()
    desk.get_by_role("link", name="9 Briefe drucken").click()
    inspect(desk)
    pages = PdfReader(io.BytesIO(desk.pdf(prefer_css_page_size=True))).pages
    sheets = [page.extract_text() for page in pages]
    assert len(sheets) == 9
    names = [each.name for each in sorted(hall.council.members, key=lambda each: each.name)]
    for name, sheet in zip(names, sheets, strict=True):
        assert f"Guten Tag {name}," in sheet
        assert "Aussprache zum Sommerfest" in sheet
