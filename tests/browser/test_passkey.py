"""Passkeys in a real browser with a virtual authenticator; officers' pages by keyboard alone."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from app import entrance_link
from app.models import Officer, Passkey, UserSession
from tests.app.account import team
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP


@pytest.fixture
def officer(hall):
    """Invited, with nothing set up; each test has an address of its own."""
    area = hall.council.area
    made = Officer(
        area_id=area.id, name="Nele Vogt", role="administrator", mail=f"nele@{area.slug}.example"
    )
    hall.held.add(made)
    hall.held.commit()
    return made


@pytest.fixture
def link(hall, officer):
    token = entrance_link.make(hall.held, officer, datetime.now(UTC))
    hall.held.commit()
    return f"{hall.url}/einladung/{token}"


def give_authenticator(page, *, is_verified=True):
    """A built-in authenticator that keeps passkeys; give what speaks for it."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": is_verified,
        "automaticPresenceSimulation": True,
    }
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return tools, made["authenticatorId"]


def make_passkey(page, link):
    page.goto(link)
    page.get_by_role("button", name="Zugang einrichten").click()
    page.get_by_label("Name für diesen Passkey").fill("Mein Laptop")
    page.get_by_role("button", name="Passkey hinzufügen").click()
    page.wait_for_url("**/account/access/codes")


def passkeys(hall, officer):
    hall.held.commit()
    found = hall.held.exec(
        select(Passkey.name, Passkey.sign_count).where(Passkey.officer_id == officer.id)
    ).all()
    hall.held.commit()
    return found


def test_a_passkey_alone_is_an_access(hall, open_phone, officer, link):
    page = open_phone(viewport=DESKTOP)
    tools, authenticator = give_authenticator(page)
    make_passkey(page, link)
    [key] = passkeys(hall, officer)
    assert key.name == "Mein Laptop"
    kept = tools.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert [(each["rpId"], each["isResidentCredential"]) for each in kept] == [("localhost", True)]
    page.goto(f"{hall.url}/account/")
    page.get_by_role("button", name="Abmelden", exact=True).click()
    page.wait_for_url(f"{hall.url}/")
    page.goto(f"{hall.url}/account/sign-in")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url("**/roster/")
    assert passkeys(hall, officer)[0].sign_count > key.sign_count


def test_without_finger_or_pin_there_is_no_passkey(hall, open_phone, officer, link):
    page = open_phone()
    give_authenticator(page, is_verified=False)
    page.goto(link)
    page.get_by_role("button", name="Zugang einrichten").click()
    page.get_by_label("Name für diesen Passkey").fill("Mein Handy")
    page.get_by_role("button", name="Passkey hinzufügen").click()
    expect(page.get_by_text("Das hat nicht geklappt.")).to_be_visible()
    assert passkeys(hall, officer) == []


def test_a_passkey_proves_it_again_before_an_act(hall, open_phone, officer, link):
    page = open_phone()
    give_authenticator(page)
    make_passkey(page, link)
    grow_old(hall, officer)
    page.goto(f"{hall.url}/account/officers/new")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte noch einmal bestätigen")
    inspect(page)
    page.get_by_role("button", name="Mit Passkey bestätigen").click()
    page.wait_for_url("**/account/officers/new")
    page.get_by_label("Name").fill("Ada Roth")
    page.get_by_label("E-Mail").fill(f"ada@{hall.council.area.slug}.example")
    grow_old(hall, officer)
    page.get_by_role("button", name="Einladung schicken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte noch einmal bestätigen")
    page.get_by_role("button", name="Mit Passkey bestätigen").click()
    expect(page.get_by_text("Die Einladung an Ada Roth ist unterwegs.")).to_be_visible()


def test_an_answer_of_a_passkey_is_taken_once(hall, open_phone, officer, link):
    page = open_phone()
    give_authenticator(page)
    make_passkey(page, link)
    page.goto(f"{hall.url}/account/sign-in")
    with page.expect_request("**/account/sign-in/passkey") as sent:
        page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url("**/roster/")
    page.goto(f"{hall.url}/account/sign-in")
    again = page.evaluate(
        """async (sent) => {
          const body = new URLSearchParams(sent);
          body.set('csrf_token', document.querySelector('[name=csrf_token]').value);
          return (await fetch('/account/sign-in/passkey', { method: 'POST', body })).status;
        }""",
        sent.value.post_data,
    )
    assert again == 422


@pytest.mark.parametrize("javascript", [pytest.param(True, marks=pytest.mark.drill), False])
def test_the_whole_way_with_keyboard_alone(hall, open_phone, officer, link, javascript):
    """Passphrase, app and recovery codes need no script."""
    page = open_phone(java_script_enabled=javascript)
    page.goto(link)
    press(page, "Zugang einrichten")
    press(page, "Passphrase ausdenken", "link")
    page.get_by_label("Neue Passphrase").fill(team.PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/access/app")
    secret = page.locator(".app-key").inner_text().replace(" ", "")
    page.get_by_label("Code aus Ihrer App").fill(team.code(secret))
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/access/codes")
    press(page, "Codes zeigen")
    expect(page.locator(".recovery-codes li")).to_have_count(5)
    page.goto(f"{hall.url}/account/")
    press(page, "Abmelden")
    page.wait_for_url(f"{hall.url}/")
    page.goto(f"{hall.url}/account/sign-in")
    page.get_by_label("E-Mail").fill(officer.mail)
    page.locator("input[name=passphrase]").fill(team.PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/sign-in/code")
    page.get_by_label("Code aus Ihrer App").fill(team.code(secret, 1))
    page.keyboard.press("Enter")
    page.wait_for_url("**/roster/")


def press(page, name, role="button"):
    """Reach something by the Tab key alone and press Enter."""
    wanted = page.get_by_role(role, name=name, exact=True)
    for _step in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def grow_old(hall, officer):
    """As if eleven minutes had passed since the officer last proved who this is."""
    hall.held.commit()
    rows = hall.held.exec(select(UserSession).where(UserSession.officer_id == officer.id)).all()
    for row in rows:
        row.confirmed_at = datetime.now(UTC) - timedelta(minutes=11)
    hall.held.commit()


PAGES = (
    "/account/",
    "/account/officers",
    "/account/officers/new",
    "/account/access",
    "/account/access/passphrase",
    "/account/access/codes",
)


def test_every_page_of_the_entrance_is_accessible(hall, open_phone, officer, link):
    page = open_phone()
    for path in ("/account/sign-in", "/account/recovery", "/policy"):
        page.goto(hall.url + path)
        inspect(page)
    page.goto(link)
    inspect(page)
    team.equip(hall.held, officer)
    officer.login = officer.mail
    hall.held.commit()
    hall.sign_in(page, officer)
    for path in PAGES:
        page.goto(hall.url + path)
        assert page.url == hall.url + path
        inspect(page)
    page.goto(f"{hall.url}/account/access")
    page.get_by_role("button", name="App neu einrichten").click()
    page.wait_for_url("**/account/access/app")
    inspect(page)
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("heading", name="Es fehlt noch etwas")).to_be_visible()
    inspect(page)
    page.goto(f"{hall.url}/account/access/codes")
    page.get_by_role("button", name="Codes zeigen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Notfall-Codes")
    inspect(page)
