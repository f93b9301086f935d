"""Own data on a phone: see who looked, correct, download and be forgotten, also without script."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.models import Member, Membership
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP, OpenPhone

YESTERDAY = (datetime.now(UTC) - timedelta(days=2)).date()


@pytest.fixture(
    params=[
        pytest.param(True, id="script", marks=pytest.mark.drill),
        pytest.param(False, id="no script"),
    ]
)
def phone(request: pytest.FixtureRequest, hall, open_phone: OpenPhone) -> Page:
    page = open_phone(java_script_enabled=request.param)
    hall.sign_in(page, hall.council.members[0])
    return page


def give_up_seat(hall) -> None:
    member = hall.council.members[0]
    link = hall.held.exec(select(Membership).where(Membership.member_id == member.id)).one()
    link.ends_on = YESTERDAY
    hall.held.add(link)
    hall.held.commit()


def test_from_a_look_to_being_forgotten(hall, phone: Page, open_phone: OpenPhone) -> None:
    member, moderator = hall.council.members[0], hall.council.moderators[0]
    desk = open_phone(viewport=DESKTOP)
    hall.sign_in(desk, moderator)
    desk.goto(f"{hall.url}/roster/members/{member.id}")
    phone.goto(f"{hall.url}/account/")
    phone.get_by_role("link", name="Wer hat meine Daten angesehen?").click()
    expect(phone.get_by_role("row").nth(1)).to_contain_text("Mara Feldt")
    phone.goto(f"{hall.url}/account/details")
    phone.get_by_label("Name", exact=True).fill("A. Kara")
    phone.get_by_label("Mein Name darf öffentlich stehen.").check()
    phone.get_by_role("button", name="Speichern").click()
    expect(phone.get_by_text("Die Angaben sind gespeichert.")).to_be_visible()
    phone.get_by_role("link", name="Was über mich gespeichert ist").click()
    expect(phone.get_by_text("A. Kara").first).to_be_visible()
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="Als Datei herunterladen").click()
    found = json.loads(saved.value.path().read_text())
    assert found["member"][0]["name"] == "A. Kara"
    assert [each["page"] for each in found["look_up"]] == ["person"]
    give_up_seat(hall)
    phone.goto(f"{hall.url}/account/erase")
    phone.get_by_role("button", name="Meine Daten löschen").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ihre Daten sind gelöscht")
    desk.reload()
    expect(desk.get_by_role("heading", level=1)).to_have_text(f"Ehemaliges Mitglied {member.id}")
    hall.held.expire_all()
    assert hall.held.get_one(Member, member.id).name == f"Ehemaliges Mitglied {member.id}"
    hall.held.commit()


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.drill)])
def test_every_page_stands_the_inspection(hall, open_phone: OpenPhone, scheme: str) -> None:
    member = hall.council.members[0]
    desk, phone = open_phone(viewport=DESKTOP, color_scheme=scheme), open_phone(color_scheme=scheme)
    hall.sign_in(desk, hall.council.moderators[0])
    hall.sign_in(phone, member)
    desk.goto(f"{hall.url}/roster/members/{member.id}")
    inspect(desk)
    for address in ("", "look-ups", "details", "data", "erase"):
        phone.goto(f"{hall.url}/account/{address}")
        inspect(phone)
    phone.get_by_role("button", name="Meine Daten löschen").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ihr Wunsch ist eingetragen")
    inspect(phone)
    phone.goto(f"{hall.url}/account/")
    inspect(phone)
    desk.goto(f"{hall.url}/roster/")
    expect(desk.get_by_role("heading", name="Wer gelöscht werden möchte")).to_be_visible()
    inspect(desk)
    phone.goto(f"{hall.url}/datenschutz")
    inspect(phone)


@pytest.mark.drill
def test_the_request_by_keyboard_alone(hall, open_phone: OpenPhone) -> None:
    page = open_phone(viewport=DESKTOP)
    hall.sign_in(page, hall.council.members[0])
    page.goto(f"{hall.url}/account/erase")
    for _tab in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.innerText.trim()") == "Meine Daten löschen":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Wunsch ist eingetragen")
