"""The own account: who am I, my devices, signing out."""

from sqlmodel import select

from app.models import UserSession, VotingKey
from tests.app import builder

CARD_HINT = "Wer Ihre Karte gedruckt hat oder besitzt, könnte in Ihrem Namen abstimmen."


def test_a_member_sees_seat_key_and_what_the_card_means(client_of, area):
    page = client_of(area.members[0]).get("/account/").text
    for words in ("Aylin Kara", "Anger", "Quartiersrat Anger", "Bewohnerschaft", CARD_HINT):
        assert words in page
    assert "noch keinen Wahlschlüssel" not in page


def test_a_member_without_key_is_told(client_of, area, held):
    for row in held.exec(select(VotingKey)):
        held.delete(row)
    page = client_of(area.members[0]).get("/account/").text
    assert "Sie haben noch keinen Wahlschlüssel. Bitte Karte noch einmal scannen." in page


def test_a_moderator_sees_no_card(client_of, area):
    page = client_of(area.moderators[0]).get("/account/").text
    assert "Mara Feldt" in page
    assert "Moderation" in page
    assert CARD_HINT not in page


def test_strangers_are_asked_for_their_card(visitor):
    answer = visitor.get("/account/")
    assert answer.status_code == 401
    assert "Bitte scannen Sie Ihre Karte noch einmal." in answer.text


def test_devices_are_listed_and_ended_one_by_one(app, held, area):
    member = area.members[0]
    here, there = (builder.sign_in(held, member) for _device in range(2))
    builder.sign_in(held, area.members[1])
    browser, other = builder.browse(app, held, here), builder.browse(app, held, there)
    rows = held.exec(select(UserSession).where(UserSession.member_id == member.id)).all()
    page = browser.get("/account/").text
    assert page.count("angemeldet am") == 2
    own, foreign = rows if other.get("/account/").text.count(rows[0].id_hash) else rows[::-1]
    assert f"/account/devices/{foreign.id_hash}/sign-out" in page
    assert f"/account/devices/{own.id_hash}/sign-out" not in page
    answer = browser.post(f"/account/devices/{foreign.id_hash}/sign-out")
    assert (answer.status_code, answer.location) == (303, "/account/")
    assert "Das Gerät ist abgemeldet." in browser.get("/account/").text
    assert other.get("/account/").status_code == 401
    assert browser.get("/account/").status_code == 200


def test_devices_of_others_are_not_there(client_of, area, held):
    browser = client_of(area.members[0])
    builder.sign_in(held, area.members[1])
    foreign = held.exec(
        select(UserSession).where(UserSession.member_id == area.members[1].id)
    ).one()
    assert browser.post(f"/account/devices/{foreign.id_hash}/sign-out").status_code == 404
    held.refresh(foreign)
    assert foreign.revoked_at is None


def test_a_member_and_an_officer_with_one_number_are_two_people(client_of, area, held):
    officer = area.moderators[0]
    member = next(each for each in area.members if each.id == officer.id)
    browser = client_of(officer)
    builder.sign_in(held, member)
    foreign = held.exec(select(UserSession).where(UserSession.member_id == member.id)).one()
    assert browser.post(f"/account/devices/{foreign.id_hash}/sign-out").status_code == 404


def test_sign_out_ends_the_session_itself(app, held, area):
    cookie = builder.sign_in(held, area.members[0])
    browser = builder.browse(app, held, cookie)
    answer = browser.post("/account/sign-out")
    assert (answer.status_code, answer.location) == (303, "/")
    assert builder.browse(app, held, cookie).get("/account/").status_code == 401


def test_signing_out_needs_the_button(client_of, area):
    assert client_of(area.members[0]).get("/account/sign-out").status_code == 405
