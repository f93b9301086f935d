"""More protection on a phone: passphrase, passkey, the voting code on paper, an unknown device."""

import re

import pytest
from playwright.sync_api import expect

from app.account import kept_passphrase
from tests.app.account import team
from tests.app.builder import LONG_AGO
from tests.browser.inspection import inspect
from tests.browser.test_card import POINT, heading, record, say_yes
from tests.browser.test_passkey import give_authenticator, press

PAGES = (
    "/account/",
    "/account/protection",
    "/account/protection/passphrase",
    "/account/protection/copy/delete",
    "/account/code",
    "/account/first/name",
    "/account/first/mail",
    "/karte/weg",
    "/account/card/stop",
)


@pytest.fixture
def member(hall):
    return hall.council.members[0]


@pytest.fixture
def card(hall, member):
    return hall.council.phones[member.id]


@pytest.fixture
def protected(hall, member):
    kept_passphrase.keep(hall.held, member, team.stored_passphrase(), LONG_AGO)
    hall.held.commit()
    return member


def open_card(hall, page, member):
    page.goto(hall.card_address(member))
    say_yes(page)


def test_a_new_phone_shows_the_passphrase_and_gets_the_key(hall, open_phone, protected, card):
    page = open_phone()
    open_card(hall, page, protected)
    expect(heading(page)).to_have_text("Dieses Gerät ist neu")
    expect(page.get_by_role("button", name="Mit Passkey anmelden")).to_be_hidden()
    inspect(page)
    page.get_by_label("Ihre Passphrase").fill("falsch")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Das stimmt nicht.")).to_be_visible()
    inspect(page)
    page.get_by_label("Ihre Passphrase").fill(team.PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/booth/")
    assert page.evaluate(POINT) == [card.point]


def test_the_voting_code_opens_and_stays_in_the_phone(hall, open_phone, protected, card):
    page = open_phone()
    sent = record(page)
    open_card(hall, page, protected)
    page.get_by_text("Beides weg? Notfall-Code einfügen").click()
    page.get_by_label("Ihr Notfall-Code").fill("so nicht")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Das stimmt nicht.")).to_be_visible()
    page.get_by_label("Ihr Notfall-Code").fill(card.code.replace("-", " "))
    page.keyboard.press("Enter")
    page.wait_for_url("**/booth/")
    assert page.evaluate(POINT) == [card.point]
    for group in card.code.split("-"):
        assert not any(group in line for line in sent)


def test_a_passkey_protects_and_lets_in(hall, open_phone, member, card):
    page = open_phone()
    give_authenticator(page)
    hall.enter(page, member)
    page.goto(f"{hall.url}/account/protection")
    page.get_by_label("Name für diesen Passkey").fill("Mein Handy")
    page.get_by_role("button", name="Passkey hinzufügen").click()
    expect(page.get_by_text("Neue Geräte brauchen jetzt auch Ihren Passkey.")).to_be_visible()
    inspect(page)
    without = open_phone()
    give_authenticator(without)
    open_card(hall, without, member)
    without.get_by_role("button", name="Mit Passkey anmelden").click()
    expect(without.get_by_text("Das stimmt nicht.")).to_be_visible()
    page.goto(f"{hall.url}/account/")
    page.get_by_role("button", name="Abmelden", exact=True).click()
    page.wait_for_url(f"{hall.url}/")
    open_card(hall, page, member)
    expect(page.get_by_label("Ihre Passphrase")).to_be_hidden()
    inspect(page)
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url("**/booth/")
    assert page.evaluate(POINT) == [card.point]


def test_without_script_words_and_passphrase_by_keyboard(hall, open_phone, protected, card):
    page = open_phone(java_script_enabled=False)
    page.goto(f"{hall.url}/karte")
    page.locator("input[name=words]").fill(card.card_text)
    page.keyboard.press("Enter")
    page.wait_for_url("**/karte/passphrase")
    page.get_by_label("Ihre Passphrase").fill(team.PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/booth/")
    page.goto(f"{hall.url}/account/protection")
    press(page, "Passphrase entfernen", "link")
    page.get_by_label("Passphrase").fill(team.PASSPHRASE)
    press(page, "Bestätigen")
    press(page, "Passphrase entfernen")
    expect(page.get_by_text("Die Passphrase ist entfernt.")).to_be_visible()
    page.goto(f"{hall.url}/account/code")
    expect(page.get_by_text("Zum Anzeigen braucht es JavaScript.")).to_be_visible()


def test_the_code_is_shown_kept_and_brings_the_key_back(hall, open_phone, member, card):
    first = open_phone()
    hall.enter(first, member)
    first.goto(f"{hall.url}/account/code")
    expect(first.locator(".voting-code")).to_have_text(card.code)
    expect(first.get_by_role("img", name="QR-Code mit dem Notfall-Code")).to_be_visible()
    with first.expect_download() as saved:
        first.get_by_role("link", name="Als Datei sichern").click()
    assert card.code in saved.value.path().read_text()
    first.emulate_media(media="print")
    expect(first.locator(".voting-code")).to_be_visible()
    expect(first.get_by_role("link", name="Als Datei sichern")).to_be_hidden()
    first.emulate_media(media="screen")
    first.goto(f"{hall.url}/account/protection/copy/delete")
    first.get_by_role("button", name="Kopie löschen").click()
    expect(first.get_by_text("Bei uns liegt keine Kopie.")).to_be_visible()
    second = open_phone()
    open_card(hall, second, member)
    expect(heading(second)).to_have_text("Ihr Wahlschlüssel kam nicht an")
    inspect(second)
    second.get_by_role("link", name="Notfall-Code einfügen").click()
    code = second.get_by_label("Ihr Notfall-Code")
    code.fill(hall.council.phones[hall.council.members[1].id].code)
    second.keyboard.press("Enter")
    expect(second.get_by_text("Das ist nicht Ihr Notfall-Code.")).to_be_visible()
    assert second.evaluate(POINT) == []
    inspect(second)
    code.fill(card.code)
    second.keyboard.press("Enter")
    expect(second.locator("[data-state=stored]")).to_be_visible()
    assert second.evaluate(POINT) == [card.point]


@pytest.mark.drill
def test_another_device_is_asked_about_and_ended_by_keyboard(hall, open_phone, member):
    first, second = open_phone(), open_phone()
    hall.enter(first, member)
    hall.enter(second, member)
    expect(second.get_by_text("Waren Sie das?")).to_be_hidden()
    first.goto(f"{hall.url}/booth/")
    expect(first.get_by_text("Waren Sie das?")).to_be_visible()
    inspect(first)
    press(first, re.compile("^Nein"), "link")
    expect(heading(first)).to_have_text("Ihre Karte sperren?")
    inspect(first)
    press(first, "Karte sperren")
    expect(heading(first)).to_have_text("Ihre Karte ist gesperrt")
    inspect(first)
    assert second.goto(f"{hall.url}/booth/").status == 401
    second.goto(hall.card_address(member))
    expect(heading(second)).to_have_text("Diese Karte gilt nicht mehr")


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.drill)])
def test_every_page_is_accessible(hall, open_phone, protected, scheme):
    page = open_phone(color_scheme=scheme)
    hall.sign_in(page, protected)
    page.goto(f"{hall.url}/account/protection/passphrase")
    expect(heading(page)).to_have_text("Bitte noch einmal bestätigen")
    inspect(page)
    page.get_by_label("Passphrase").fill(team.PASSPHRASE)
    press(page, "Bestätigen")
    expect(heading(page)).to_have_text("Denken Sie sich eine Passphrase aus")
    for path in (*PAGES, "/account/protection/passphrase/remove"):
        page.goto(hall.url + path)
        assert page.url == hall.url + path
        inspect(page)
