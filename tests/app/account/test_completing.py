"""A voting key that is known in one group gets its point in the other, from who holds it."""

import pytest
from sqlmodel import select

from app.account import completing
from app.demo.phone import Phone
from app.models import EnrolmentNonce, VotingKey
from app.models.card import MARK
from tests.app import builder
from tests.app.account.card_key import proven_points
from voting.protocol.group import NAMES

OTHER = NAMES[1]
ADDRESS = "/account/key-points"


@pytest.fixture
def browser(client_of, member):
    return client_of(member)


def offer(browser, phone, **changed):
    nonce = browser.post(f"{ADDRESS}/nonce", json={}).json["nonce"]
    sent = {"term": phone.term, "nonce": nonce, "points": proven_points(phone, nonce)}
    return browser.post(ADDRESS, json=sent | changed)


def points(held, member):
    rows = held.exec(select(VotingKey).where(VotingKey.member_id == member.id))
    return {row.group: row.point for row in rows}


def test_a_page_brings_the_script_until_the_key_is_complete(browser, held, member, phone):
    assert "key_points-" in browser.get("/booth/").text
    told = browser.get(ADDRESS).json
    assert told["keys"] == [{"term": phone.term, "point": phone.point}]
    assert told["groups"] == list(NAMES)
    assert offer(browser, phone).json == {"complete": True}
    assert points(held, member) == {MARK: phone.point, OTHER: phone.point_in(OTHER)}
    assert "key_points-" not in browser.get("/booth/").text
    assert browser.get(ADDRESS).json["keys"] == []


def test_the_same_again_changes_nothing(browser, held, member, phone):
    assert [offer(browser, phone).status_code for _ in range(2)] == [200, 200]
    assert len(points(held, member)) == 2
    assert held.exec(select(EnrolmentNonce)).all() == []


def test_who_does_not_know_the_code_adds_nothing(browser, held, member, phone):
    """A session alone is not enough: the known point must be proven too."""
    stranger = Phone.fresh(phone.term)
    assert offer(browser, stranger).json["error"] == "key_exists"
    nonce = browser.post(f"{ADDRESS}/nonce", json={}).json["nonce"]
    known = {**proven_points(phone, "0" * 32)[0]}
    added = proven_points(stranger, nonce)[1]
    answer = offer(browser, phone, nonce=nonce, points=[known, added])
    assert answer.json["error"] == "key_proof_broken"
    assert offer(browser, phone, points=[added]).json["error"] == "bad_request"
    assert points(held, member) == {MARK: phone.point}


def test_a_number_of_somebody_else_proves_nothing(browser, client_of, held, area, member, phone):
    foreign = client_of(area.members[1]).post(f"{ADDRESS}/nonce", json={}).json["nonce"]
    answer = offer(browser, phone, nonce=foreign, points=proven_points(phone, foreign))
    assert answer.json["error"] == "key_proof_broken"
    assert points(held, member) == {MARK: phone.point}


def test_a_key_that_is_not_there_is_not_made_here(browser, held, member, phone):
    held.delete(held.exec(select(VotingKey).where(VotingKey.member_id == member.id)).one())
    held.commit()
    assert offer(browser, phone).json["error"] == "not_found"
    assert points(held, member) == {}


def test_guessing_is_slowed_down(browser, phone, monkeypatch):
    monkeypatch.setattr(completing, "MOST_FAILURES", 2)
    stranger = Phone.fresh(phone.term)
    answers = [offer(browser, stranger).status_code for _ in range(3)]
    assert answers == [409, 409, 429]


def test_officers_have_no_key(client_of, area):
    officer = client_of(area.moderators[0])
    assert officer.get(ADDRESS).status_code == 403
    assert officer.post(ADDRESS, json={}).status_code == 403


def test_a_point_of_somebody_else_is_refused(browser, held, area, member, phone):
    other = area.members[1]
    builder.give_point(held, other, Phone(phone.term, phone.secret, phone.code), OTHER)
    held.commit()
    assert offer(browser, phone).json["error"] == "key_exists"
    assert points(held, member) == {MARK: phone.point}
