"""Three phones hold the count key of an evening: one tap each opens the sum."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from app import db
from app.models import Member, Round
from app.round import closing, counting, preparing
from tests.app import builder, deciding
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect

COUNT_KEYS = """async () => {
  const opening = indexedDB.open('kiezvotum');
  await new Promise((done) => { opening.onsuccess = done; });
  const keys = opening.result.transaction('count_keys').objectStore('count_keys').count();
  await new Promise((done) => { keys.onsuccess = done; });
  opening.result.close();
  return keys.result;
}"""
WIPE = "() => new Promise(done => { indexedDB.deleteDatabase('kiezvotum').onsuccess = done; })"
ANSWERS = ["yes"] * 6 + ["no"] * 2 + ["abstain"]


@pytest.fixture
def holders(hall: Hall) -> list[Member]:
    builder.set_rules(hall.held, hall.council, trust__meeting="evening")
    return hall.council.members[:3]


def make_key(hall: Hall, page: Page, member: Member) -> Page:
    """From the member's list to the key, with one tap."""
    hall.sign_in(page, member)
    page.goto(f"{hall.url}/booth/")
    page.get_by_role("link", name="Heute mitzählen").click()
    inspect(page)
    page.get_by_role("button", name="Abendschlüssel anlegen").click()
    expect(page.get_by_role("heading", name="Sie zählen heute mit.")).to_be_visible()
    return page


def close(hall: Hall, **chosen: int) -> Round:
    """A round that everybody cast in, closed and added up by the worker."""
    held = hall.held
    round_ = builder.open_round(held, builder.prepare_round(held, hall.council, **chosen))
    deciding.let_cast(held, hall.council, round_, zip(hall.council.members, ANSWERS, strict=True))
    with db.acting():
        closing.end(held, round_, datetime.now(UTC), "end")
    held.commit()
    return round_


def outcomes(hall: Hall, round_: Round) -> list[str]:
    hall.held.expire_all()
    found = [each.state for each in preparing.questions_of(hall.held, round_)]
    hall.held.commit()
    return found


def test_one_tap_each_opens_the_sum_of_every_question(
    hall: Hall, holders: list[Member], open_phone: Callable[..., Page]
) -> None:
    phones = [make_key(hall, open_phone(), member) for member in holders]
    round_ = close(hall, questions=2)
    counting.count_round(round_.id)
    for at, phone in enumerate(phones):
        button = phone.get_by_role("button", name="Auszählen")
        expect(button).to_be_visible(timeout=20_000)
        expect(phone.locator("[data-list] li")).to_have_count(2)
        inspect(phone)
        assert outcomes(hall, round_) == ["listed", "listed"], at
        button.click()
        expect(phone.get_by_role("heading", name="Sie zählen heute mit.")).to_be_visible(
            timeout=20_000
        )
    assert outcomes(hall, round_) == ["counted", "counted"]


@pytest.mark.drill
def test_a_phone_drops_out_comes_back_and_another_lost_its_key(
    hall: Hall, holders: list[Member], open_phone: Callable[..., Page]
) -> None:
    first, second, third = (make_key(hall, open_phone(), member) for member in holders)
    round_ = close(hall)
    counting.count_round(round_.id)
    first.get_by_role("button", name="Auszählen").click()
    expect(first.get_by_role("heading", name="Sie zählen heute mit.")).to_be_visible(timeout=20_000)
    address = second.url
    second.goto("about:blank")
    third.evaluate(WIPE)
    third.reload()
    expect(third.get_by_text("Auf diesem Handy ist Ihr Abendschlüssel nicht mehr.")).to_be_visible()
    desk = open_phone()
    hall.sign_in(desk, hall.council.moderators[0])
    desk.goto(f"{hall.url}/desk/rounds/{round_.id}")
    expect(desk.get_by_text("1 von 3 Schlüsseln sind da.")).to_be_visible()
    second.goto(address)
    second.get_by_role("button", name="Auszählen").click()
    expect(second.get_by_role("heading", name="Sie zählen heute mit.")).to_be_visible(
        timeout=20_000
    )
    expect(desk.get_by_text("2 von 3 Schlüsseln sind da.")).to_be_visible(timeout=20_000)
    expect(desk.get_by_text(holders[2].name)).to_be_visible()
    inspect(desk)
    assert outcomes(hall, round_) == ["listed"]
    third.get_by_role("button", name="Neuen Abendschlüssel anlegen").click()
    later = close(hall)
    counting.count_round(later.id)
    for phone in (first, second, third):
        phone.get_by_role("button", name="Auszählen").click(timeout=10_000)
        expect(phone.locator("[data-state=working]")).to_be_hidden(timeout=20_000)
    expect(first.get_by_role("heading", name="Sie zählen heute mit.")).to_be_visible(timeout=20_000)
    assert outcomes(hall, later) == ["counted"]


def test_after_the_meeting_the_key_has_left_the_phone(
    hall: Hall, holders: list[Member], open_phone: Callable[..., Page]
) -> None:
    phone = make_key(hall, open_phone(), holders[0])
    assert phone.evaluate(COUNT_KEYS) == 1
    hall.council.meeting.state = "closed"
    hall.held.add(hall.council.meeting)
    hall.held.commit()
    expect(phone.get_by_role("heading", name="Die Sitzung ist vorbei.")).to_be_visible(
        timeout=10_000
    )
    assert phone.evaluate(COUNT_KEYS) == 0
