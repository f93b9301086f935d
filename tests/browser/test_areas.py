"""Setting up an area on a phone, without script too, and what residents see of it."""

import pytest
from playwright.sync_api import expect

from app.models import Officer
from tests.browser.inspection import inspect

PUBLIC = ("/", "/?q=12055", "/gebiet/{slug}", "/gremium/{body}")
OFFICERS = (
    *("/roster/area", "/roster/area/edit", "/roster/area/coordinators/new"),
    *("/roster/bodies/new", "/roster/bodies/{body}/edit", "/roster/setup"),
)


def officer(hall) -> Officer:
    return hall.council.moderators[0]


@pytest.mark.needs("chromium")
def test_every_page_stands_the_inspection(hall, open_phone):
    page = open_phone()
    names = {"slug": hall.council.area.slug, "body": hall.council.body.id}
    for address in PUBLIC:
        page.goto(hall.url + address.format(**names))
        inspect(page)
    hall.sign_in(page, officer(hall))
    for address in OFFICERS:
        page.goto(hall.url + address.format(**names))
        inspect(page)


@pytest.mark.drill
@pytest.mark.needs("chromium")
def test_goals_and_a_jury_are_entered_without_script(hall, open_phone):
    page = open_phone(java_script_enabled=False)
    hall.sign_in(page, officer(hall))
    page.goto(f"{hall.url}/roster/area/goals")
    page.get_by_role("button", name="Noch ein Ziel").click()
    page.get_by_label("Ziel 2", exact=True).fill("Mehr Schatten")
    page.get_by_role("button", name="Ziel 2 nach oben").click()
    expect(page.get_by_label("Ziel 1", exact=True)).to_have_value("Mehr Schatten")
    page.get_by_label("Ziel 2", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_have_text("Die neue Liste gilt ab heute.")
    expect(page.get_by_role("group").filter(has_text="Frühere Liste, Fassung 1")).to_be_visible()

    page.goto(f"{hall.url}/roster/bodies/new")
    page.get_by_role("radio", name="Aktionsfondsjury").check()
    page.get_by_label("Name").fill("Jury am Anger")
    page.get_by_role("button", name="Gremium anlegen").click()
    expect(page.get_by_role("heading", name="Es fehlt noch etwas")).to_be_visible()
    page.get_by_label("Beginn der Amtszeit").fill("2026-05-01")
    page.get_by_label("Letzter Tag der Amtszeit").fill("2190-04-30")
    page.get_by_role("button", name="Gremium anlegen").click()
    expect(page.get_by_role("heading", name="Jury am Anger")).to_be_visible()
    page.get_by_role("link", name="Hier weitermachen").click()
    expect(page.get_by_role("heading", name="Jury am Anger", level=1)).to_be_visible()

    page.goto(f"{hall.url}/gebiet/{hall.council.area.slug}")
    page.get_by_role("link", name="Jury am Anger").click()
    expect(page.get_by_text("Die Aktionsfondsjury entscheidet allein.")).to_be_visible()
