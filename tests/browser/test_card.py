"""Opening a card on a phone: signing in, making the voting key and getting it back."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from app import card_secret
from app.account.entering import make_link
from app.card_revoking import revoke_cards
from app.demo.phone import Phone
from app.models import VotingKey
from tests.app.builder import LONG_AGO
from tests.browser.inspection import inspect

POINT = """() => new Promise((resolve) => {
  const open = indexedDB.open('kiezvotum');
  open.onsuccess = () => {
    const all = open.result.transaction('keys').objectStore('keys').getAll();
    all.onsuccess = () => resolve(all.result.map(({ point }) => point));
  };
})"""


@pytest.fixture
def member(hall):
    return hall.council.members[0]


@pytest.fixture
def card(hall, member):
    return hall.council.phones[member.id]


def heading(page):
    return page.get_by_role("heading", level=1)


def say_yes(page):
    page.get_by_role("button", name="Ja, das bin ich").click()


def record(page):
    """All that leaves the phone: addresses, bodies and headers."""
    sent = []
    page.on(
        "request",
        lambda request: sent.append(f"{request.url} {request.post_data} {request.headers}"),
    )
    return sent


def test_card_makes_the_key_and_stays_secret(hall, open_phone, member, card):
    hall.forget_key(member)
    page = open_phone()
    sent = record(page)
    page.goto(hall.card_address(member))
    expect(heading(page)).to_have_text("Sind Sie das?")
    assert page.url == f"{hall.url}/karte"
    expect(page.locator("[data-slot=body]")).to_have_text(hall.council.body.name)
    inspect(page)
    assert hall.key(member) is None
    say_yes(page)
    expect(page.get_by_text("Dieses Handy hat jetzt Ihren Wahlschlüssel.")).to_be_visible()
    page.wait_for_url("**/booth/")
    expect(page.get_by_text("Dieses Handy hat jetzt Ihren Wahlschlüssel.")).to_be_visible()
    [point] = page.evaluate(POINT)
    assert hall.key(member).point == point
    code = card.unwrap(hall.card(member).wrapped)
    assert Phone(card.term, card.secret, code).point == point
    for words in (card.card_text, card.card_text.split("-")[0], code):
        assert not any(words in line for line in sent)
    page.reload()
    expect(page.get_by_text("Dieses Handy hat jetzt Ihren Wahlschlüssel.")).to_be_hidden()


def test_another_phone_gets_the_same_key_back(hall, open_phone, member, card):
    for _ in range(2):
        page = open_phone()
        page.goto(hall.card_address(member))
        say_yes(page)
        page.wait_for_url("**/booth/")
        expect(page.get_by_text("Ihr Wahlschlüssel ist wieder da.")).to_be_visible()
        assert page.evaluate(POINT) == [card.point]
    page.goto(hall.card_address(member))
    say_yes(page)
    expect(page.get_by_text("Ihr Wahlschlüssel ist auf diesem Handy.")).to_be_visible()


def test_english_card_leads_to_english_pages(hall, open_phone, member):
    page = open_phone()
    hall.enter(page, member, "/en")
    assert page.locator("html").get_attribute("lang") == "en"


def test_typed_words_stay_in_the_browser(hall, open_phone, member, card):
    page = open_phone()
    sent = record(page)
    page.goto(f"{hall.url}/karte")
    expect(page.locator("[data-words-error]")).to_be_hidden()
    words = page.locator("input[name=words]")
    words.fill("das sind keine Wörter einer Karte")
    page.get_by_role("button", name="Weiter").click()
    expect(page.locator("[data-words-error]")).to_be_visible()
    expect(words).to_be_focused()
    words.fill(card.card_text.replace("-", " ").upper())
    words.press("Enter")
    expect(heading(page)).to_have_text("Sind Sie das?")
    say_yes(page)
    page.wait_for_url("**/booth/")
    first = card.card_text.split("-")[0]
    assert not any(first in line.lower() for line in sent)


def test_card_scanned_while_the_page_is_open(hall, open_phone, member):
    page = open_phone()
    page.goto(f"{hall.url}/karte")
    page.goto(hall.card_address(member))
    expect(heading(page)).to_have_text("Sind Sie das?")
    assert page.url == f"{hall.url}/karte"


def test_no_signs_nobody_in(hall, open_phone, member):
    page = open_phone()
    page.goto(hall.card_address(member))
    page.get_by_role("button", name="Nein").click()
    expect(heading(page)).to_have_text("Das ist nicht Ihre Karte")
    inspect(page)
    assert not any(cookie["name"] == "kiezvotum" for cookie in page.context.cookies())


def test_somebody_else_is_signed_in_here(hall, open_phone, member):
    page = open_phone()
    hall.enter(page, hall.council.members[1])
    page.goto(hall.card_address(member))
    expect(page.locator("[data-other]")).to_be_visible()
    say_yes(page)
    page.wait_for_url("**/booth/")
    page.goto(hall.card_address(member))
    expect(heading(page)).to_have_text("Sind Sie das?")
    expect(page.locator("[data-other]")).to_be_hidden()


def test_unknown_unreadable_and_revoked_cards(hall, open_phone, member):
    page = open_phone()
    page.goto(f"{hall.url}/karte#{card_secret.spell(bytes(16))}")
    expect(heading(page)).to_have_text("Diese Karte kennen wir nicht")
    page.goto(f"{hall.url}/karte#%E0%A4%A")
    expect(heading(page)).to_have_text("Diese Karte kennen wir nicht")
    inspect(page)
    revoke_cards(hall.held, hall.council.term.id, [member.id], datetime.now(UTC))
    hall.held.commit()
    page.goto(hall.card_address(member))
    expect(heading(page)).to_have_text("Diese Karte gilt nicht mehr")
    assert page.url == f"{hall.url}/karte"


def test_an_area_that_stands_still_says_so(hall, open_phone, member):
    hall.forget_key(member)
    hall.council.area.set_back_at = datetime.now(UTC)
    hall.held.add(hall.council.area)
    hall.held.commit()
    page = open_phone()
    page.goto(hall.card_address(member))
    say_yes(page)
    expect(heading(page)).to_have_text("Ihr Gebiet steht gerade still")
    inspect(page)


def test_too_many_tries_and_no_connection(hall, open_phone, member):
    page = open_phone()
    page.route(
        "**/karte/check",
        lambda route: route.fulfill(
            status=429, headers={"Retry-After": "90"}, json={"error": "throttled"}
        ),
    )
    page.goto(hall.card_address(member))
    expect(heading(page)).to_have_text("Bitte kurz warten")
    expect(page.locator("[data-slot=seconds]").first).to_have_text("90")
    page.unroute("**/karte/check")
    page.get_by_role("button", name="Noch einmal versuchen").click()
    expect(heading(page)).to_have_text("Sind Sie das?")
    page.route("**/karte/sign-in", lambda route: route.abort())
    say_yes(page)
    expect(heading(page)).to_have_text("Keine Verbindung")
    inspect(page)
    page.unroute("**/karte/sign-in")
    page.get_by_role("button", name="Noch einmal versuchen").click()
    page.wait_for_url("**/booth/")


def test_lost_answer_to_a_new_key_does_not_make_a_second_one(hall, open_phone, member, card):
    hall.forget_key(member)
    page = open_phone()

    def arrive_unheard(route):
        route.fetch()
        route.abort()

    page.route("**/karte/key", arrive_unheard)
    page.goto(hall.card_address(member))
    say_yes(page)
    expect(heading(page)).to_have_text("Keine Verbindung")
    made = hall.key(member).point
    page.unroute("**/karte/key")
    page.get_by_role("button", name="Noch einmal versuchen").click()
    page.wait_for_url("**/booth/")
    assert page.evaluate(POINT) == [made]


def test_another_phone_was_faster(hall, open_phone, member, card):
    hall.forget_key(member)
    page = open_phone()

    def overtake(route):
        row = hall.card(member)
        row.wrapped = card.wrap()
        key = VotingKey(
            area_id=member.area_id,
            member_id=member.id,
            term_id=card.term,
            group="Ed25519",
            point=card.point,
            registered_at=LONG_AGO,
        )
        hall.held.add_all([row, key])
        hall.held.commit()
        route.continue_()

    page.route("**/karte/key", overtake)
    page.goto(hall.card_address(member))
    say_yes(page)
    page.wait_for_url("**/booth/")
    assert page.evaluate(POINT) == [card.point]


def test_page_open_for_hours_gets_a_new_token(hall, open_phone, member):
    page = open_phone()
    page.goto(hall.card_address(member))
    expect(heading(page)).to_have_text("Sind Sie das?")
    refusals = [{"status": 400, "json": {"error": "form_too_old"}}]

    def refuse_once(route):
        if refusals:
            route.fulfill(**refusals.pop())
        else:
            route.continue_()

    page.route("**/karte/sign-in", refuse_once)
    say_yes(page)
    page.wait_for_url("**/booth/")


def test_copy_that_this_card_does_not_open(hall, open_phone, member, card):
    row = hall.card(member)
    row.wrapped = Phone.fresh(card.term).wrap()
    hall.held.add(row)
    hall.held.commit()
    page = open_phone()
    page.goto(hall.card_address(member))
    say_yes(page)
    expect(heading(page)).to_have_text("Ihr Wahlschlüssel kam nicht an")
    inspect(page)
    page.get_by_role("link", name="Weiter ohne Wahlschlüssel").click()
    page.wait_for_url("**/booth/")
    assert page.evaluate(POINT) == []


def test_browser_that_cannot_keep_a_key(hall, open_phone, member):
    hall.forget_key(member)
    page = open_phone()
    page.add_init_script("indexedDB.open = () => { throw new DOMException('', 'SecurityError'); };")
    page.goto(hall.card_address(member))
    say_yes(page)
    expect(heading(page)).to_have_text("Dieses Gerät kann keinen Wahlschlüssel behalten")
    assert hall.key(member) is None


def link_of(hall, person):
    token = make_link(hall.held, person, datetime.now(UTC))
    hall.held.commit()
    return f"{hall.url}/anmelden/{token}"


def test_sign_in_link_with_a_card_restores_the_key(hall, open_phone, member, card):
    page = open_phone()
    sent = record(page)
    address = link_of(hall, member)
    page.goto(f"{address}#{card.card_text}")
    expect(page).to_have_url(address)
    inspect(page)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url("**/booth/")
    assert page.evaluate(POINT) == [card.point]
    assert not any(card.card_text.split("-")[0] in line for line in sent)


def test_sign_in_link_without_a_card_is_a_plain_form(hall, open_phone, member):
    page = open_phone()
    page.goto(link_of(hall, hall.council.moderators[0]))
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url("**/desk/")
    other = open_phone(java_script_enabled=False)
    other.goto(f"{link_of(hall, member)}#{hall.council.phones[member.id].card_text}")
    other.get_by_role("button", name="Anmelden").click()
    other.wait_for_url("**/booth/**")


def test_words_work_without_script(hall, open_phone, member, card):
    page = open_phone(java_script_enabled=False)
    page.goto(f"{hall.url}/karte")
    page.locator("input[name=words]").fill(card.card_text)
    page.get_by_role("button", name="Weiter").click()
    page.wait_for_url("**/booth/")


def test_signing_out_takes_the_key_from_the_phone(hall, open_phone, member, card):
    page = open_phone()
    hall.enter(page, member)
    assert page.evaluate(POINT) == [card.point]
    page.goto(f"{hall.url}/account/")
    inspect(page)
    page.get_by_role("button", name="Abmelden").last.click()
    page.wait_for_url(f"{hall.url}/")
    assert page.evaluate(POINT) == []
    page.goto(f"{hall.url}/booth/")
    expect(page.get_by_text("Bitte scannen Sie Ihre Karte noch einmal.").first).to_be_visible()
