"""A choice between own options on a phone, on the desk and on the public page."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from app.round import closing, publishing
from tests.app import builder, deciding
from tests.browser.inspection import inspect

OPTIONS = ("Anger", "Am Lindenbaum", "Marktplatz am Nachbarschaftshaus")

pytestmark = pytest.mark.drill


@pytest.fixture
def round_(hall):
    builder.set_rules(hall.held, hall.council, majority__other="more_than_half")
    prepared = builder.prepare_choice(hall.held, hall.council, *OPTIONS, most=2, places=2)
    return builder.open_round(hall.held, prepared)


def box(page, name):
    return page.get_by_role("checkbox", name=name, exact=True)


def test_ticks_are_counted_aloud_and_never_too_many_or_mixed_with_none(hall, round_, open_phone):
    phone = open_phone()
    hall.enter(phone, hall.council.members[0])
    hall.go_to_booth(phone, round_)
    left = phone.get_by_role("status")
    expect(left).to_have_text("Noch 2 möglich.")
    expect(phone.locator("input:checked")).to_have_count(0)
    for key in ("Tab", "Space", "Tab", "Space", "Tab", "Space"):
        phone.keyboard.press(key)
    expect(left).to_have_text("1 zu viel. Bitte nehmen Sie etwas weg.")
    phone.get_by_role("button", name="Weiter").click()
    expect(
        phone.get_by_role("link", name="Bitte kreuzen Sie höchstens 2 Antworten an.")
    ).to_be_visible()
    inspect(phone)
    box(phone, "Keine davon").check()
    expect(phone.locator("input:checked")).to_have_count(1)
    box(phone, OPTIONS[0]).check()
    expect(box(phone, "Keine davon")).not_to_be_checked()
    box(phone, OPTIONS[2]).check()
    inspect(phone)
    phone.get_by_role("button", name="Weiter").click()
    expect(phone.get_by_role("definition").first).to_contain_text(OPTIONS[2])
    inspect(phone)
    phone.get_by_role("button", name="Jetzt geheim abstimmen").click()
    phone.wait_for_url("**/beleg/*")
    assert hall.ballots(round_) == 1


def test_the_result_is_a_bar_for_each_option(hall, round_, open_phone):
    council, held = hall.council, hall.held
    ticked = ["option-1 option-3"] * 4 + ["option-3", "option-2 option-3", "blank"]
    deciding.let_cast(held, council, round_, zip(council.members, ticked, strict=False))
    closing.end(held, round_, datetime.now(UTC), "end")
    held.commit()
    (question,) = deciding.count(held, round_)
    desk = open_phone()
    hall.sign_in(desk, council.moderators[0])
    held.commit()
    desk.goto(f"{hall.url}/desk/rounds/{round_.id}")
    rows = desk.locator(".picking tr")
    expect(rows).to_have_count(4)
    expect(rows.nth(2)).to_contain_text("Ausgewählt")
    inspect(desk)
    deciding.confirm(held, council, round_, question)
    decision = publishing.publish(held, question, deciding.SUMMARY, datetime.now(UTC))
    held.commit()
    desk.goto(f"{hall.url}/entscheidung/{decision.year}-{decision.n}")
    expect(desk.locator(".picking .chosen .number")).to_have_text(["4", "6"])
    inspect(desk)


def test_answers_are_asked_for_only_where_somebody_wants_a_choice(hall, open_phone):
    builder.set_rules(hall.held, hall.council, majority__other="more_than_half")
    item = builder.build_item(hall.held, hall.council, title="Name")
    desk = open_phone()
    hall.sign_in(desk, hall.council.moderators[0])
    hall.held.commit()
    desk.goto(f"{hall.url}/desk/agenda-items/{item.id}/question")
    expect(desk.get_by_label("Antworten (Deutsch)")).to_be_hidden()
    inspect(desk)
    desk.get_by_role("radio", name="Auswahl aus eigenen Antworten").check()
    expect(desk.get_by_label("Antworten (Deutsch)")).to_be_visible()
    inspect(desk)
