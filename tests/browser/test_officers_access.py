"""Handing an area over, a coordinator's room and what happened at an entrance, with keys alone."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.body import day_of
from app.models import Membership, Officer, SecurityEvent, UserSession
from tests.app import builder
from tests.app.account import team
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP, OpenPhone


def administrator(hall) -> Officer:
    """Somebody of the demo, who enters without a second factor."""
    made = Officer(
        area_id=hall.council.area.id, name="Ruth Amsel", role="administrator", is_demo=True
    )
    hall.held.add(made)
    hall.held.commit()
    return made


def make_speaker(hall) -> None:
    first = Membership.member_id == hall.council.members[0].id
    hall.held.exec(select(Membership).where(first)).one().role = "speaker"
    hall.held.commit()


def press(page: Page, name: str) -> None:
    """Reach a button or link by its name and press it on the keyboard."""
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.drill
def test_an_area_is_handed_over_by_an_administrator_and_a_speaker(
    hall, open_phone: OpenPhone
) -> None:
    make_speaker(hall)
    desk = open_phone(viewport=DESKTOP)
    hall.sign_in(desk, administrator(hall))
    desk.goto(f"{hall.url}/roster/area")
    press(desk, "Gebiet übergeben")
    inspect(desk)
    desk.get_by_label("Neuer Träger").fill("Kiezwerk gGmbH")
    press(desk, "Zweite Person fragen")
    expect(desk.get_by_role("heading", name="Es fehlt noch etwas")).to_be_visible()
    inspect(desk)
    desk.get_by_label("Auftrag von").fill("Senatsverwaltung")
    desk.get_by_label("Ab welchem Tag?").fill(str(day_of(datetime.now(UTC)) + timedelta(days=9)))
    first = desk.get_by_role("group", name="Person 1")
    first.get_by_label("Name").fill("Ada Roth")
    first.get_by_label("E-Mail").fill("ada@kiezwerk.example")
    desk.get_by_label("Grund").fill("Der Auftrag ist neu vergeben.")
    press(desk, "Zweite Person fragen")
    expect(desk.get_by_role("heading", level=2, name="Gebiet an ein neues")).to_be_visible()
    inspect(desk)
    phone = open_phone(java_script_enabled=False)
    hall.sign_in(phone, hall.council.members[0])
    phone.goto(f"{hall.url}/account/second-person")
    press(phone, "Übergabe ansehen")
    expect(phone.get_by_text("ada@kiezwerk.example")).to_be_visible()
    press(phone, "Übergabe bestätigen")
    expect(phone.get_by_role("status")).to_contain_text("Bestätigt")
    desk.reload()
    expect(desk.get_by_role("heading", name="Die Übergabe steht fest")).to_be_visible()
    inspect(desk)
    press(desk, "Übergabe zurücknehmen")
    inspect(desk)
    desk.get_by_label("Grund").fill("Der Auftrag kommt doch nicht.")
    press(desk, "Zweite Person fragen")
    expect(desk.get_by_text("Der Auftrag kommt doch nicht.")).to_be_visible()
    inspect(desk)
    phone.goto(f"{hall.url}/account/second-person")
    press(phone, "Übergabe ansehen")
    press(phone, "Zurücknehmen bestätigen")
    expect(phone.get_by_role("status")).to_contain_text("Bestätigt")
    desk.reload()
    expect(desk.get_by_label("Neuer Träger")).to_be_visible()


@pytest.mark.drill
def test_a_coordinator_changes_the_area_and_states_an_opinion(hall, open_phone: OpenPhone) -> None:
    other = builder.build_council(hall.held, "wiese", with_keys=False)
    builder.build_proposal(hall.held, other, "Bänke an der Wiese")
    reader = builder.add_coordinator(hall.held, [hall.council, other], mail="kim@amt.example")
    reader.is_demo = True
    hall.held.add(reader)
    hall.held.commit()
    phone = open_phone()
    hall.sign_in(phone, reader)
    phone.goto(f"{hall.url}/coordination/")
    inspect(phone)
    phone.get_by_label("Anderes Gebiet").select_option("Wiese")
    press(phone, "Gebiet wechseln")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Wiese")
    press(phone, other.body.name)
    inspect(phone)
    phone.goto(f"{hall.url}/proposals/")
    press(phone, "Bänke an der Wiese")
    phone.get_by_label("Ihre Stellungnahme").fill("Der Bezirk begrüßt das.")
    press(phone, "Stellungnahme abgeben")
    expect(phone.get_by_role("article")).to_contain_text("Der Bezirk begrüßt das.")
    inspect(phone)


def test_what_happened_at_an_entrance_is_read_in_the_account(hall, open_phone: OpenPhone) -> None:
    officer = administrator(hall)
    hall.held.add(
        SecurityEvent(
            area_id=officer.area_id,
            officer_id=officer.id,
            kind="passkey_added",
            device="android",
            at=datetime.now(UTC),
        )
    )
    hall.held.commit()
    phone = open_phone()
    hall.sign_in(phone, officer)
    phone.goto(f"{hall.url}/account/")
    expect(phone.get_by_text("Neuer Passkey")).to_be_visible()
    inspect(phone)
    for name in ("Wessen Daten ich angesehen habe", "Was über mich gespeichert ist"):
        phone.goto(f"{hall.url}/account/")
        press(phone, name)
        inspect(phone)


def grow_old(hall, officer: Officer) -> None:
    """Let eleven minutes pass since the last proof."""
    hall.held.commit()
    row = hall.held.exec(select(UserSession).where(UserSession.officer_id == officer.id)).one()
    row.confirmed_at = datetime.now(UTC) - timedelta(minutes=11)
    hall.held.commit()


@pytest.mark.drill
@pytest.mark.parametrize("has_script", [True, False])
def test_an_officer_proves_again_with_keys_alone(
    hall, open_phone: OpenPhone, has_script: bool
) -> None:
    """Before an act a code is asked for, eleven minutes later; then it goes on where it was."""
    officer = team.add_officer(
        hall.held, hall.council, mail=f"a{hall.council.area.id}@team.example"
    )
    secret = team.equip(hall.held, officer)
    desk = open_phone(java_script_enabled=has_script)
    hall.sign_in(desk, officer)
    grow_old(hall, officer)
    address = f"{hall.url}/roster/members/{hall.council.members[0].id}/edit"
    desk.goto(address)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Bitte noch einmal bestätigen")
    if has_script:
        inspect(desk)
    press(desk, "Bestätigen")
    expect(desk.get_by_role("heading", name="Es fehlt noch etwas")).to_be_visible()
    if has_script:
        inspect(desk)
    desk.get_by_label("Code").fill(team.code(secret))
    press(desk, "Bestätigen")
    expect(desk).to_have_url(address)
    if has_script:
        inspect(desk)


@pytest.mark.drill
def test_what_takes_two_and_what_is_public_says_so(hall, open_phone: OpenPhone) -> None:
    """A card that is asked for or stopped, and a reason with a name in it."""
    member, body = hall.council.members[0], hall.council.body.id
    round_ = builder.prepare_round(hall.held, hall.council)
    hall.held.commit()
    desk = open_phone()
    hall.sign_in(desk, hall.council.moderators[0])
    desk.goto(f"{hall.url}/roster/bodies/{body}/cards/{member.id}/revoke")
    expect(desk.get_by_text("sperrt jetzt niemand allein")).to_be_visible()
    inspect(desk)
    press(desk, "Karte ersetzen")
    desk.get_by_label("Die Karte ist kaputt").focus()
    desk.keyboard.press("Space")
    inspect(desk)
    press(desk, "Neu drucken: zweite Person fragen")
    inspect(desk)
    desk.goto(f"{hall.url}/desk/rounds/{round_.id}/void")
    desk.get_by_label("Grund").fill(f"{member.name} fehlt")
    desk.get_by_label("Grund").press("Enter")
    expect(desk.get_by_label("Grund")).to_have_value(f"{member.name} fehlt")
    expect(desk.get_by_text("Bitte schreiben Sie es ohne Namen.").first).to_be_visible()
    inspect(desk)
    desk.goto(f"{hall.url}/policy")
    inspect(desk)
