"""A council of 21 and 8 seats is set up and edited by its pages: by touch and by keyboard."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.body import day_of, places_on
from app.db import clock
from app.models import Body, Seat, Term
from app.roster import beginning
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP

PARTNERS = ["Grundschule", "Kita", "Bücherei", "Sportverein", "Moschee", "Kirche", "Polizei", "Bad"]
FOCUSED = r"""() => {
  const at = document.activeElement;
  const label = at.labels && at.labels.length ? at.labels[0].innerText : at.innerText || '';
  return label.trim().replace(/\s+/g, ' ').replace(' :', ':');
}"""
MOST_TABS = 150


@dataclass
class Finger:
    """Somebody who taps what can be seen."""

    page: Page

    def press(self, name: str) -> None:
        said = re.compile("^" + re.escape(name).replace(":", r"\s*:"))
        link, button = (self.page.get_by_role(role, name=said) for role in ("link", "button"))
        link.or_(button).first.click()

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, answer: str) -> None:
        self.page.get_by_role("radio", name=answer).check()

    def see(self) -> None:
        inspect(self.page)


@dataclass
class Keys:
    """Somebody who has a keyboard and no mouse; what Tab does not reach is not there."""

    page: Page

    def press(self, name: str) -> None:
        self._reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, label: str, text: str) -> None:
        self._reach(label)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, answer: str) -> None:
        group = self.page.get_by_role("radio", name=answer).get_attribute("name")
        self.page.keyboard.press("Tab")
        for _ in range(MOST_TABS):
            if self.page.evaluate("() => document.activeElement.name") == group:
                break
            self.page.keyboard.press("Tab")
        for _ in range(MOST_TABS):
            if self.page.evaluate(FOCUSED) == answer:
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no key chooses {answer}")

    def see(self) -> None:
        """The touch run has inspected every page."""

    def _reach(self, name: str) -> None:
        for _ in range(MOST_TABS):
            if self.page.evaluate(FOCUSED).startswith(name):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {name} on {self.page.url}")


@pytest.fixture
def council(hall):
    """A second council with a term and nothing else."""
    body = Body(area_id=hall.council.area.id, kind="council", name="Quartiersrat Neu")
    hall.held.add(body)
    hall.held.flush()
    today = day_of(clock(hall.held))
    beginning.begin_term(hall.held, body, today, today + timedelta(days=730))
    hall.held.commit()
    return body


@pytest.mark.needs("chromium")
@pytest.mark.parametrize(
    ("kind", "options"),
    [(Finger, {}), pytest.param(Keys, {"viewport": DESKTOP}, marks=pytest.mark.drill)],
)
def test_a_council_is_set_up_and_edited(hall, council, open_phone, kind, options):
    page = open_phone(**options)
    hall.sign_in(page, hall.council.moderators[0])
    page.goto(f"{hall.url}/roster/bodies/{council.id}")
    hand = kind(page)
    add_seats(hand)
    fill_seats(hand)
    share_and_depute(hand)
    move_up(hand)
    change_and_give_up(hand)
    require_stored(hall, council)


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def go_to_body(hand) -> None:
    hand.press("Quartiersrat Neu")
    heading(hand.page, "Quartiersrat Neu")


def add_seats(hand) -> None:
    hand.see()
    hand.press("Sitze hinzufügen")
    hand.see()
    hand.write("Wie viele Sitze?", "21")
    hand.press("Sitze hinzufügen")
    expect(hand.page.get_by_text("21 Sitze sind angelegt und noch leer.")).to_be_visible()
    hand.press("Sitze hinzufügen")
    hand.choose("Partner")
    hand.write("Wie viele Sitze?", "7")
    hand.write("Wer hat die Sitze?", "\n".join(PARTNERS))
    hand.press("Sitze hinzufügen")
    expect(hand.page.get_by_role("group", name="Es fehlt noch etwas")).to_be_focused()
    expect(hand.page.get_by_text("Das sind 8 Zeilen für 7 Sitze.").first).to_be_visible()
    hand.see()
    hand.write("Wie viele Sitze?", "8")
    hand.press("Sitze hinzufügen")
    expect(hand.page.get_by_text("8 Sitze sind angelegt und noch leer.")).to_be_visible()
    expect(hand.page.get_by_text("Bewohnerschaft: 0 von 21 besetzt")).to_be_visible()
    expect(hand.page.get_by_text("Partner: 0 von 8 besetzt")).to_be_visible()


def fill(hand, position: int, name: str) -> None:
    hand.press(f"Sitz besetzen: Sitz {position}")
    heading(hand.page, f"Sitz {position} besetzen")
    hand.write("Name", name)
    hand.press("Sitz besetzen")
    heading(hand.page, f"Sitz {position}")
    expect(hand.page.get_by_role("link", name=name, exact=True)).to_be_visible()


def fill_seats(hand) -> None:
    """Residents first; the second partner breaks the rule, which is said at once."""
    for position, name in ((1, "Ada Amt"), (2, "Ben Bach"), (22, "Grete Grund")):
        fill(hand, position, name)
        go_to_body(hand)
    expect(
        hand.page.get_by_text("2 von 3 besetzten Sitzen hat die Bewohnerschaft.")
    ).to_be_visible()
    fill(hand, 23, "Kai Kita")
    warning = hand.page.get_by_role("heading", name="Zu wenige Sitze der Bewohnerschaft")
    expect(warning).to_be_visible()
    expect(hand.page.get_by_text("Nötig sind mindestens 3.")).to_be_visible()
    hand.see()
    go_to_body(hand)
    fill(hand, 3, "Cem Dritt")
    expect(warning).to_have_count(0)
    go_to_body(hand)
    hand.see()


def share_and_depute(hand) -> None:
    hand.press("Sitz 1")
    hand.press("Sitz mit noch jemandem teilen")
    heading(hand.page, "Sitz 1 teilen")
    hand.see()
    hand.write("Name", "Cara Co")
    hand.press("Sitz teilen")
    holders = hand.page.locator("#holders tbody th")
    expect(holders).to_have_text(["Ada Amt", "Cara Co"])
    hand.press("Nach oben: Cara Co")
    expect(holders).to_have_text(["Cara Co", "Ada Amt"])
    hand.press("Spricht für das Gremium: Ada Amt")
    expect(hand.page.locator("#holders .tag")).to_have_text("Sprecher:in")
    hand.press("Doppelrolle: Ada Amt")
    hand.see()
    hand.write("Name der Einrichtung (freiwillig)", "Kita Sonne")
    hand.press("Speichern")
    expect(hand.page.get_by_text("arbeitet auch für Kita Sonne")).to_be_visible()
    hand.press("Vertretung hinzufügen")
    hand.see()
    hand.write("Name", "Dora Dritt")
    hand.press("Vertretung hinzufügen")
    expect(hand.page.locator("#deputies tbody th")).to_have_text(["Dora Dritt"])
    hand.see()
    go_to_body(hand)


def move_up(hand) -> None:
    hand.press("Nachrückliste (0)")
    hand.see()
    hand.press("Person eintragen")
    hand.see()
    hand.write("Name", "Nora Nachrück")
    hand.press("Person eintragen")
    expect(hand.page.get_by_text("Eingetragen auf Platz 1.")).to_be_visible()
    hand.see()
    go_to_body(hand)
    hand.press("Sitz 2")
    hand.press("Mitgliedschaft beenden: Ben Bach")
    hand.see()
    hand.choose("Weggezogen")
    hand.press("Mitgliedschaft beenden")
    expect(hand.page.get_by_text("Sitz 2 ist leer.")).to_be_visible()
    expect(hand.page.get_by_role("row", name="Ben Bach")).to_contain_text("Weggezogen")
    hand.press("Nora Nachrück nachrücken lassen")
    hand.see()
    hand.press("Nachrücken")
    expect(hand.page.get_by_text("Nora Nachrück hat jetzt Sitz 2.")).to_be_visible()
    go_to_body(hand)


def change_and_give_up(hand) -> None:
    hand.press("Sitz 28")
    hand.press("Sitz ändern")
    hand.see()
    hand.write("Name (freiwillig)", "Polizeiabschnitt 55")
    hand.press("Speichern")
    expect(hand.page.get_by_text("Polizeiabschnitt 55")).to_be_visible()
    go_to_body(hand)
    hand.press("Sitz 29")
    hand.press("Sitz aufgeben")
    hand.see()
    hand.press("Sitz aufgeben")
    expect(hand.page.get_by_text("Partner: 2 von 7 besetzt")).to_be_visible()
    expect(hand.page.get_by_text("Bewohnerschaft: 3 von 21 besetzt")).to_be_visible()


def require_stored(hall, council) -> None:
    """What the pages said is what the database holds."""
    hall.held.commit()
    term = hall.held.exec(select(Term).where(Term.body_id == council.id)).one()
    today = day_of(clock(hall.held))
    places = places_on(hall.held, council, term, today)
    names = {
        place.seat.position: [member.name for _row, member in place.holders]
        for place in places
        if place.holders
    }
    assert names == {
        1: ["Cara Co", "Ada Amt"], 2: ["Nora Nachrück"], 3: ["Cem Dritt"],
        22: ["Grete Grund"], 23: ["Kai Kita"],
    }  # fmt: skip
    assert [place.seat.segment for place in places] == ["resident"] * 21 + ["partner"] * 7
    assert [place.seat.label for place in places[21:]] == [
        *PARTNERS[:6], "Polizeiabschnitt 55",
    ]  # fmt: skip
    assert len(hall.held.exec(select(Seat).where(Seat.body_id == council.id)).all()) == 29
