"""A trustee on an own phone: card and invitation, a passkey, and the proof before the key."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.commission import appointing
from app.models import CountingCommission, Member, UserSession
from tests.browser.conftest import Hall
from tests.browser.inspection import inspect
from tests.browser.test_card import heading
from tests.browser.test_passkey import give_authenticator
from tests.service.browser import DESKTOP

pytestmark = pytest.mark.drill
OpenPhone = Callable[..., Page]


@pytest.fixture
def member(hall: Hall) -> Member:
    """A real member; the invented ones need nothing but their link."""
    member = hall.council.members[0]
    member.is_demo = False
    hall.held.add(member)
    hall.held.commit()
    return member


@pytest.fixture
def commission(hall: Hall, member: Member) -> CountingCommission:
    held, council = hall.held, hall.council
    people = [member, council.members[1], council.moderators[0]]
    made = appointing.appoint(held, council.body, council.term, people, datetime.now(UTC))
    held.commit()
    return made


def show_link(hall: Hall, desk: Page) -> str:
    """What the officer's screen shows to the trustee."""
    hall.sign_in(desk, hall.council.moderators[0])
    desk.goto(f"{hall.url}/commission/bodies/{hall.council.body.id}")
    inspect(desk)
    desk.get_by_role("button", name="Jetzt zusammen einrichten").first.click()
    inspect(desk)
    return desk.locator("code").inner_text()


def grow_old(hall: Hall, member: Member) -> None:
    """Let eleven minutes pass since the last proof."""
    hall.held.commit()
    for row in hall.held.exec(select(UserSession).where(UserSession.member_id == member.id)):
        row.confirmed_at = row.confirmed_at and row.confirmed_at - timedelta(minutes=11)
    hall.held.commit()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_card_and_invitation_make_an_access(
    hall: Hall,
    open_phone: OpenPhone,
    member: Member,
    commission: CountingCommission,
    scheme: str,
) -> None:
    phone, desk = open_phone(color_scheme=scheme), open_phone(viewport=DESKTOP, color_scheme=scheme)
    give_authenticator(phone)
    key = f"{hall.url}/commission/keys/{commission.id}"
    link = show_link(hall, desk)
    phone.goto(link)
    inspect(phone)
    phone.get_by_role("link", name="Mit der Karte anmelden").click()
    phone.goto(hall.card_address(member))
    phone.locator("[data-yes]").click()
    phone.wait_for_url("**/einladung/*")
    phone.goto(key)
    expect(heading(phone)).to_have_text("Zugang als Schlüsselperson")
    inspect(phone)
    phone.goto(link)
    phone.get_by_role("button", name="Zugang einrichten").click()
    phone.get_by_label("Name für diesen Passkey").fill("Mein Handy")
    phone.get_by_role("button", name="Passkey hinzufügen").click()
    phone.wait_for_url("**/account/access/codes")
    inspect(phone)
    phone.goto(key)
    expect(phone.locator("form[data-make]")).to_be_visible()
    grow_old(hall, member)
    phone.goto(key)
    expect(heading(phone)).to_have_text("Bitte noch einmal bestätigen")
    inspect(phone)
    phone.get_by_role("button", name="Mit Passkey bestätigen").click()
    phone.wait_for_url(key)
    expect(phone.locator("form[data-make]")).to_be_visible()


def test_a_proof_that_grew_old_in_the_ceremony_is_asked_for_and_it_goes_on(
    hall: Hall, open_phone: OpenPhone, member: Member, commission: CountingCommission
) -> None:
    phone, desk = open_phone(), open_phone(viewport=DESKTOP)
    give_authenticator(phone)
    link, key = show_link(hall, desk), f"{hall.url}/commission/keys/{commission.id}"
    hall.sign_in(phone, member)
    phone.goto(link)
    phone.get_by_role("button", name="Zugang einrichten").click()
    phone.get_by_label("Name für diesen Passkey").fill("Mein Handy")
    phone.get_by_role("button", name="Passkey hinzufügen").click()
    phone.wait_for_url("**/account/access/codes")
    phone.goto(key)
    phone.get_by_label("Passphrase für Ihren Teil").fill("grüne Birne im Keller")
    phone.get_by_label("Noch einmal dieselbe").fill("grüne Birne im Keller")
    phone.get_by_role("button", name="Meinen Schlüssel-Teil anlegen").click()
    with phone.expect_download():
        phone.get_by_role("link", name="Als Datei sichern").click()
    grow_old(hall, member)
    phone.locator("button[data-act=certify]:visible").click()
    phone.get_by_role("button", name="Mit Passkey bestätigen").click()
    phone.wait_for_url(key)
    phone.locator("button[data-act=certify]:visible").click()
    phone.locator("form[data-unlock]").get_by_label("Ihre Passphrase").fill("grüne Birne im Keller")
    phone.locator("form[data-unlock] button[type=submit]").click()
    expect(phone.locator("[data-people]")).to_contain_text("hat den Schlüssel-Teil angelegt")
