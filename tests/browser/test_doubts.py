"""Doubts on real pages: a report from a phone, an objection, its answer, a decision annulled."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.models import Decision
from tests.app import builder, deciding
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP, OpenPhone


@pytest.fixture
def decision(hall) -> Decision:
    """One vote short of two thirds, and open to objections."""
    builder.set_rules(hall.held, hall.council, objection__days=14, annul__by="officers")
    return deciding.decide(hall.held, hall.council, ["yes"] * 5 + ["no"] * 4)[0]


@pytest.fixture
def phone(hall, open_phone: OpenPhone) -> Page:
    page = open_phone()
    hall.enter(page, hall.council.members[0])
    return page


@pytest.fixture
def desk(hall, open_phone: OpenPhone) -> Page:
    page = open_phone(viewport=DESKTOP)
    hall.sign_in(page, hall.council.moderators[0])
    return page


def test_a_report_reaches_the_desk_by_itself_and_is_answered(
    hall, desk: Page, open_phone: OpenPhone
) -> None:
    stranger = open_phone(java_script_enabled=False)
    round_ = builder.open_round(hall.held, builder.prepare_round(hall.held, hall.council))
    desk.goto(f"{hall.url}/desk/")
    stranger.goto(f"{hall.url}/abstimmung/{round_.id}/pruefen")
    stranger.get_by_role("link", name="Etwas stimmt nicht").click()
    stranger.get_by_role("button", name="Melden").click()
    expect(stranger.get_by_text("Es fehlt noch etwas")).to_be_visible()
    stranger.get_by_label("Meine Stimme fehlt").check()
    stranger.get_by_label("Was ist passiert?").fill("Nach dem Senden kam nichts.")
    stranger.get_by_role("button", name="Melden").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text(re.compile("die Nummer 1"))
    where = stranger.url
    expect(desk.get_by_role("heading", name="Meldung 1: Meine Stimme fehlt")).to_be_visible()
    inspect(desk)
    desk.get_by_role("link", name="Meldung beantworten").click()
    inspect(desk)
    desk.get_by_label("Antwort").fill("Ihre Stimme ist da. Wir haben es zusammen angesehen.")
    desk.get_by_role("button", name="Meldung beantworten").click()
    expect(desk.get_by_text("Die Antwort steht jetzt auf der Seite der Meldung.")).to_be_visible()
    reader = open_phone()
    reader.goto(where)
    expect(reader.get_by_text("Ihre Stimme ist da.")).to_be_visible()
    inspect(reader)
    reader.goto(f"{hall.url}/abstimmung/{round_.id}/melden")
    inspect(reader)
    reader.goto(f"{hall.url}/abstimmung/{round_.id}/pruefen")
    expect(reader.get_by_text("Meldung „Etwas stimmt nicht“")).to_be_visible()


@pytest.mark.drill
def test_an_objection_is_public_in_the_same_minute_and_answered(
    hall, phone: Page, desk: Page, decision: Decision
) -> None:
    phone.goto(f"{hall.url}/entscheidung/{decision.number}")
    expect(phone.get_by_text("So wurde gerechnet")).to_be_visible()
    phone.get_by_role("link", name=re.compile("Einwand erheben bis")).click()
    inspect(phone)
    phone.get_by_label("Was ist Ihrer Meinung nach falsch gelaufen?").fill("Es fehlte jemand.")
    phone.get_by_role("button", name="Einwand erheben").click()
    inspect(phone)
    phone.get_by_role("link", name="Zur Entscheidung").click()
    expect(phone.get_by_text(re.compile("Einwand vom .*: wird geprüft"))).to_be_visible()
    inspect(phone)
    desk.goto(f"{hall.url}/desk/")
    desk.get_by_role("link", name="Einwand beantworten").click()
    inspect(desk)
    desk.get_by_label("Antwort").fill("Alle waren da. Die Liste stimmt.")
    desk.get_by_role("button", name="Einwand beantworten").click()
    inspect(desk)
    phone.reload()
    expect(phone.get_by_text("Alle waren da. Die Liste stimmt.")).to_be_visible()
    inspect(phone)


@pytest.mark.drill
def test_two_people_correct_and_annul(
    hall, desk: Page, open_phone: OpenPhone, decision: Decision
) -> None:
    other = open_phone()
    hall.sign_in(other, hall.council.moderators[1])
    desk.goto(f"{hall.url}/desk/rounds/{decision.page['round_id']}")
    desk.get_by_role("link", name="Einwände und Berichtigung").click()
    inspect(desk)
    desk.get_by_role("link", name="Zusammenfassung berichtigen").click()
    inspect(desk)
    desk.get_by_label("Zusammenfassung auf Deutsch").fill("Es gibt kein Geld für Hochbeete.")
    desk.get_by_label("Was war falsch?").fill("Der Text sagte das Gegenteil.")
    desk.get_by_role("button", name="Zweite Person fragen").click()
    expect(desk.get_by_text("Jetzt fehlt die zweite Person.")).to_be_visible()
    other.goto(f"{hall.url}/account/second-person")
    other.get_by_role("link", name="Texte ansehen").click()
    inspect(other)
    other.get_by_role("button", name="Zustimmen: Zusammenfassung berichtigen").click()
    desk.get_by_role("link", name="Beschluss aufheben").click()
    inspect(desk)
    desk.get_by_label("Grund").fill("Falsche Summe im Antrag.")
    desk.get_by_role("button", name="Zweite Person fragen").click()
    other.goto(f"{hall.url}/account/second-person")
    other.get_by_role("button", name="Zustimmen: Beschluss aufheben").click()
    other.goto(f"{hall.url}/entscheidung/{decision.number}")
    expect(other.get_by_role("heading", name=re.compile("Aufgehoben am"))).to_be_visible()
    other.get_by_text(re.compile("Berichtigt am")).click()
    inspect(other)
    other.goto(f"{hall.url}/gebiet/{hall.council.area.slug}/entscheidungen")
    inspect(other)


@pytest.mark.drill
def test_an_objection_for_the_minutes(hall, desk: Page, decision: Decision) -> None:
    desk.goto(f"{hall.url}/desk/rounds/{decision.page['round_id']}")
    inspect(desk)
    desk.get_by_role("link", name="Einwand ins Protokoll").click()
    inspect(desk)
    desk.get_by_label(hall.council.members[1].name).check()
    desk.get_by_label("Was soll im Protokoll stehen?").fill("Ich kam nicht zu Wort.")
    desk.get_by_role("button", name="Ins Protokoll aufnehmen").click()
    expect(desk.get_by_text("Ich kam nicht zu Wort.")).to_be_visible()
    inspect(desk)
