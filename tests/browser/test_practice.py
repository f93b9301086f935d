"""A practice round in real browsers: it looks different everywhere, and really counts."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from app import bundle
from app.models import LogEntry
from tests.app import builder
from tests.browser.inspection import inspect

NOT_REAL = "Das ist eine Proberunde. Sie zählt nicht."


@pytest.fixture
def desk(hall, open_phone):
    page = open_phone()
    hall.sign_in(page, hall.council.moderators[0])
    return page


@pytest.mark.drill
def test_a_practice_round_from_the_press_to_its_numbers(hall, desk, open_phone):
    desk.goto(f"{hall.url}/desk/")
    desk.get_by_role("button", name="Proberunde öffnen").first.click()
    expect(desk.get_by_text(NOT_REAL)).to_be_visible()
    inspect(desk)
    for member, answer in zip(hall.council.members, ("Ja", "Nein"), strict=False):
        phone = open_phone()
        hall.enter(phone, member)
        expect(phone.get_by_text(NOT_REAL)).to_be_visible()
        phone.get_by_role("link", name="Lesen und abstimmen").click()
        inspect(phone)
        phone.locator('a[href*="#"][href*="/booth/"].kern-btn').click()
        expect(phone.get_by_text("Proberunde – sie zählt nicht")).to_be_visible()
        phone.get_by_role("radio", name=answer, exact=True).check()
        inspect(phone)
        phone.get_by_role("button", name="Weiter").click()
        phone.get_by_role("button", name="Zur Probe abstimmen").click()
        phone.wait_for_url("**/beleg/*")
        expect(phone.get_by_text(NOT_REAL)).to_be_visible()
        phone.get_by_role("button", name="Ist meine Stimme dabei?").click()
        expect(phone.get_by_text("Ja. Ihre Stimme ist in der Urne.")).to_be_visible()
    expect(desk.get_by_role("heading", name="2 von 9 haben abgestimmt")).to_be_visible()
    desk.get_by_role("button", name="Letzter Aufruf: 20 Sekunden").click()
    expect(desk.get_by_text("Die Proberunde ist fertig.")).to_be_visible(timeout=90_000)
    inspect(desk)
    figures = desk.locator(".poll-counts dd")
    assert [each.strip() for each in figures.all_inner_texts()] == ["1", "1", "0"]
    here = select(LogEntry.type).where(LogEntry.area_id == hall.council.area.id)
    assert set(hall.held.exec(here)) <= {bundle.KIND}
    hall.held.commit()


@pytest.mark.drill
def test_pages_of_a_vote_over_days_stand_inspection(hall, desk, open_phone):
    builder.set_rules(hall.held, hall.council, circular__allowed="conditions")
    builder.build_proposal(hall.held, hall.council, "Hochbeete im Hof")
    hall.held.commit()
    desk.goto(f"{hall.url}/desk/")
    desk.get_by_role("link", name="Im Umlauf abstimmen").first.click()
    inspect(desk)
    desk.get_by_role("checkbox").first.check()
    desk.get_by_role("button", name="Weiter zu den Zeiten").click()
    inspect(desk)
    desk.get_by_role("button", name="Zeiten speichern").click()
    inspect(desk)
    desk.get_by_label("Ende (Berliner Zeit)").fill("2099-01-01T12:00")
    desk.get_by_label("Warum darf hier im Umlauf abgestimmt werden?").fill("Die Frist endet.")
    desk.get_by_role("button", name="Zeiten speichern").click()
    expect(desk.locator("#closes_at-error")).to_contain_text("höchstens 60 Tage danach")
