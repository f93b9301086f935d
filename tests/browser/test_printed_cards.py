"""Cards printed at the desk: what leaves the browser, what stands on paper, what stays behind."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlmodel import update

from app import card_secret
from app.demo.phone import Phone
from app.models import Card, Member, Membership, ReservePlace, Seat
from tests.browser.inspection import inspect
from tests.browser.scanner import scan
from tests.service.browser import DESKTOP

HEIGHTS = """(cards) => cards.map((card) => card.scrollHeight - card.clientHeight)"""
SIZES = """(parts) => parts.map((part) => parseFloat(getComputedStyle(part).fontSize) * 0.75)"""
WATCH_PROGRESS = """addEventListener('DOMContentLoaded', () => {
  const line = document.querySelector('[data-state=working]');
  const watcher = new MutationObserver(() => window.tell(line.textContent));
  if (line) watcher.observe(line, { childList: true });
});"""
WIDTHS = """(codes) => codes.map((code) => code.getBoundingClientRect().width / 96 * 25.4)"""


@pytest.fixture(autouse=True)
def spoilt(hall):
    """All cards have just been printed and nobody used one: they may be printed again."""
    hall.held.exec(
        update(Card).where(Card.term_id == hall.council.term.id).values(printed_at=now())
    )
    hall.held.commit()


def now():
    return datetime.now(UTC)


@pytest.fixture
def desk(hall, open_phone):
    page = open_phone(viewport=DESKTOP)
    hall.sign_in(page, hall.council.moderators[0])
    return page


@pytest.fixture
def member(hall):
    return hall.council.members[0]


@pytest.fixture
def many(hall):
    """The council with 29 people, some of whom read English."""
    council = hall.council
    for position in range(10, 30):
        seat = Seat(
            area_id=council.area.id, body_id=council.body.id, position=position, segment="resident"
        )
        language = "en" if position % 3 == 0 else "de"
        neighbour = Member(
            area_id=council.area.id, name=f"Nachbarin Nummer {position}", language=language
        )
        hall.held.add_all([seat, neighbour])
        hall.held.flush()
        hall.held.add(
            Membership(
                area_id=council.area.id,
                seat_id=seat.id,
                member_id=neighbour.id,
                term_id=council.term.id,
                starts_on=council.term.starts_on,
                ends_on=council.term.ends_on,
            )
        )
    council.area.office_hours = "Dienstag 10 bis 14 Uhr und Donnerstag 14 bis 18 Uhr"
    hall.held.add(council.area)
    hall.held.commit()


def address(hall, rest):
    return f"{hall.url}/roster/bodies/{hall.council.body.id}/{rest}"


def print_for(hall, desk, members):
    """Tick these members, and say yes to what is asked about their valid cards."""
    desk.goto(address(hall, "cards"))
    boxes = desk.locator("input[data-member]")
    for box in boxes.all():
        box.set_checked(int(box.get_attribute("data-member")) in {each.id for each in members})
    desk.get_by_role("button", name="Karten drucken").click()
    if members:
        expect(desk.locator("[data-slot=replaced]")).to_have_text(
            ", ".join(each.name for each in members)
        )
        desk.get_by_role("button", name="Alte Karten sperren und neu drucken").click()


def expect_ready(desk):
    expect(desk.get_by_role("heading", name="Die Karten sind fertig")).to_be_visible()


def pages(desk):
    """Number of A4 pages when this page is printed."""
    pdf = desk.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {(595, 842)}
    return len(boxes)


def on_paper(desk, selector, script):
    desk.emulate_media(media="print")
    found = desk.locator(selector).evaluate_all(script)
    desk.emulate_media(media="null")
    return found


def test_printed_card_opens_on_a_phone(hall, desk, open_phone, member):
    posted = []
    desk.on("request", lambda request: posted.append(request.post_data or ""))
    shown = hall.card(member).id
    print_for(hall, desk, [member])
    expect_ready(desk)
    expect(desk.locator("[data-sheet] article")).to_have_count(1)
    secret = card_secret.parse(desk.locator("[data-slot=words]").inner_text())
    assert secret is not None
    [body] = filter(None, posted)
    verifier = card_secret.verifier(card_secret.signin_key(secret))
    assert body == (
        f'{{"cards":[{{"member":{member.id},"verifier":"{verifier}","shown":{shown}}}]}}'
    )
    text = scan(desk.locator("[data-sheet]"))
    assert text == f"{hall.url}/karte#{card_secret.spell(secret)}"
    phone = open_phone()
    phone.goto(hall.card_address(member))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Diese Karte gilt nicht mehr")
    hall.council.phones[member.id] = Phone(hall.council.term.id, secret, "")
    hall.enter(phone, member)
    assert hall.key(member) is not None


def test_an_english_card_leads_to_english_pages(hall, desk, open_phone, member):
    member.language = "en"
    hall.held.add(member)
    hall.held.commit()
    print_for(hall, desk, [member])
    expect_ready(desk)
    card = desk.locator("[data-sheet] article")
    expect(card).to_have_attribute("lang", "en")
    phone = open_phone()
    phone.goto(scan(card))
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.locator("[data-yes]")).to_be_visible()


@pytest.mark.drill
def test_a_body_of_29_on_both_kinds_of_paper(hall, desk, many):
    desk.goto(address(hall, "cards?group=everybody"))
    inspect(desk)
    expect(
        desk.get_by_text("Angekreuzt: 29. Gültige Karten, die dabei ungültig werden: 9.")
    ).to_be_visible()
    desk.get_by_role("button", name="Karten drucken").click()
    inspect(desk)
    desk.locator("[data-go]").click()
    expect_ready(desk)
    expect(desk.locator("[data-sheet] article")).to_have_count(29)
    inspect(desk)
    assert pages(desk) == 8
    assert len(on_paper(desk, ".crop-marks", WIDTHS)) == 8
    assert_readable(desk)
    desk.goto(address(hall, "cards?group=everybody"))
    desk.get_by_role("radio", name="Eine Karte").check()
    desk.get_by_role("button", name="Karten drucken").click()
    desk.locator("[data-go]").click()
    expect_ready(desk)
    assert pages(desk) == 29
    assert desk.locator(".crop-marks").count() == 0
    assert_readable(desk)


def test_hundreds_of_cards_come_with_progress(hall, desk):
    list_reserves(hall, 120)
    posted, told = [], set()

    def note(line):
        told.add(line)

    desk.on("request", lambda request: posted.append(request.post_data or ""))
    desk.expose_function("tell", note)
    desk.add_init_script(WATCH_PROGRESS)
    desk.goto(address(hall, "cards?group=reserve"))
    desk.get_by_role("button", name="Karten drucken").click()
    expect_ready(desk)
    expect(desk.locator("[data-sheet] article")).to_have_count(120)
    assert [body.count('"member"') for body in filter(None, posted)] == [100, 20]
    assert "Die Karten entstehen gerade: 0 von 120." in told
    assert len(told) > 10


def list_reserves(hall, number):
    council = hall.council
    waiting = [
        Member(area_id=council.area.id, name=f"Nachrückerin {rank}") for rank in range(number)
    ]
    hall.held.add_all(waiting)
    hall.held.flush()
    for rank, each in enumerate(waiting, start=1):
        hall.held.add(
            ReservePlace(
                area_id=council.area.id,
                term_id=council.term.id,
                member_id=each.id,
                segment="resident",
                rank=rank,
                listed_on=council.term.starts_on,
            )
        )
    hall.held.commit()


def assert_readable(desk):
    """Nothing is cut off, letters have 14 points at least, codes 30 millimetres."""
    assert max(on_paper(desk, "[data-sheet] .card", HEIGHTS)) <= 0
    assert min(on_paper(desk, "[data-sheet] .card :is(h3, p, bdi, span)", SIZES)) >= 14
    assert min(on_paper(desk, "[data-sheet] .card-code svg", WIDTHS)) >= 30


def test_no_secret_stays_behind(hall, desk):
    print_for(hall, desk, hall.council.members)
    expect_ready(desk)
    desk.goto(address(hall, ""))
    desk.go_back()
    expect(desk.locator("[data-sheet] article")).to_have_count(0)


def test_cards_are_shown_only_when_they_are_valid(hall, desk, member):
    print_for(hall, desk, [])
    expect(desk.get_by_role("heading", name="Niemand ist angekreuzt")).to_be_visible()
    before = hall.held.get(Card, hall.card(member).id).verifier
    desk.route("**/roster/bodies/*/cards", refuse_posts)
    print_for(hall, desk, [member])
    expect(desk.get_by_role("heading", name="Das hat nicht geklappt")).to_be_visible()
    expect(desk.get_by_text("Das dürfen Sie hier nicht.")).to_be_visible()
    expect(desk.locator("[data-sheet] article")).to_have_count(0)
    assert hall.card(member).verifier == before


def refuse_posts(route):
    if route.request.method == "POST":
        sentence = "Das dürfen Sie hier nicht."
        route.fulfill(status=403, json={"error": "forbidden", "message": sentence})
    else:
        route.continue_()


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
    expect_ready(desk)
    assert bodies[0] == bodies[1]


def test_spare_cards_have_the_numbers_of_the_server(hall, desk, open_phone):
    posted = []
    desk.on("request", lambda request: posted.append(request.post_data or ""))
    desk.goto(address(hall, "spare-cards"))
    inspect(desk)
    desk.get_by_label("Wie viele Ersatzkarten?").fill("5")
    desk.get_by_role("button", name="Ersatzkarten drucken").click()
    expect_ready(desk)
    cards = desk.locator("[data-sheet] article")
    assert cards.locator("h3").all_inner_texts() == [f"Ersatzkarte {n}" for n in range(1, 6)]
    inspect(desk)
    assert pages(desk) == 2
    assert_readable(desk)
    words = cards.first.locator("[data-slot=words]").inner_text().split()
    assert not any(word in body for word in words for body in posted)
    phone = open_phone()
    phone.goto(scan(cards.first))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Diese Karte kennen wir nicht")
