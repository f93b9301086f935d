"""One card on several devices: the others ask whose the new one is, and can end the card."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.models import Card, Mail, UserSession, VotingKey
from tests.app import builder

QUESTION = "Ihre Karte wurde auf einem anderen Gerät benutzt. Waren Sie das?"


def enter(browser, phone):
    return browser.post("/karte/sign-in", json={"signin": phone.sign_in_key})


@pytest.fixture
def devices(app, held, phone):
    """The member's own phone, and another on which the same card was used later."""
    browsers = [builder.browse(app, held) for _device in range(2)]
    for browser in browsers:
        assert enter(browser, phone).status_code == 200
    return browsers


def midnight():
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def doubted(held):
    return [row for row in held.exec(select(UserSession)) if row.is_doubted]


def test_the_first_device_is_not_asked_about(visitor, held, phone):
    enter(visitor, phone)
    assert doubted(held) == []
    assert QUESTION not in visitor.get("/booth/").text


def test_the_others_ask_on_every_page_and_the_new_one_does_not(held, devices):
    first, second = devices
    assert len(doubted(held)) == 1
    for path in ("/booth/", "/account/", "/proposals/"):
        assert QUESTION in first.get(path).text
        assert QUESTION not in second.get(path).text


def test_the_new_device_cannot_answer_for_itself(held, devices):
    [row] = doubted(held)
    for path in ("mine", "not-mine"):
        answer = devices[1].post(f"/account/devices/{row.id_hash}/{path}")
        assert answer.status_code == 404
    enter_again = devices[1].get("/booth/")
    assert enter_again.status_code == 200
    assert len(doubted(held)) == 1


def test_using_the_card_again_does_not_answer_the_question(held, devices, phone):
    enter(devices[1], phone)
    assert len([row for row in doubted(held) if row.revoked_at is None]) == 1


def test_yes_ends_the_question(held, devices):
    [row] = doubted(held)
    answer = devices[0].post(f"/account/devices/{row.id_hash}/mine")
    assert (answer.status_code, answer.location) == (303, "/account/")
    assert QUESTION not in devices[0].get("/booth/").text
    assert [each.get("/booth/").status_code for each in devices] == [200, 200]


def test_no_ends_the_card_the_key_and_every_device(app, held, area, member, devices, phone):
    [row] = doubted(held)
    path = f"/account/devices/{row.id_hash}/not-mine"
    assert "Ihre Karte sperren?" in devices[0].get(path).text
    assert [each.get("/booth/").status_code for each in devices] == [200, 200]
    answer = devices[0].post(path)
    assert answer.status_code == 200
    for words in ("Ihre Karte ist gesperrt", area.area.office_phone):
        assert words in answer.text
    assert [each.get("/booth/").status_code for each in devices] == [401, 401]
    card = held.exec(select(Card).where(Card.member_id == member.id)).one()
    assert card.revoked_at is not None
    assert card.wrapped is None
    assert held.exec(select(VotingKey).where(VotingKey.member_id == member.id)).all() == []
    refused = enter(builder.browse(app, held), phone)
    assert (refused.status_code, refused.json["error"]) == (410, "card_revoked")
    others = held.exec(select(Card.id).where(Card.revoked_at.is_(None))).all()
    assert len(others) == len(area.members) - 1


def test_nobody_else_can_end_the_card(client_of, held, area, devices):
    [row] = doubted(held)
    stranger = client_of(area.members[1])
    for path in ("mine", "not-mine"):
        assert stranger.post(f"/account/devices/{row.id_hash}/{path}").status_code == 404
    assert stranger.get(f"/account/devices/{row.id_hash}/not-mine").status_code == 404
    assert [each.get("/booth/").status_code for each in devices] == [200, 200]


def test_the_account_shows_the_day_of_last_use_and_no_time(held, devices):
    row = held.exec(select(UserSession).where(UserSession.is_doubted)).one()
    row.seen_at = datetime(2026, 3, 1, tzinfo=UTC)
    assert "zuletzt benutzt am 01.03.2026" in devices[0].get("/account/").text
    devices[1].get("/booth/", headers={"Sec-Fetch-Dest": "empty"})
    assert row.seen_at == datetime(2026, 3, 1, tzinfo=UTC)
    before = midnight()
    devices[1].get("/booth/")
    assert row.seen_at in {before, midnight()}


@pytest.mark.parametrize("is_used", [False, True], ids=["new card", "used card"])
def test_devices_that_enter_at_the_same_time_are_doubted_but_for_one(app, held, phone, is_used):
    """A copied card, used in the very moment in which its owner uses it."""
    card = held.exec(select(Card).where(Card.verifier == phone.verifier)).one()
    card.used_at = datetime.now(UTC) if is_used else None
    held.add(card)
    browsers = [builder.browse(app, held) for _device in range(6)]
    tokens = [browser.csrf() for browser in browsers]
    held.commit()

    def come(number):
        browsers[number].held = None
        headers = {"X-CSRF-Token": tokens[number]}
        sent = {"signin": phone.sign_in_key}
        return browsers[number].post("/karte/sign-in", json=sent, headers=headers).status_code

    with ThreadPoolExecutor(len(browsers)) as threads:
        assert list(threads.map(come, range(len(browsers)))) == [200] * len(browsers)
    held.rollback()
    assert len(held.exec(select(UserSession)).all()) == len(browsers)
    assert len(doubted(held)) == len(browsers) - 1


def test_mail_tells_it_too(visitor, held, area, member, phone, app):
    member.mail = "aylin@anger.example"
    enter(visitor, phone)
    assert held.exec(select(Mail)).all() == []
    enter(builder.browse(app, held), phone)
    assert [row.recipient for row in held.exec(select(Mail))] == ["aylin@anger.example"]
