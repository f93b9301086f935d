"""A choice between own options on a phone, on the desk and on the public page."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from app.round import closing, papers, publishing
from tests.app import builder, deciding
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP

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


def test_papers_with_several_ticks_are_entered_on_two_screens(hall, open_phone):
    held, council = hall.held, hall.council
    builder.set_rules(held, council, majority__other="more_than_half")
    round_ = builder.prepare_choice(held, council, *OPTIONS, most=2)
    papers.mark(held, round_, {council.members[0].id: "paper"})
    held.commit()
    screens = [open_phone(viewport=DESKTOP) for _ in range(2)]
    for screen, officer in zip(screens, council.moderators, strict=True):
        hall.sign_in(screen, officer)
        held.commit()
        screen.goto(f"{hall.url}/paper/{round_.id}/enter")
        if screen is screens[0]:
            screen.get_by_role("button", name="Papiernummern anlegen").click()
            code = screen.locator("[data-slot=code]")
            expect(code).to_be_visible()
    screens[1].get_by_label("Code").fill(code.inner_text())
    screens[1].get_by_role("button", name="Weiter").click()
    expect(screens[1].get_by_text("Beide Bildschirme sind bereit")).to_be_visible()
    builder.open_round(held, round_)
    for screen in screens:
        screen.reload()
        screen.get_by_label("Papiernummer").select_option("1")
        for option in OPTIONS:
            box(screen, option).check()
        screen.get_by_role("button", name="Eintragen").click()
        expect(screen.locator("[data-slot=message]")).to_be_visible()
        box(screen, OPTIONS[2]).uncheck()
        screen.get_by_role("button", name="Eintragen").click()
        expect(box(screen, OPTIONS[0])).not_to_be_checked()
    expect(screens[1].get_by_text("Die Stimme ist in der Urne")).to_be_visible()
    assert hall.ballots(round_) == 1


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
