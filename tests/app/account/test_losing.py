"""The card is gone: the page says both ways, and who is signed in stops it at once."""

import pytest
from sqlmodel import select

from app.models import Card, UserSession

LOST, STOP = "/karte/weg", "/account/card/stop"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_both_ways_stand_there_for_everybody(visitor, prefix):
    page = visitor.get(prefix + LOST).text
    assert page.count('<section class="panel"') == 2
    assert STOP not in page
    assert LOST in visitor.get("/karte").text


def test_who_is_signed_in_sees_whom_to_call(client_of, held, area):
    area.area.office_phone = "030 123"
    browser = client_of(area.members[0])
    assert LOST in browser.get("/account/").text
    page = browser.get(LOST).text
    assert "030 123" in page
    assert STOP in page


def test_a_member_stops_the_own_cards_alone(client_of, held, area):
    member, browser = area.members[0], client_of(area.members[0])
    other = client_of(area.members[1])
    assert "auf allen Geräten abgemeldet" in browser.get(STOP).text
    assert "Ihre Karte ist gesperrt" in browser.post(STOP).text
    assert browser.get("/booth/").status_code == 401
    assert other.get("/booth/").status_code == 200
    stopped = held.exec(select(Card.member_id).where(Card.revoked_at.is_not(None))).all()
    assert stopped == [member.id]
    ended = held.exec(select(UserSession).where(UserSession.revoked_at.is_not(None))).all()
    assert [row.member_id for row in ended] == [member.id]


def test_there_is_nothing_to_stop_without_a_card(client_of, held, area):
    for card in held.exec(select(Card)).all():
        held.delete(card)
    held.commit()
    for person, refused in ((area.members[0], 404), (area.moderators[0], 403)):
        browser = client_of(person)
        assert STOP not in browser.get(LOST).text
        assert [browser.get(STOP).status_code, browser.post(STOP).status_code] == [refused] * 2
