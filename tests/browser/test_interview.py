"""The whole interview by keyboard, on a phone and on a desk, and two officers who adopt it."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from app.models import Body, RulesOfProcedure
from app.roster.beginning import begin_term
from app.roster.seating import add_seat
from app.rule.groups import INTERVIEW
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP, PHONE

ANSWERS = {
    "quorum": ["Zwei Drittel müssen da sein.", "Nur besetzte Sitze zählen."],
    "without-quorum": ["Sind zu wenige da, gibt es nur ein Meinungsbild."],
    "majority": [
        "Bei Geld müssen zwei Drittel Ja sagen.",
        "Bei allem anderen muss mehr als die Hälfte Ja sagen.",
    ],
    "majority-base": ["Gerechnet wird mit allen, die da sind und abstimmen dürfen."],
    "residents": ["Wie viele aus der Bewohnerschaft abstimmen, ist egal."],
    "recusal": ["Befangene zählen als anwesend.", "Wissen wir noch nicht"],
    "recused": [
        "Befangene gehen aus dem Raum.",
        "Wissen wir noch nicht",
        "Öffentlich steht, wie viele befangen waren.",
    ],
    "deputies": ["Es gibt keine Vertretung."],
    "secrecy": ["Abgestimmt wird geheim.", "Wissen wir noch nicht", "Wissen wir noch nicht"],
    "circular": ["Abgestimmt wird nur in Sitzungen."],
    "objections": ["Einwände darf erheben, wer abstimmen durfte.", "Wissen wir noch nicht"],
    "languages": ["Deutsch", "Englisch"],
}
TYPED = {"secrecy": {"ballot__min_turnout": "5"}, "objections": {"objection__days": "14"}}


@pytest.fixture
def jury(hall):
    """A jury of 21 and 8 seats that has no rules."""
    made = Body(area_id=hall.council.area.id, kind="jury", name="Aktionsfondsjury")
    hall.held.add(made)
    hall.held.flush()
    begin_term(hall.held, made, hall.council.term.starts_on, hall.council.term.ends_on)
    for segment, times in (("resident", 21), ("partner", 8)):
        for _ in range(times):
            add_seat(hall.held, made, segment, "")
    hall.held.commit()
    return made


def press_until(page, key, reached):
    """Press a key until this is where the focus is; it must come within a hundred presses."""
    for _ in range(100):
        if reached():
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never came there")


def focus_on(page, locator):
    press_until(page, "Tab", lambda: locator.evaluate("each => each === document.activeElement"))


def choose(page, group, label):
    """Tab into a group of rows and move to the one with this label, by keyboard only."""
    wanted = group.locator("label.choice", has=page.get_by_text(label, exact=True)).locator("input")
    kind = wanted.get_attribute("type")
    inside = lambda: group.evaluate("each => each.contains(document.activeElement)")  # noqa: E731
    press_until(page, "Tab", inside)
    if kind == "checkbox":
        focus_on(page, wanted)
        page.keyboard.press("Space")
    else:
        page.keyboard.press("Space")
        press_until(page, "ArrowDown", wanted.is_checked)
    expect(wanted).to_be_checked()


def answer(page, step):
    """Give the answers of one question by keyboard, in the order of the page."""
    number = [each.name for each in INTERVIEW].index(step) + 1
    expect(page.get_by_text(f"Frage {number} von 12")).to_be_visible()
    fields = page.locator(".rule-field")
    labels = iter(ANSWERS[step])
    for at in range(fields.count()):
        field = fields.nth(at)
        text = field.locator("input[type=text], input[type=number], input:not([type])")
        if field.locator("input[type=checkbox]").count():
            for label in labels:
                choose(page, field, label)
        elif text.count():
            typed = TYPED.get(step, {}).get(text.get_attribute("name"))
            if typed:
                focus_on(page, text)
                page.keyboard.type(typed)
        else:
            label = next(labels, None)
            if label:
                choose(page, field, label)
    press(page, "Weiter")


def press(page, name):
    focus_on(page, page.get_by_role("button", name=name))
    page.keyboard.press("Enter")


@pytest.mark.drill
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_whole_interview_by_keyboard(hall, open_phone, jury, screen):
    page = open_phone(viewport=screen)
    hall.sign_in(page, hall.council.moderators[0])
    page.goto(f"{hall.url}/roster/bodies/{jury.id}/rules")
    inspect(page)
    press(page, "Mit der Vorlage beginnen")
    for step in INTERVIEW:
        answer(page, step.name)
    expect(page.get_by_role("heading", level=1)).to_have_text("Antworten prüfen")
    inspect(page)
    readiness = page.locator(".readiness")
    expect(readiness).to_contain_text("Zählen Befangene bei der Mehrheit mit?")
    readiness.get_by_role("link", name="Zählen Befangene bei der Mehrheit mit?").first.click()
    expect(page).to_have_url(
        f"{hall.url}/roster/bodies/{jury.id}/rules/interview/recusal#recusal__majority"
    )
    page.go_back()
    press(page, "Zweite Person fragen")
    expect(page.get_by_text("Wartet auf zweite Person")).to_be_visible()
    adopt(hall, open_phone, screen)
    hall.held.expire_all()
    stored = hall.held.exec(
        select(RulesOfProcedure).where(RulesOfProcedure.body_id == jury.id)
    ).one()
    assert stored.state == "adopted"
    assert stored.parameters["objection.days"] == 14
    assert stored.parameters["languages"] == ["de", "en"]
    assert "recusal.majority" not in stored.parameters
    hall.held.commit()
    for path in ("regeln", "regeln/was-waere-wenn?befangen=0"):
        page.goto(f"{hall.url}/gremium/{jury.id}/{path}")
        inspect(page)


def adopt(hall, open_phone, screen):
    """The second officer reads everything on an own session and agrees."""
    page = open_phone(viewport=screen)
    hall.sign_in(page, hall.council.moderators[1])
    page.goto(f"{hall.url}/desk/")
    focus_on(page, page.get_by_role("link", name="Regeln ansehen"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("in Kraft setzen?")
    inspect(page)
    press(page, "Regeln in Kraft setzen")
    expect(page.get_by_role("status")).to_contain_text("Fassung 1 ist beschlossen.")


@pytest.mark.drill
def test_every_question_stands_inspection(hall, open_phone, jury):
    page = open_phone()
    hall.sign_in(page, hall.council.moderators[0])
    for step in INTERVIEW:
        page.goto(f"{hall.url}/roster/bodies/{jury.id}/rules/interview/{step.name}")
        inspect(page)
    page.goto(f"{hall.url}/roster/bodies/{jury.id}/rules/more")
    inspect(page)


def test_leaving_and_coming_back_on_another_device(hall, open_phone, jury):
    phone = open_phone()
    hall.sign_in(phone, hall.council.moderators[0])
    phone.goto(f"{hall.url}/roster/bodies/{jury.id}/rules/interview/quorum")
    answer(phone, "quorum")
    answer(phone, "without-quorum")
    expect(phone.get_by_text("Frage 3 von 12")).to_be_visible()
    phone.get_by_role("link", name="Zurück").click()
    expect(phone.get_by_text("Frage 2 von 12")).to_be_visible()
    expect(phone.locator("input:checked")).to_have_count(1)
    desk = open_phone(viewport=DESKTOP)
    hall.sign_in(desk, hall.council.moderators[1])
    desk.goto(f"{hall.url}/roster/bodies/{jury.id}/rules")
    desk.get_by_role("link", name="Hier weitermachen").click()
    expect(desk.get_by_text("Frage 3 von 12")).to_be_visible()


def test_an_answer_that_is_missing_is_named_and_the_rest_is_kept(hall, open_phone, jury):
    page = open_phone()
    hall.sign_in(page, hall.council.moderators[0])
    page.goto(f"{hall.url}/roster/bodies/{jury.id}/rules/interview/quorum")
    page.get_by_text("Zwei Drittel müssen da sein.").click()
    press(page, "Weiter")
    expect(page).to_have_title(re.compile("^Fehler: "))
    inspect(page)
    expect(page.locator("input:checked")).to_have_count(1)
    page.get_by_role("link", name="Bitte wählen Sie eine Antwort.").click()
    assert page.evaluate("document.activeElement.name") == "quorum__base"


def test_what_an_answer_makes_pointless_is_out_of_the_way(hall, open_phone, jury):
    page = open_phone()
    hall.sign_in(page, hall.council.moderators[0])
    for step, master, pointless in (
        ("deputies", "Es gibt keine Vertretung.", "#deputy__on_absence"),
        ("secrecy", "Abgestimmt wird offen, mit der Hand.", "#small_roll__effect"),
        ("circular", "Abgestimmt wird nur in Sitzungen.", "#trust__circular"),
    ):
        page.goto(f"{hall.url}/roster/bodies/{jury.id}/rules/interview/{step}")
        expect(page.locator(pointless)).to_be_visible()
        page.get_by_text(master, exact=True).click()
        expect(page.locator(pointless)).to_be_hidden()
    page.goto(f"{hall.url}/roster/bodies/{jury.id}/rules/interview/quorum")
    expect(page.locator("#quorum__fixed")).to_be_hidden()
    page.get_by_text("Eine feste Zahl muss da sein.").click()
    expect(page.locator("#quorum__fixed")).to_be_visible()
