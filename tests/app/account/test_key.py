"""A voting key is registered once, with proof in each group, by the member whose card it is."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from app.demo.phone import Phone
from app.models import Card, EnrolmentNonce, VotingKey
from tests.app import builder
from tests.app.account.card_key import proven_points
from voting.protocol.group import NAMES


@pytest.fixture
def area(held):
    """A council with cards and without voting keys."""
    council = builder.build_council(held)
    for row in held.exec(select(VotingKey)).all():
        held.delete(row)
    for row in held.exec(select(Card)):
        row.wrapped = None
    held.commit()
    return council


def enter(browser, phone):
    """The entrance that signing in with this card gives."""
    answer = browser.post("/karte/sign-in", json={"signin": phone.sign_in_key})
    assert answer.status_code == 200
    return answer.json


def offer(phone, nonce, /, **changed):
    """What a phone sends; `mark` changes what it sends of the first group."""
    points = proven_points(phone, nonce)
    points[0].update(changed.pop("mark", {}))
    made = {
        "points": points,
        "nonce": nonce,
        "wrapped": phone.wrap(),
        "signin": phone.sign_in_key,
    }
    return made | changed


def keys(held):
    return held.exec(select(VotingKey)).all()


def test_register_and_restore_on_another_phone(app, held, visitor, area, member, phone):
    entrance = enter(visitor, phone)
    assert (entrance["point"], entrance["wrapped"]) == (None, None)
    answer = visitor.post("/karte/key", json=offer(phone, entrance["nonce"]))
    assert answer.status_code == 201
    row, second = keys(held)
    assert (row.member_id, row.term_id, row.point) == (member.id, area.term.id, phone.point)
    assert (second.group, second.point) == (NAMES[1], phone.point_in(NAMES[1]))
    assert answer.json["registered_at"] == row.registered_at.isoformat(timespec="seconds")
    second = enter(builder.browse(app, held), phone)
    assert second["point"] == phone.point
    assert phone.unwrap(second["wrapped"]) == phone.code


def test_a_nonce_serves_once(visitor, held, phone):
    sent = offer(phone, enter(visitor, phone)["nonce"])
    assert visitor.post("/karte/key", json=sent).status_code == 201
    again = visitor.post("/karte/key", json=sent)
    assert (again.status_code, again.json["error"]) == (400, "key_proof_broken")
    assert len(keys(held)) == 2


def test_a_nonce_expires(visitor, held, phone):
    sent = offer(phone, enter(visitor, phone)["nonce"])
    row = held.exec(select(EnrolmentNonce)).one()
    row.expires_at = builder.LONG_AGO
    assert visitor.post("/karte/key", json=sent).json["error"] == "key_proof_broken"
    assert keys(held) == []


def test_a_nonce_belongs_to_its_member(app, visitor, held, area, phone):
    foreign = enter(builder.browse(app, held), area.phones[area.members[1].id])["nonce"]
    enter(visitor, phone)
    answer = visitor.post("/karte/key", json=offer(phone, foreign))
    assert (answer.status_code, answer.json["error"]) == (400, "key_proof_broken")
    assert keys(held) == []


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [
        ("", "Der Wahlschlüssel ließ sich nicht prüfen. Bitte noch einmal."),
        ("/en", "The voting key could not be checked. Please try again."),
    ],
)
def test_a_proof_of_something_else_is_refused(visitor, held, phone, prefix, sentence):
    nonce = enter(visitor, phone)["nonce"]
    other = Phone.fresh(phone.term)
    identity = "01" + "00" * 31
    for changed in (
        {"mark": {"point": other.point}},
        {"mark": {"point": identity}},
        {"mark": {"point": "00"}},
        {"mark": {"proof": {"challenge": "1", "response": "1"}}},
        {"mark": {"proof": proven_points(other, nonce)[0]["proof"]}},
        {"mark": {"proof": None}},
        {"points": [proven_points(phone, nonce)[0], proven_points(other, "x")[1]]},
        {"nonce": "0" * 32},
    ):
        answer = visitor.post(f"{prefix}/karte/key", json=offer(phone, nonce, **changed))
        assert (answer.status_code, answer.json["error"]) == (400, "key_proof_broken")
        assert answer.json["message"] == sentence
    assert keys(held) == []


def test_a_key_comes_in_both_groups_or_not_at_all(visitor, held, phone):
    nonce = enter(visitor, phone)["nonce"]
    first, second = proven_points(phone, nonce)
    unknown = {**second, "group": "Ed448"}
    for points in (
        [],
        [first],
        [second],
        [first, first],
        [first, unknown],
        [first, second, first],
        "x",
    ):
        answer = visitor.post("/karte/key", json=offer(phone, nonce, points=points))
        assert (answer.status_code, answer.json["error"]) == (400, "bad_request")
    assert keys(held) == []


def test_a_second_key_is_refused(visitor, held, phone):
    visitor.post("/karte/key", json=offer(phone, enter(visitor, phone)["nonce"]))
    other = Phone(phone.term, phone.secret, Phone.fresh(phone.term).code)
    answer = visitor.post("/karte/key", json=offer(other, enter(visitor, phone)["nonce"]))
    assert (answer.status_code, answer.json["error"]) == (409, "key_exists")
    assert [row.point for row in keys(held)] == [phone.point, phone.point_in(NAMES[1])]
    card = held.exec(select(Card).where(Card.verifier == phone.verifier)).one()
    assert phone.unwrap(card.wrapped) == phone.code


def test_a_point_of_another_member_is_refused(app, visitor, held, area, phone):
    other = area.phones[area.members[1].id]
    second = builder.browse(app, held)
    second.post("/karte/key", json=offer(other, enter(second, other)["nonce"]))
    copied = Phone(phone.term, phone.secret, other.code)
    answer = visitor.post("/karte/key", json=offer(copied, enter(visitor, phone)["nonce"]))
    assert (answer.status_code, answer.json["error"]) == (409, "key_exists")
    assert len(keys(held)) == 2


def test_the_same_key_again_renews_the_copy(visitor, held, phone):
    """The answer was lost, or a new card was printed: the phone still holds the key."""
    visitor.post("/karte/key", json=offer(phone, enter(visitor, phone)["nonce"]))
    card = held.exec(select(Card).where(Card.verifier == phone.verifier)).one()
    card.wrapped = None
    answer = visitor.post("/karte/key", json=offer(phone, enter(visitor, phone)["nonce"]))
    assert answer.status_code == 201
    held.refresh(card)
    assert phone.unwrap(card.wrapped) == phone.code
    assert len(keys(held)) == 2


def test_another_members_card_is_no_card_here(visitor, held, area, phone):
    nonce = enter(visitor, phone)["nonce"]
    foreign = area.phones[area.members[1].id].sign_in_key
    for path, sent in (("key", offer(phone, nonce, signin=foreign)), ("copy", {"signin": foreign})):
        answer = visitor.post(f"/karte/{path}", json=sent)
        assert (answer.status_code, answer.json["error"]) == (422, "card_unknown")
    assert keys(held) == []


@pytest.mark.parametrize("wrapped", ["", "x" * 73, "x" * 75, "!" * 74, None])
def test_a_copy_of_another_form_is_refused(visitor, held, phone, wrapped):
    answer = visitor.post(
        "/karte/key", json=offer(phone, enter(visitor, phone)["nonce"], wrapped=wrapped)
    )
    assert (answer.status_code, answer.json["error"]) == (400, "bad_request")
    assert keys(held) == []


def test_members_alone_bring_keys(visitor, client_of, area, phone):
    sent = {"signin": phone.sign_in_key}
    for path in ("key", "copy"):
        answer = visitor.post(f"/karte/{path}", json=sent)
        assert (answer.status_code, answer.json["error"]) == (401, "signed_out")
        answer = client_of(area.moderators[0]).post(f"/karte/{path}", json=sent)
        assert (answer.status_code, answer.json["error"]) == (403, "forbidden")


def test_the_copy_is_fetched_by_a_member_signed_in_through_a_link(client_of, held, area, member):
    phone = area.phones[member.id]
    browser = client_of(member)
    entrance = browser.post("/karte/copy", json={"signin": phone.sign_in_key}).json
    assert browser.post("/karte/key", json=offer(phone, entrance["nonce"])).status_code == 201
    again = browser.post("/karte/copy", json={"signin": phone.sign_in_key}).json
    assert again["point"] == phone.point
    assert phone.unwrap(again["wrapped"]) == phone.code


def test_two_phones_at_the_same_time_make_one_key(app, held, phone):
    """Each phone made a code of its own; the slower one is told to fetch the faster one's."""
    phones = [Phone(phone.term, phone.secret, Phone.fresh(phone.term).code) for _ in range(6)]
    browsers = [builder.browse(app, held) for _phone in phones]
    sent = [
        (browser, offer(each, enter(browser, each)["nonce"]))
        for browser, each in zip(browsers, phones, strict=True)
    ]
    tokens = [browser.csrf() for browser in browsers]
    held.commit()

    def register(number):
        browser, content = sent[number]
        browser.held = None
        headers = {"X-CSRF-Token": tokens[number]}
        return browser.post("/karte/key", json=content, headers=headers).status_code

    with ThreadPoolExecutor(len(phones)) as threads:
        statuses = sorted(threads.map(register, range(len(phones))))
    assert statuses == [201] + [409] * 5
    row, _second = keys(held)
    card = held.exec(select(Card).where(Card.verifier == phone.verifier)).one()
    winner = next(each for each in phones if each.point == row.point)
    assert winner.unwrap(card.wrapped) == winner.code
