"""The register and the way to take a text out of it, as a person uses them."""

from datetime import UTC, datetime

import pytest

from app import decision_log
from app.models import Officer
from tests.browser.inspection import inspect

WORDS = "Frau Quastenflosser hat die Karten vertauscht, als alle schon im Saal saßen."


@pytest.mark.drill
@pytest.mark.needs("chromium")
def test_two_people_remove_a_text(hall, open_phone):
    council, page = hall.council, open_phone()
    admin = Officer(area_id=council.area.id, name="Ada Roth", role="administrator", is_demo=True)
    hall.held.add(admin)
    decision_log.append(
        hall.held, council.area, "access_restored", {"reason": WORDS}, datetime.now(UTC)
    )
    hall.held.commit()
    register = f"{hall.url}/gebiet/{council.area.slug}/register"
    page.goto(register)
    page.get_by_text("So steht es im Register").first.click()
    inspect(page)
    assert page.get_by_text(WORDS).is_visible()
    hall.sign_in(page, admin)
    page.goto(f"{hall.url}/account/texts")
    inspect(page)
    page.get_by_role("link", name="Text entfernen").first.click()
    page.get_by_role("button", name="Zweite Person fragen").click()
    page.get_by_label("Der Text nennt einen Namen").check()
    inspect(page)
    page.get_by_role("button", name="Zweite Person fragen").click()
    inspect(page)
    hall.sign_in(page, council.moderators[1])
    page.goto(f"{hall.url}/account/second-person")
    page.get_by_role("link", name="Text ansehen").click()
    inspect(page)
    page.get_by_role("button", name="Text entfernen").click()
    page.wait_for_url("**/account/second-person")
    page.goto(register)
    inspect(page)
    assert page.get_by_text("Quastenflosser").count() == 0
    assert page.get_by_text("Text entfernt am").is_visible()
