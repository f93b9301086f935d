"""Cards printed in a real browser: secrets are made there and the server gets verifiers."""

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from app.card_secret import parse, signin_key, verifier
from app.models import Card
from tests.app import builder
from tests.app.builder import Council
from tests.service.browser import DESKTOP, OpenPhone
from tests.service.site import Site

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture
def desk(held: Session, area: Council, live_server: Site, open_phone: OpenPhone) -> Page:
    page = open_phone(viewport=DESKTOP)
    cookie = builder.sign_in(held, area.moderators[0])
    page.context.add_cookies([{"name": "kiezvotum", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/roster/bodies/1/cards")
    return page


def verifiers(held: Session) -> dict[str, bool]:
    """Every stored verifier, and whether its card is valid."""
    held.expire_all()
    found = {card.verifier: card.revoked_at is None for card in held.exec(select(Card))}
    held.commit()
    return found


def test_two_cards_are_made_here_and_only_verified_there(
    held: Session, area: Council, desk: Page
) -> None:
    names = [member.name for member in area.members[:2]]
    members = len(area.members)
    before = verifiers(held)
    for name in names:
        desk.get_by_label(name, exact=True).check()
    desk.get_by_role("button", name="Karten drucken").click()
    expect(desk.get_by_role("heading", name="Die Karten sind fertig")).to_be_visible()
    cards = desk.locator(".card-page .card")
    expect(cards).to_have_count(2)
    assert cards.locator("h3").all_inner_texts() == names
    expect(cards.locator("svg")).to_have_count(2)
    secrets = [parse(words) for words in cards.locator("[data-slot=words]").all_inner_texts()]
    printed = {verifier(signin_key(secret or b"")) for secret in secrets}
    after = verifiers(held)
    assert printed == after.keys() - before.keys()
    assert all(after[each] for each in printed if each)
    assert sum(after.values()) == members


def test_nobody_ticked_is_said(held: Session, desk: Page) -> None:
    before = verifiers(held)
    desk.get_by_role("button", name="Karten drucken").click()
    expect(desk.get_by_role("heading", name="Niemand ist angekreuzt")).to_be_visible()
    desk.get_by_role("button", name="Zur Liste").click()
    expect(desk.get_by_role("button", name="Karten drucken")).to_be_visible()
    assert verifiers(held) == before
