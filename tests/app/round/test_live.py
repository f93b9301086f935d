"""The desk in a real browser: the open page follows its round."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session

from app import db
from app.booth.casting import cast
from app.models import Round
from app.round import closing
from tests.app import builder
from tests.app.builder import Council
from tests.service.browser import DESKTOP, OpenPhone
from tests.service.site import Site

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture
def desk(held: Session, area: Council, live_server: Site, open_phone: OpenPhone) -> Page:
    """The browser of a moderator."""
    page = open_phone(viewport=DESKTOP)
    cookie = builder.sign_in(held, area.moderators[0])
    page.context.add_cookies([{"name": "kiezvotum", "value": cookie, "url": live_server.url}])
    return page


def test_the_number_renews_itself_and_a_last_call_shows(
    held: Session,
    area: Council,
    live_server: Site,
    desk: Page,
    open_round: Callable[..., Round],
) -> None:
    round_ = open_round()
    desk.goto(f"{live_server.url}/desk/rounds/{round_.id}")
    expect(desk.locator("#turnout")).to_have_text("0 von 9 haben abgestimmt")
    desk.evaluate("document.body.dataset.same = 'yes'")
    member = area.members[0]
    submission = builder.make_submission(held, area.phones[member.id], member, round_, "yes")
    held.commit()
    with db.acting():
        cast(member, round_.id, submission)
    expect(desk.locator("#turnout")).to_have_text("1 von 9 haben abgestimmt")
    assert desk.evaluate("document.body.dataset.same") == "yes"
    held.expire_all()
    closing.start_last_call(held, held.get_one(Round, round_.id), datetime.now(UTC))
    held.commit()
    expect(desk.get_by_text("Letzter Aufruf bis")).to_be_visible()
    assert desk.evaluate("document.body.dataset.same") is None
