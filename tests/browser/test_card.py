"""Opening a card on a phone: signing in, making the voting key and getting it back."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from app import card_secret
from app.account.entering import make_link
from app.demo.phone import Phone
from app.models import Card, VotingKey
from app.roster.printing import revoke_cards
from tests.app.builder import LONG_AGO
from tests.browser.inspection import inspect

POINT = """() => new Promise((resolve) => {
  const open = indexedDB.open('kiezvotum', 1);
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


@pytest.fixture
def desk(hall, open_phone):
    page = open_phone(viewport={"width": 1280, "height": 800})
    hall.sign_in(page, hall.council.moderators[0])
    return page


def print_for(hall, desk, members):
    desk.goto(f"{hall.url}/roster/bodies/{hall.council.body.id}/cards")
    boxes = desk.locator("input[data-member]")
    for box in boxes.all():
        box.set_checked(int(box.get_attribute("data-member")) in {each.id for each in members})
    desk.get_by_role("button", name="Karten drucken").click()


def test_printed_card_opens_on_a_phone(hall, desk, open_phone, member):
    posted = []
    desk.on("request", lambda request: posted.append(request.post_data or ""))
    print_for(hall, desk, [member])
    expect(desk.get_by_role("heading", name="Die Karten sind fertig")).to_be_visible()
    expect(desk.locator("[data-sheet] article")).to_have_count(1)
    words = desk.locator("[data-slot=words]").inner_text()
    secret = card_secret.parse(words)
    assert secret is not None
    [body] = filter(None, posted)
    verifier = card_secret.verifier(card_secret.signin_key(secret))
    assert body == f'{{"cards":[{{"member":{member.id},"verifier":"{verifier}"}}]}}'
    assert_code(desk, f"{hall.url}/karte#{card_secret.spell(secret)}")
    phone = open_phone()
    phone.goto(hall.card_address(member))
    expect(heading(phone)).to_have_text("Diese Karte gilt nicht mehr")
    phone.goto(f"{hall.url}/karte#{card_secret.spell(secret)}")
    say_yes(phone)
    phone.wait_for_url("**/booth/")
    assert phone.evaluate(POINT) == [hall.key(member).point]


def assert_code(desk, text):
    """Read the squares as a scanner does: version 5, error correction M, bytes."""
    path = desk.locator("[data-qr] path").get_attribute("d")
    dark = {(int(x) - 4, int(y) - 4) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}
    assert read_code(dark) == text


SIZE = 37
MASKS = [
    lambda x, y: (x + y) % 2,
    lambda x, y: y % 2,
    lambda x, y: x % 3,
    lambda x, y: (x + y) % 3,
    lambda x, y: (x // 3 + y // 2) % 2,
    lambda x, y: x * y % 2 + x * y % 3,
    lambda x, y: (x * y % 2 + x * y % 3) % 2,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2,
]


def read_code(dark):
    form = number((place, 8) in dark for place in (0, 1, 2, 3, 4, 5, 7)) ^ 0b1010100
    assert form >> 5 == 0, "error correction M"
    is_turned = MASKS[form >> 2 & 7]
    bits = [((x, y) in dark) ^ (is_turned(x, y) == 0) for x, y in places() if not is_pattern(x, y)]
    words = [number(bits[at : at + 8]) for at in range(0, len(bits) // 8 * 8, 8)]
    # Two blocks of 43 words, written in turns; then half bytes: kind, length, text.
    data = [*words[0:86:2], *words[1:86:2]]
    halves = [half for word in data for half in (word >> 4, word & 15)]
    kind, length = halves[0], halves[1] << 4 | halves[2]
    assert kind == 4, "bytes"
    body = halves[3 : 3 + 2 * length]
    return bytes(high << 4 | low for high, low in zip(body[::2], body[1::2], strict=True)).decode()


def number(bits):
    return int("".join(str(int(bit)) for bit in bits), 2)


def places():
    """In columns of two from the right, up and down; the timing column is left out."""
    columns = [x for x in range(SIZE - 1, 0, -2) if x > 6] + [5, 3, 1]
    for turn, x in enumerate(columns):
        for y in range(SIZE) if turn % 2 else range(SIZE - 1, -1, -1):
            yield from ((x, y), (x - 1, y))


def is_pattern(x, y):
    last = SIZE - 8
    in_corner = (x < 9 and y < 9) or (x >= last and y < 9) or (x < 9 and y >= last)
    return in_corner or 6 in (x, y) or (28 <= x <= 32 and 28 <= y <= 32)


def test_four_cards_a_page_and_no_secret_stays(hall, desk):
    print_for(hall, desk, hall.council.members)
    expect(desk.locator("[data-sheet] .card-page")).to_have_count(3)
    inspect(desk)
    pages = len(re.findall(rb"/Type\s*/Page\b", desk.pdf(format="A4", print_background=True)))
    assert pages == 3
    desk.goto(f"{hall.url}/roster/bodies/{hall.council.body.id}")
    desk.go_back()
    expect(desk.locator("[data-sheet] article")).to_have_count(0)


def test_cards_are_shown_only_when_they_are_valid(hall, desk, member):
    print_for(hall, desk, [])
    expect(desk.get_by_role("heading", name="Niemand ist angekreuzt")).to_be_visible()
    before = hall.held.get(Card, hall.card(member).id).verifier
    desk.route(
        "**/roster/bodies/*/cards",
        lambda route: (
            route.fulfill(status=403, json={"error": "forbidden"})
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    print_for(hall, desk, [member])
    expect(desk.get_by_role("heading", name="Das hat nicht geklappt")).to_be_visible()
    expect(desk.locator("[data-sheet] article")).to_have_count(0)
    assert hall.card(member).verifier == before


def test_lost_answer_registers_the_same_cards(hall, desk, member):
    bodies = []

    def lose_first(route):
        if route.request.method != "POST":
            route.continue_()
            return
        bodies.append(route.request.post_data)
        response = route.fetch()
        if len(bodies) == 1:
            route.abort()
        else:
            route.fulfill(response=response)

    desk.route("**/roster/bodies/*/cards", lose_first)
    print_for(hall, desk, [member])
    expect(desk.get_by_role("heading", name="Die Karten sind fertig")).to_be_visible()
    assert bodies[0] == bodies[1]


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
