"""On a phone and at the desk: a member says "Ich bin befangen", and a poll from tap to numbers."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.models import Recusal, Round
from tests.app import builder, deciding
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP, OpenPhone

NOTICE = "Das ist ein Meinungsbild. Es ist keine Entscheidung."


def announced(hall, **chosen) -> Round:
    return builder.prepare_round(hall.held, hall.council, **chosen)


@pytest.fixture
def phone(hall, open_phone: OpenPhone) -> Page:
    """A phone on which the first member's card was opened."""
    page = open_phone()
    hall.enter(page, hall.council.members[0])
    return page


@pytest.fixture
def desk(hall, open_phone: OpenPhone) -> Page:
    page = open_phone(viewport=DESKTOP)
    hall.sign_in(page, hall.council.moderators[0])
    return page


def recusals(hall) -> list[Recusal]:
    hall.held.commit()
    found = list(hall.held.exec(select(Recusal)))
    hall.held.commit()
    return [each for each in found if each.area_id == hall.council.area.id]


def test_a_member_says_so_and_the_desk_hears_of_it(hall, phone: Page, desk: Page) -> None:
    builder.change_rules(hall.held, hall.council, {"recusal.rule": "leaves_room"})
    round_ = announced(hall)
    desk.goto(f"{hall.url}/desk/rounds/{round_.id}")
    expect(desk.get_by_text("Stimmberechtigt: 9 von 9 Sitzen")).to_be_visible()
    hall.read_questions(phone, round_)
    inspect(phone)
    phone.get_by_role("link", name="Ich bin befangen").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sind Sie befangen?")
    inspect(phone)
    phone.get_by_label("Warum?").fill("Ich sitze im Vorstand.")
    phone.get_by_role("button", name="Ja, ich bin befangen").click()
    expect(phone.get_by_text("Grund: Sie sind befangen.")).to_be_visible()
    expect(phone.get_by_text("Bitte verlassen Sie den Raum")).to_be_visible()
    inspect(phone)
    (found,) = recusals(hall)
    assert (found.declared_by, found.reason) == ("member", "Ich sitze im Vorstand.")
    expect(desk.get_by_text("Stimmberechtigt: 8 von 9 Sitzen")).to_be_visible()
    expect(desk.get_by_text("Ich sitze im Vorstand.")).to_be_visible()
    inspect(desk)
    phone.get_by_role("link", name="Das stimmt nicht").click()
    inspect(phone)
    phone.get_by_role("button", name="Das stimmt nicht. Ich stimme mit ab").click()
    expect(phone.get_by_role("link", name="Ich bin befangen")).to_be_visible()
    assert recusals(hall) == []


def test_the_whole_way_by_keyboard(hall, phone: Page) -> None:
    round_ = announced(hall)
    hall.read_questions(phone, round_)
    press_until(phone, "Ich bin befangen")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sind Sie befangen?")
    press_until(phone, "Ja, ich bin befangen")
    expect(phone.get_by_text("Grund: Sie sind befangen.")).to_be_visible()
    assert len(recusals(hall)) == 1


def press_until(page: Page, name: str) -> None:
    """Walk with Tab to what starts with this name and press Enter."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()").startswith(name):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} is not reached by keyboard")


def test_after_the_opening_the_phone_says_what_to_do(hall, phone: Page) -> None:
    round_ = announced(hall)
    hall.read_questions(phone, round_)
    late = phone.get_by_role("link", name="Ich bin befangen").get_attribute("href")
    builder.open_round(hall.held, round_)
    sentence = "Nicht mehr möglich. Stimmen Sie nicht ab und sagen Sie es dem QM-Team."
    phone.goto(f"{hall.url}{late}")
    expect(phone.get_by_text(sentence)).to_be_visible()
    hall.read_questions(phone, round_)
    expect(phone.get_by_text(sentence)).to_be_hidden()
    phone.get_by_text("Ich bin befangen").click()
    expect(phone.get_by_text(sentence)).to_be_visible()


def test_the_desk_enters_a_recusal_with_a_reason(hall, desk: Page) -> None:
    round_ = announced(hall)
    desk.goto(f"{hall.url}/desk/rounds/{round_.id}")
    desk.get_by_role("link", name="Befangenheit eintragen").click()
    inspect(desk)
    desk.get_by_role("button", name="Befangenheit eintragen").click()
    expect(desk.get_by_role("link", name="Bitte wählen Sie eine Person aus.")).to_be_visible()
    inspect(desk)
    desk.get_by_role("radio", name="Sportverein Blau").check()
    desk.get_by_label("Grund").fill("Der Verein stellt den Antrag.")
    desk.get_by_role("button", name="Befangenheit eintragen").click()
    expect(
        desk.get_by_text("vom QM-Team eingetragen: Der Verein stellt den Antrag.")
    ).to_be_visible()
    desk.get_by_role("button", name="Stimmt nicht").click()
    expect(desk.get_by_text("Niemand ist befangen.")).to_be_visible()


@pytest.mark.drill
def test_a_poll_on_a_phone(hall, phone: Page, desk: Page) -> None:
    round_ = announced(hall)
    builder.set_present(hall.held, hall.council, hall.council.members[:5])
    desk.goto(f"{hall.url}/desk/rounds/{round_.id}")
    inspect(desk)
    desk.get_by_role("button", name="Meinungsbild abhalten").click()
    expect(desk.get_by_text(NOTICE)).to_be_visible()
    inspect(desk)
    desk.get_by_role("link", name="Prüfen und öffnen").click()
    desk.get_by_role("button", name="Meinungsbild öffnen").click()
    expect(desk.get_by_text("0 von 5 haben abgestimmt")).to_be_visible()
    poll = hall.held.exec(select(Round).where(Round.is_poll, Round.area_id == round_.area_id)).one()
    hall.held.commit()
    others = [(member, "yes") for member in hall.council.members[1:5]]
    deciding.let_cast(hall.held, hall.council, poll, others)
    hall.held.refresh(poll)
    hall.held.commit()
    phone.goto(f"{hall.url}/booth/")
    expect(phone.get_by_text(NOTICE)).to_be_visible()
    inspect(phone)
    hall.go_to_booth(phone, poll)
    note = phone.get_by_text("Meinungsbild – das ist keine Entscheidung")
    expect(note).to_be_visible()
    inspect(phone)
    phone.get_by_role("radio", name="Nein", exact=True).check()
    phone.get_by_role("button", name="Weiter").click()
    expect(note).to_be_visible()
    inspect(phone)
    phone.get_by_role("button", name="Jetzt geheim Meinung sagen").click()
    phone.wait_for_url("**/beleg/*")
    expect(phone.get_by_text(NOTICE)).to_be_visible()
    inspect(phone)
    desk.get_by_role("button", name="Abstimmung schließen").click()
    expect(desk.get_by_text("Das Meinungsbild ist fertig.")).to_be_visible()
    inspect(desk)
    phone.goto(f"{hall.url}/abstimmung/{poll.id}/meinungsbild")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Meinungsbild")
    expect(phone.locator(".poll-counts")).to_have_text(re.compile(r"Ja\s+4\s+Nein\s+1"))
    inspect(phone)
