"""Minutes on a phone: read, corrected, approved and published, without script too."""

import pytest
from playwright.sync_api import Page, expect

from tests.app import ended
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect


@pytest.mark.needs("chromium")
def test_from_the_draft_to_the_public_page(hall: Hall, open_phone) -> None:
    over = _end_meeting(hall)
    address = f"{hall.url}/minutes/{over}"
    page = open_phone(java_script_enabled=False)
    hall.sign_in(page, hall.council.moderators[0])
    page.goto(f"{hall.url}/desk/")
    page.get_by_role("link", name="Protokoll prüfen").click()
    page.locator('a[href*="/sections/item-"]').first.click()
    page.get_by_label("Text dieses Abschnitts").fill("Frau Kara berichtet.")
    page.get_by_role("button", name="Berichtigung speichern").click()
    expect(page.get_by_role("status")).to_have_text("Die Berichtigung steht jetzt hier.")
    expect(page.get_by_text("Frau Haddad berichtet.")).to_be_visible()
    page.get_by_role("button", name="Ich habe es geprüft").click()
    page.get_by_role("link", name="Genehmigung eintragen").click()
    page.get_by_role("button", name="Ohne Widerspruch genehmigt").click()
    page.get_by_role("link", name="Veröffentlichen").click()
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.get_by_role("status")).to_have_text("Das Protokoll ist öffentlich.")
    page.goto(address.replace("/minutes/", "/sitzung/") + "/protokoll")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Protokoll:")
    expect(page.get_by_text("Frau Kara")).to_have_count(0)


@pytest.mark.needs("chromium")
@pytest.mark.drill
def test_every_page_stands_the_inspection(hall: Hall, open_phone) -> None:
    over = _end_meeting(hall)
    page: Page = open_phone()
    hall.sign_in(page, hall.council.moderators[0])
    for address in ("", f"{over}", f"{over}/sections/attendance", f"{over}/approve"):
        page.goto(f"{hall.url}/minutes/{address}")
        inspect(page)
    page.get_by_role("button", name="Ohne Widerspruch genehmigt").click()
    page.get_by_role("link", name="Veröffentlichen").click()
    inspect(page)
    page.get_by_role("button", name="Veröffentlichen").click()
    page.get_by_role("link", name="Öffentliche Fassung").click()
    inspect(page)


def _end_meeting(hall: Hall) -> int:
    ended.begin(hall.held, hall.council)
    over = ended.end(hall.held, hall.council)
    ended.meet_again(hall.held, hall.council)
    return over.id
