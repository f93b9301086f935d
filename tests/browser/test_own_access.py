"""Account pages of officers and of a first visit, with axe, by keys alone and without script."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app import second_person
from app.models import LookUp, Officer
from tests.app.account import team
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect
from tests.browser.test_officers_access import administrator, grow_old, make_speaker, press
from tests.service.browser import DESKTOP, OpenPhone
from tests.service.site import Site

pytestmark = pytest.mark.drill
LINK = re.compile(r"http\S+/account/entry/mail\S+")


def equip(hall: Hall) -> tuple[Officer, str]:
    """A real officer with an app, and its secret."""
    mail = f"nele{hall.council.area.id}@team.example"
    officer = team.add_officer(hall.held, hall.council, mail=mail)
    return officer, team.equip(hall.held, officer)


def find_link(folder: Path, recipient: str, page: Page) -> str:
    """The link in the mail that the worker has put there."""
    for _second in range(40):
        for file in folder.glob("*.eml"):
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            if message["To"] == recipient:
                found = LINK.search(message.get_content())
                assert found is not None
                return found[0]
        page.wait_for_timeout(500)
    raise AssertionError(f"no mail to {recipient}")


@pytest.mark.parametrize("has_script", [True, False])
def test_an_officer_corrects_name_and_address(
    shared_site: tuple[Site, Flask], hall: Hall, open_phone: OpenPhone, has_script: bool
) -> None:
    site, _app = shared_site
    officer, secret = equip(hall)
    new = f"neu{hall.council.area.id}@team.example"
    desk = open_phone(java_script_enabled=has_script)
    check = inspect if has_script else lambda _page: None
    hall.sign_in(desk, officer)
    grow_old(hall, officer)
    desk.goto(f"{hall.url}/account/")
    check(desk)
    press(desk, "Name und E-Mail ändern")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Bitte noch einmal bestätigen")
    check(desk)
    desk.get_by_label("Code").fill(team.code(secret))
    press(desk, "Bestätigen")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Mein Name und meine E-Mail")
    check(desk)
    desk.get_by_label("E-Mail").fill("keine Adresse")
    press(desk, "Speichern")
    expect(desk.get_by_text("Das ist keine E-Mail-Adresse.").first).to_be_visible()
    check(desk)
    desk.get_by_label("Name", exact=True).fill("Nele Sommer")
    desk.get_by_label("E-Mail").fill(new)
    press(desk, "Speichern")
    expect(desk.get_by_text("Nele Sommer").first).to_be_visible()
    check(desk)
    desk.goto(find_link(site.instance / "mail", new, desk).replace(site.url, hall.url))
    expect(desk.get_by_text(new)).to_be_visible()
    check(desk)
    press(desk, "Neue Adresse nehmen")
    expect(desk.get_by_text("Die neue Adresse gilt.")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False])
def test_an_officer_leaves(hall: Hall, open_phone: OpenPhone, has_script: bool) -> None:
    officer, _secret = equip(hall)
    alone, desk = open_phone(viewport=DESKTOP), open_phone(java_script_enabled=has_script)
    hall.sign_in(alone, administrator(hall))
    alone.goto(f"{hall.url}/account/entry/leave")
    expect(alone.get_by_text("Sie sind allein in der Verwaltung.")).to_be_visible()
    inspect(alone)
    hall.sign_in(desk, officer)
    desk.goto(f"{hall.url}/account/data")
    press(desk, "Ich möchte gelöscht werden")
    if has_script:
        inspect(desk)
    press(desk, "Zugang beenden und löschen")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ihr Zugang ist gelöscht")
    if has_script:
        inspect(desk)
    desk.goto(f"{hall.url}/account/")
    expect(desk.get_by_role("heading", level=1)).not_to_have_text("Mein Konto")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_officers_stand_the_inspection(
    hall: Hall, open_phone: OpenPhone, scheme: str
) -> None:
    held, council = hall.held, hall.council
    now = datetime.now(UTC)
    asked = second_person.ask(
        held, "change_roster", council.moderators[0], now, reason="Umzug", body_id=council.body.id
    )
    boss = administrator(hall)
    for looked_at in (now, now - timedelta(days=400)):
        held.add(
            LookUp(
                area_id=boss.area_id,
                member_id=council.members[0].id,
                officer_id=boss.id,
                page="person",
                looked_at=looked_at,
            )
        )
    held.commit()
    make_speaker(hall)
    desk, phone = open_phone(viewport=DESKTOP, color_scheme=scheme), open_phone(color_scheme=scheme)
    hall.sign_in(desk, boss)
    hall.sign_in(phone, council.members[0])
    for page in (desk, phone):
        page.goto(f"{hall.url}/account/second-person")
        expect(page.get_by_text("Umzug").first).to_be_visible()
        inspect(page)
    assert asked.confirmed_at is None
    desk.goto(f"{hall.url}/account/")
    press(desk, "Wessen Daten ich angesehen habe")
    expect(desk.get_by_text(council.members[0].name).first).to_be_visible()
    inspect(desk)
    desk.goto(f"{hall.url}/roster/area")
    press(desk, "Was als Nächstes gelöscht wird")
    expect(desk.get_by_role("table")).to_be_visible()
    inspect(desk)
    desk.goto(f"{hall.url}/account/officers/{council.moderators[1].id}/end")
    inspect(desk)
    press(desk, "Zugang beenden")
    expect(desk.get_by_text("hat keinen Zugang mehr")).to_be_visible()
    inspect(desk)


@pytest.mark.parametrize("has_script", [True, False])
def test_the_first_questions_with_keys_alone(
    hall: Hall, open_phone: OpenPhone, has_script: bool
) -> None:
    phone = open_phone(java_script_enabled=has_script)
    check = inspect if has_script else lambda _page: None
    hall.sign_in(phone, hall.council.members[0])
    phone.goto(f"{hall.url}/account/first/name")
    check(phone)
    phone.get_by_label("Name").fill("")
    press(phone, "Weiter")
    expect(phone.get_by_text("Bitte füllen Sie dieses Feld aus.").first).to_be_visible()
    check(phone)
    phone.get_by_label("Name").fill("A. Kara")
    press(phone, "Weiter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Wollen Sie Nachrichten bekommen?")
    check(phone)
    phone.get_by_label("E-Mail").fill("aylin")
    press(phone, "Weiter")
    expect(phone.get_by_text("Das ist keine E-Mail-Adresse.").first).to_be_visible()
    check(phone)
    press(phone, "Ohne E-Mail weiter")
    expect(phone).to_have_url(f"{hall.url}/account/code")


def test_another_device_is_signed_out_without_script(hall: Hall, open_phone: OpenPhone) -> None:
    member = hall.council.members[0]
    phone, other = open_phone(java_script_enabled=False), open_phone()
    for page in (other, phone):
        hall.sign_in(page, member)
        page.goto(f"{hall.url}/account/")
    phone.get_by_role("button", name=re.compile("abmelden$")).first.focus()
    with phone.expect_navigation():
        phone.keyboard.press("Enter")
    expect(phone.get_by_text("Das Gerät ist abgemeldet.")).to_be_visible()
    other.reload()
    expect(other.get_by_role("heading", level=1)).not_to_have_text("Mein Konto")
    press(phone, "Abmelden")
    phone.goto(f"{hall.url}/account/")
    expect(phone.get_by_role("heading", level=1)).not_to_have_text("Mein Konto")
