"""An area whose database is an old one: its page, its banner, and an applicant's own page."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from app.models import Round
from app.visitor import digest
from tests.app import builder
from tests.browser.inspection import inspect
from tests.service.browser import DESKTOP, OpenPhone

pytestmark = pytest.mark.drill
LINK = "eigener-antrag"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("shape", ["phone", "desk"])
def test_two_people_let_an_area_go_on(hall, open_phone: OpenPhone, scheme: str, shape: str) -> None:
    size = {"viewport": DESKTOP} if shape == "desk" else {}
    first, second = (open_phone(color_scheme=scheme, **size) for _each in range(2))
    for page, officer in zip((first, second), hall.council.moderators, strict=True):
        hall.sign_in(page, officer)
    hall.council.area.set_back_at = datetime.now(UTC)
    hall.held.add(hall.council.area)
    hall.held.commit()
    first.goto(f"{hall.url}/account/")
    first.get_by_role("link", name="Was das heißt").click()
    inspect(first)
    first.get_by_label("Grund").fill("Die Platte war kaputt.")
    first.get_by_role("button", name="Zweite Person fragen").click()
    inspect(first)
    second.goto(f"{hall.url}/account/second-person")
    second.get_by_role("link", name="Ansehen, was fehlt").click()
    inspect(second)
    second.get_by_role("button", name="Zustimmen").click()
    expect(second.get_by_text("Es geht weiter.")).to_be_visible()
    first.reload()
    expect(first.get_by_text("Es fehlt nichts.")).to_be_visible()


@pytest.mark.parametrize("shape", ["phone", "desk"])
def test_a_count_that_stopped(hall, open_phone: OpenPhone, shape: str) -> None:
    page = open_phone(**({"viewport": DESKTOP} if shape == "desk" else {}))
    hall.sign_in(page, hall.council.moderators[0])
    round_ = hall.held.get_one(Round, hall.open_round().id)
    round_.state, round_.count_fault, round_.closed_at = "closed", "key", datetime.now(UTC)
    hall.held.add(round_)
    hall.held.commit()
    page.goto(f"{hall.url}/desk/rounds/{round_.id}")
    inspect(page)
    page.get_by_role("link", name="Noch einmal auszählen").click()
    inspect(page)
    page.get_by_label("Grund").fill("Die Datei ist wieder da.")
    page.get_by_role("button", name="Zweite Person fragen").click()
    expect(page.get_by_text("Wartet auf zweite Person").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_applicant_corrects_without_script(hall, open_phone: OpenPhone, scheme: str) -> None:
    proposal = builder.build_proposal(hall.held, hall.council, "Bänke am Weg")
    link = f"{LINK}-{proposal.id}"
    proposal.applicant_link = digest(link)
    hall.held.commit()
    seen, page = open_phone(color_scheme=scheme), open_phone(java_script_enabled=False)
    for each in (seen, page):
        each.goto(f"{hall.url}/proposals/link/{link}")
    inspect(seen)
    page.get_by_label("Titel").fill("Zwei Bänke am Weg")
    page.get_by_role("button", name="Änderungen speichern").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zwei Bänke am Weg")
    expect(page.get_by_text("Die Änderungen sind gespeichert.")).to_be_visible()
