"""A lost card at the desk: from the name to the print dialog, and what the old card opens then."""

import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from app import card_secret
from app.demo.phone import Phone
from app.models import Question, RollEntry
from app.roster.sparing import register_spares
from app.round import closing
from tests.app import builder
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP

MOST_SECONDS = 30
NOTE_PRINTING = "window.print = () => { document.documentElement.dataset.dialog = 'open'; };"
KEY_LATE = "Ihr Schlüssel kam nach dem Öffnen."


@pytest.fixture
def desk(hall, open_phone):
    page = open_phone(viewport=DESKTOP)
    page.add_init_script(NOTE_PRINTING)
    hall.sign_in(page, hall.council.moderators[0])
    return page


@pytest.fixture
def member(hall):
    return hall.council.members[0]


def find(hall, desk, letters):
    """Open the page of the one person whose name holds these letters."""
    desk.goto(f"{hall.url}/roster/bodies/{hall.council.body.id}/cards/lost")
    desk.get_by_label("Wessen Karte?").fill(letters)
    desk.keyboard.press("Enter")
    desk.locator(".tiles a").click()


def credential(hall, member, round_):
    """The key on the roll of a round."""
    hall.held.commit()
    rows = select(RollEntry.credential).join(Question, Question.id == RollEntry.question_id)
    found = rows.where(Question.round_id == round_.id, RollEntry.member_id == member.id)
    point = hall.held.exec(found).one()
    hall.held.commit()
    return point


def ask_and_agree(desk, second, label):
    """Ask at the desk, and agree on the second person's own device."""
    desk.get_by_role("button", name=label).click()
    expect(desk.get_by_text("Wartet auf zweite Person")).to_be_visible()
    second.reload()
    second.get_by_role("button", name="Ich sehe die Person: bestätigen").click()


@pytest.fixture
def speaker(hall, open_phone):
    """The phone of a member who speaks for the body, at the page of second persons."""
    builder.make_speaker(hall.held, hall.council, hall.council.members[3])
    phone = open_phone()
    hall.sign_in(phone, hall.council.members[3])
    phone.goto(f"{hall.url}/account/")
    phone.get_by_role("link", name="Was auf mich wartet").click()
    return phone


@pytest.mark.drill
def test_from_lost_to_printed_within_seconds(hall, desk, speaker, open_phone, member):
    old_phone, new_phone = open_phone(), open_phone()
    hall.enter(old_phone, member)
    old_point = hall.key(member).point
    running = hall.open_round()
    started = time.monotonic()
    find(hall, desk, "ayl")
    ask_and_agree(desk, speaker, "Neu drucken: zweite Person fragen")
    expect(desk.locator("html")).to_have_attribute("data-dialog", "open")
    assert time.monotonic() - started < MOST_SECONDS
    expect(desk.get_by_role("heading", name="Die Karte ist fertig")).to_be_visible()
    inspect(desk)
    secret = card_secret.parse(desk.locator("[data-slot=words]").inner_text())

    hall.read_questions(old_phone, running)
    expect(old_phone.get_by_text("Bitte scannen Sie Ihre Karte noch einmal.").first).to_be_visible()
    old_phone.goto(hall.card_address(member))
    expect(old_phone.get_by_role("heading", level=1)).to_have_text("Diese Karte gilt nicht mehr")

    hall.council.phones[member.id] = Phone(hall.council.term.id, secret, "")
    hall.enter(new_phone, member)
    new_point = hall.key(member).point
    assert new_point != old_point
    hall.read_questions(new_phone, running)
    expect(new_phone.get_by_text(KEY_LATE).first).to_be_visible()
    expect(new_phone.get_by_role("link", name="Zum Stimmzettel")).to_have_count(0)
    assert credential(hall, member, running) == old_point
    closing.end(hall.held, running, datetime.now(UTC), "end")
    hall.held.commit()

    following = hall.open_round()
    assert credential(hall, member, following) == new_point
    hall.go_to_booth(new_phone, following)
    new_phone.get_by_role("radio", name="Ja", exact=True).check()
    new_phone.get_by_role("button", name="Weiter").click()
    new_phone.get_by_role("button", name="Jetzt geheim abstimmen").click()
    expect(new_phone.get_by_role("heading", level=1)).to_have_text("Ihre Stimme ist angekommen.")
    assert hall.ballots(following) == 1


def test_a_spare_card_is_given_without_script(hall, open_phone, member):
    spare = Phone.fresh(hall.council.term.id)
    register_spares(hall.held, hall.council.term, [spare.verifier], datetime.now(UTC))
    hall.held.commit()
    desk = open_phone(viewport=DESKTOP, java_script_enabled=False)
    hall.sign_in(desk, hall.council.moderators[0])
    second = open_phone(java_script_enabled=False)
    hall.sign_in(second, hall.council.moderators[1])
    second.goto(f"{hall.url}/desk/")
    find(hall, desk, "kara")
    ask_and_agree(desk, second, "Ersatzkarte geben: zweite Person fragen")
    desk.get_by_role("link", name="Neu laden").click()
    desk.get_by_label("Welche Nummer steht auf der Ersatzkarte?").select_option("1")
    desk.get_by_role("button", name="Ersatzkarte geben").click()
    expect(desk.get_by_text("Ersatzkarte 1 ist jetzt die Karte von Aylin Kara.")).to_be_visible()
    phone = open_phone()
    phone.goto(hall.card_address(member))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Diese Karte gilt nicht mehr")
    hall.council.phones[member.id] = spare
    hall.enter(phone, member)


def test_two_moderators_at_once(hall, desk, open_phone, member):
    other = open_phone(viewport=DESKTOP)
    hall.sign_in(other, hall.council.moderators[1])
    builder.agree_to_cards(hall.held, hall.council, member)
    find(hall, desk, "ayl")
    find(hall, other, "ayl")
    inspect(other)
    desk.get_by_role("button", name="Neu drucken").click()
    expect(desk.get_by_role("heading", name="Die Karte ist fertig")).to_be_visible()
    other.get_by_role("button", name="Neu drucken").click()
    expect(other.get_by_role("heading", name="Das hat nicht geklappt")).to_be_visible()
    expect(other.get_by_text("Jemand war schneller.")).to_be_visible()
    expect(other.locator("[data-sheet] article")).to_have_count(0)
    inspect(other)
