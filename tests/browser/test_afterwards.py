"""The list and the votes of an evening without power are entered in a browser, three days later."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app import text
from app.models import RollEntry, Round
from tests.app import builder
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect
from tests.service.browser import OpenPhone

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.drill]


@pytest.fixture
def desk(hall: Hall, open_phone: OpenPhone) -> Page:
    """A moderator's phone, three days after a meeting at which nothing was noted."""
    held, council = hall.held, hall.council
    builder.set_present(held, council, [])
    day = datetime.now(text.BERLIN) - timedelta(days=3)
    evening = day.replace(hour=18, minute=0, second=0, microsecond=0)
    council.meeting.starts_at = evening.astimezone(UTC)
    proposal = builder.build_proposal(held, council, "Hochbeete im Hof")
    builder.build_item(held, council, title="Hochbeete im Hof", proposal_id=proposal.id)
    page = open_phone()
    hall.sign_in(page, council.moderators[0])
    page.goto(f"{hall.url}/desk/meetings/{council.meeting.id}")
    return page


def test_from_the_list_on_paper_to_the_roll_of_that_time(hall: Hall, desk: Page) -> None:
    desk.get_by_role("link", name="Anwesenheit nachtragen").click()
    desk.get_by_label("Ende der Sitzung").fill("20:00")
    for number, member in enumerate(hall.council.members):
        desk.locator(f"#arrived_member_{member.id}").fill("18:00" if number else "18:45")
    inspect(desk)
    desk.get_by_role("button", name="Anwesenheit speichern").click()
    expect(desk.get_by_text("9 Mitglieder waren da.")).to_be_visible()
    desk.get_by_role("link", name="Hochbeete im Hof").first.click()
    desk.get_by_role("button", name="Abstimmung nachtragen").click()
    inspect(desk)
    desk.get_by_role("link", name="Abstimmung nachtragen").click()
    desk.get_by_label("Um wie viel Uhr").fill("18:30")
    inspect(desk)
    desk.get_by_role("button", name="Zeit speichern").click()
    desk.get_by_role("button", name="Angesagt").click()
    desk.get_by_role("link", name="Prüfen und öffnen").click()
    desk.get_by_role("button", name="Abstimmung öffnen").click()
    expect(desk.get_by_text("Abgestimmt wurde um 18:30 Uhr.")).to_be_visible()
    hall.held.commit()
    round_ = hall.held.exec(select(Round).where(Round.area_id == hall.council.area.id)).one()
    assert round_.is_on_paper
    on_roll = set(hall.held.exec(select(RollEntry.member_id)).all())
    there = {each.id for each in hall.council.members}
    assert on_roll & there == there - {hall.council.members[0].id}
    hall.held.commit()
