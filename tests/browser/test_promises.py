"""What is promised for a round, and the check page with a box and without, as readers see them."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from app import box
from tests.app import builder, deciding
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect

pytestmark = pytest.mark.drill

ANSWERS = ["yes"] * 6 + ["no"] * 2 + ["abstain"]
FAR = date(2300, 1, 1)


def test_the_pages_stand_inspection_before_and_after_the_box_is_gone(
    hall: Hall, open_phone: Callable[..., Page]
) -> None:
    builder.change_rules(hall.held, hall.council, {"archive.keep_months": 6, "objection.days": 14})
    decision = deciding.decide(hall.held, hall.council, ANSWERS)[0]
    hall.held.commit()
    page = open_phone()
    for color_scheme in ("light", "dark"):
        page.emulate_media(color_scheme=color_scheme)
        page.goto(f"{hall.url}/entscheidung/{decision.year}-{decision.n}")
        page.get_by_role("link", name="Was für diese Abstimmung gilt").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Was für diese Abstimmung gilt")
        page.locator("summary").first.click()
        inspect(page)
        page.get_by_role("link", name="So prüfen Sie die Auszählung").click()
        expect(page.get_by_text("Nachzählen bis")).to_be_visible()
        inspect(page)
    box.forget_boxes(hall.held, FAR, decision.published_at)
    hall.held.commit()
    page.reload()
    expect(page.get_by_role("heading", name="Die Urne ist gelöscht")).to_be_visible()
    expect(page.locator("bdi.code", has_text=re.compile("^[0-9a-f]{64}$"))).to_have_count(2)
    inspect(page)


def test_a_box_for_members_is_counted_again_by_a_member_alone(
    hall: Hall, open_phone: Callable[..., Page]
) -> None:
    builder.change_rules(hall.held, hall.council, {"archive.publish": "members"})
    decision = deciding.decide(hall.held, hall.council, ANSWERS)[0]
    hall.held.commit()
    stranger, member = open_phone(), open_phone()
    hall.sign_in(member, hall.council.members[0])
    for page, said in (
        (stranger, "Diese Urne bekommen Sie hier nicht."),
        (member, "Nachgezählt: Alles stimmt."),
    ):
        page.goto(f"{hall.url}/abstimmung/{decision.page['round_id']}/pruefen")
        page.get_by_role("button", name="Jetzt nachzählen").click()
        expect(page.get_by_text(said)).to_be_visible(timeout=30_000)
        expect(page.get_by_role("link", name="Wörter der Karte eintippen")).to_be_visible()
