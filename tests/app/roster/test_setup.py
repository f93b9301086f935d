"""The list of what has to be set up: one line after the other, from an empty area to cards."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlmodel import Session, select

from app import setup
from app.body import day_of
from app.models import (
    ActionGoal,
    Area,
    Body,
    Card,
    Membership,
    Officer,
    RulesOfProcedure,
    Seat,
    Term,
)
from app.roster import seating
from app.roster.printing import register_cards
from tests.app import builder
from tests.app.builder import Browser, Council
from tests.migrations import rows

Lines = Callable[[Area], list[setup.Line]]
TITLES = [
    *("Gebiet und Büro", "Gremium und Amtszeit", "Sitze anlegen", "Regeln festlegen"),
    *("Sitze besetzen", "Karten drucken"),
]


@pytest.fixture
def empty_area(app: Flask, held: Session) -> tuple[Area, Browser]:
    """An area that nobody has set up, and the browser of its only officer."""
    area = rows.area("leer")
    area.office_address = ""
    held.add(area)
    held.flush()
    officer = Officer(area_id=area.id, name="Ada", role="moderator", is_demo=True)
    held.add(officer)
    held.commit()
    return area, builder.browse(app, held, builder.sign_in(held, officer))


@pytest.fixture
def lines(app: Flask, held: Session) -> Lines:
    """`lines(area)`: the list as it stands; its addresses need a request."""

    def found(area: Area) -> list[setup.Line]:
        held.commit()
        with app.test_request_context():
            return setup.lines(held, held.get_one(Area, area.id), datetime.now(UTC))

    return found


def states(lines: list[setup.Line]) -> dict[str, str]:
    return {line.title: line.state for line in lines}


def next_title(browser: Browser) -> str:
    """The line that has the one primary button of the list."""
    shown = browser.get("/roster/setup").text
    assert shown.count("Hier weitermachen") == 1
    assert shown.count("kern-btn--primary") == 1
    before = shown.partition("Hier weitermachen")[0]
    return re.findall(r"<h3>\s*(.*?)\s*</h3>", before, re.DOTALL)[-1]


def post(browser: Browser, address: str, **data: str) -> None:
    assert browser.post(address, data=data).status_code == 303, address


def test_from_an_empty_area_to_the_cards(
    held: Session, empty_area: tuple[Area, Browser], lines: Lines
) -> None:
    area, officer = empty_area
    assert next_title(officer) == "Gebiet und Büro"
    office = {"office_address": "A 1", "office_hours": "Mo", "office_phone": "030 1"}
    post(officer, "/roster/area/edit", **office, status="active")
    assert "Es fehlt noch: die Handlungsziele." in officer.get("/roster/setup").text
    post(officer, "/roster/area/goals", **{"goals-0": "Mehr Schatten"})
    assert next_title(officer) == "Gremium anlegen"
    today = day_of(datetime.now(UTC))
    end = (today + timedelta(days=700)).isoformat()
    dates = {"starts_on": today.isoformat(), "ends_on": end}
    post(officer, "/roster/bodies/new", kind="jury", name="Jury Leer", **dates)
    assert next_title(officer) == "Sitze anlegen"
    body = held.exec(select(Body)).one()
    seats = seating.add_seats(held, body, "resident", [""] * 5)
    assert next_title(officer) == "Regeln festlegen"
    held.add(builder.first_rules(body, held.exec(select(Officer)).one()))
    assert next_title(officer) == "Sitze besetzen"
    for seat in seats:
        held.add(builder.new_member(area, f"Person {seat.position}"))
    held.commit()
    fill(held, seats)
    assert next_title(officer) == "Karten drucken"
    term = setup.term_to_fill(held, body, today)
    everybody = [each.member_id for each in held.exec(select(Membership))]
    cards = {member: f"{member:064x}" for member in everybody}
    register_cards(held, term, cards, datetime.now(UTC))
    held.commit()
    shown = officer.get("/roster/setup").text
    assert "Alles ist eingerichtet." in shown
    assert "Hier weitermachen" not in shown
    assert states(lines(area)) == dict.fromkeys(TITLES, "done")


def fill(held: Session, seats: list[Seat]) -> None:
    """Give each seat to one of the people nobody has seated yet."""
    body = held.get_one(Body, seats[0].body_id)
    now = datetime.now(UTC)
    term = setup.term_to_fill(held, body, day_of(now))
    people = seating.without_seat(held, body, term, now)
    for seat, member in zip(seats, people, strict=True):
        seating.fill(held, seat, term, member, now)
    held.commit()


def test_every_line_can_be_reached_by_any_officer(
    area: Council, client_of: Callable[..., Browser]
) -> None:
    for person in area.moderators:
        browser = client_of(person)
        shown = browser.get("/roster/setup").text
        links = set(re.findall(r'<h3>\s*<a href="([^"]+)"', shown))
        assert len(links) >= 5
        assert {browser.get(link).status_code for link in links} == {200}


def test_a_vacant_seat_holds_nothing_up_once_there_are_cards(
    held: Session, area: Council, lines: Lines
) -> None:
    assert set(states(lines(area.area)).values()) == {"done"}
    held.delete(held.exec(select(Membership).where(Membership.seat_id == area.seats[0].id)).one())
    held.flush()
    assert states(lines(area.area))["Sitze besetzen"] == "partly"
    for card in held.exec(select(Card)):
        held.delete(card)
    held.flush()
    assert states(lines(area.area))["Sitze besetzen"] == "todo"


def test_seats_that_the_rules_name_are_missed(held: Session, area: Council, lines: Lines) -> None:
    rules = held.get_one(RulesOfProcedure, area.rules.id)
    rules.parameters = rules.parameters | {"body.seats.resident": 8, "body.seats.partner": 3}
    held.flush()
    found = lines(area.area)
    [line] = [line for line in found if line.title == "Sitze anlegen"]
    assert (line.state, line.note) == (
        "todo",
        "9 Sitze sind angelegt. Nach den Regeln fehlen noch 2.",
    )


def test_missing_rules_are_links_to_their_questions(
    held: Session, area: Council, client_of: Callable[..., Browser]
) -> None:
    rules = held.get_one(RulesOfProcedure, area.rules.id)
    rules.parameters = {k: v for k, v in rules.parameters.items() if k != "quorum.base"}
    shown = client_of(area.moderators[0]).get("/roster/setup").text
    assert "Es fehlt noch 1 Regel. Ohne sie lässt sich nichts öffnen." in shown
    assert re.search(rf'href="/roster/bodies/{area.body.id}/rules[^"]*">Zählen leere Sitze', shown)


def test_a_body_whose_term_is_over_starts_with_the_next(
    held: Session, area: Council, lines: Lines
) -> None:
    area.term.ends_on = area.term.starts_on + timedelta(days=1)
    held.add(area.term)
    held.flush()
    assert states(lines(area.area)) == {"Gebiet und Büro": "done", "Gremium und Amtszeit": "todo"}


def test_a_steering_round_needs_neither_rules_nor_cards(
    held: Session, area: Council, lines: Lines
) -> None:
    round_ = Body(area_id=area.area.id, kind="steering_round", level="local", name="Runde")
    held.add(round_)
    held.flush()
    own = {"id": "anger-runde", "body_id": round_.id}
    held.add(Term(**area.term.model_dump() | own))
    held.flush()
    found = lines(area.area)
    titles = [line.title for line in found if line.body and line.body.id == round_.id]
    assert titles == ["Gremium und Amtszeit", "Sitze anlegen", "Sitze besetzen"]


def test_older_goals_count_as_goals(held: Session, area: Council, lines: Lines) -> None:
    held.add(ActionGoal(area_id=area.area.id, version=2, position=1, title="Mehr Schatten"))
    held.flush()
    assert states(lines(area.area))["Gebiet und Büro"] == "done"
