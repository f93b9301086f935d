"""More protection: a new device must show more than the card."""

import pytest
from sqlmodel import select

from app.account import kept_passphrase, proving
from app.models import Card, Passkey, Passphrase, UserSession
from app.models.card import MARK
from tests.app import builder
from tests.app.account import team
from tests.app.account.card_key import proof_in

RIGHT = {"passphrase": team.PASSPHRASE}


def enter(browser, phone, **shown):
    return browser.post("/karte/sign-in", json={"signin": phone.sign_in_key, **shown})


def check(browser, phone):
    return browser.post("/karte/check", json={"signin": phone.sign_in_key}).json["protection"]


def proof(phone, nonce):
    """What the browser sends of a voting code."""
    return {"nonce": nonce, "proof": proof_in(phone, nonce, MARK)}


@pytest.fixture
def protected(held, member):
    kept_passphrase.keep(held, member, team.stored_passphrase(), builder.LONG_AGO)
    held.commit()
    return member


def sessions(held):
    return held.exec(select(UserSession)).all()


def test_without_protection_the_card_is_enough(visitor, phone):
    assert check(visitor, phone) is None
    assert enter(visitor, phone).status_code == 200


def test_a_new_device_needs_the_passphrase_too(visitor, held, phone, protected):
    asked = check(visitor, phone)
    assert (asked["passphrase"], asked["options"]) == (True, None)
    for shown, code in [
        ({}, "proof_needed"),
        ({"passphrase": ""}, "proof_needed"),
        ({"passphrase": 7}, "proof_needed"),
        ({"passphrase": "falsch"}, "proof_wrong"),
        ({"passkey": "{}"}, "passkey_refused"),
    ]:
        assert enter(visitor, phone, **shown).json["error"] == code
        assert sessions(held) == []
        assert visitor.get("/booth/").status_code == 401
    assert enter(visitor, phone, **RIGHT).status_code == 200
    assert visitor.get("/booth/").status_code == 200


def test_a_device_that_is_signed_in_is_not_asked(client_of, phone, protected):
    browser = client_of(protected)
    assert check(browser, phone) is None
    assert enter(browser, phone).status_code == 200


def test_signing_out_makes_a_device_new_again(client_of, phone, protected):
    browser = client_of(protected)
    browser.post("/account/sign-out")
    assert enter(browser, phone).json["error"] == "proof_needed"


def test_the_passphrase_of_somebody_else_is_none(visitor, held, area, protected):
    other = area.members[1]
    kept_passphrase.keep(held, other, "$argon2id$nobody", builder.LONG_AGO)
    assert enter(visitor, area.phones[other.id], **RIGHT).json["error"] == "proof_wrong"


def test_the_voting_code_opens_too_and_is_proved_once(visitor, app, held, phone, protected):
    shown = proof(phone, check(visitor, phone)["nonce"])
    assert enter(visitor, phone, **shown).status_code == 200
    again = builder.browse(app, held)
    assert enter(again, phone, **shown).json["error"] == "key_proof_broken"


def test_the_voting_code_of_somebody_else_opens_nothing(visitor, area, phone, protected):
    other = area.phones[area.members[1].id]
    shown = proof(other, check(visitor, phone)["nonce"])
    assert enter(visitor, phone, **shown).json["error"] == "key_proof_broken"


def test_a_number_of_somebody_else_proves_nothing(visitor, area, phone, protected):
    other = area.members[1]
    foreign = enter(visitor, area.phones[other.id]).json["nonce"]
    assert enter(visitor, phone, **proof(phone, foreign)).json["error"] == "key_proof_broken"


def test_guessing_is_slowed_down_and_devices_that_know_it_are_not(
    visitor, app, held, phone, protected
):
    known = builder.browse(app, held)
    assert enter(known, phone, **RIGHT).status_code == 200
    known.post("/account/sign-out")
    for _try in range(proving.PASSPHRASES.on_subject_from_here):
        assert enter(visitor, phone, passphrase="falsch").json["error"] == "proof_wrong"
    refused = enter(visitor, phone, **RIGHT)
    assert (refused.status_code, refused.json["error"]) == (429, "throttled")
    assert int(refused.headers["Retry-After"]) > 0
    assert enter(known, phone, **RIGHT).status_code == 200


def test_without_script_the_passphrase_is_asked_after_the_words(visitor, held, phone, protected):
    answer = visitor.post("/karte", data={"words": phone.card_text})
    assert (answer.status_code, answer.location) == (303, "/karte/passphrase")
    assert sessions(held) == []
    wrong = visitor.post("/karte/passphrase", data={"passphrase": "falsch"})
    assert (wrong.status_code, "Diese Passphrase stimmt nicht." in wrong.text) == (422, True)
    assert sessions(held) == []
    answer = visitor.post("/karte/passphrase", data=RIGHT)
    assert (answer.status_code, answer.location) == (303, "/booth/")
    assert [row.member_id for row in sessions(held)] == [protected.id]


def test_nobody_gets_to_the_passphrase_without_a_card(visitor, held, protected):
    for answer in (visitor.get("/karte/passphrase"), visitor.post("/karte/passphrase", data=RIGHT)):
        assert (answer.status_code, answer.location) == (303, "/karte")
    assert sessions(held) == []


def test_a_card_revoked_between_words_and_passphrase_opens_nothing(visitor, held, phone, protected):
    visitor.post("/karte", data={"words": phone.card_text})
    held.exec(
        select(Card).where(Card.member_id == protected.id)
    ).one().revoked_at = builder.LONG_AGO
    assert visitor.post("/karte/passphrase", data=RIGHT).status_code == 410
    assert sessions(held) == []


def test_a_member_adds_a_passphrase_and_removes_it(client_of, app, held, area, member, phone):
    browser = client_of(member)
    path = "/account/protection/passphrase"
    assert "noch keine" in browser.get("/account/protection").text
    weak = browser.post(path, data={"passphrase": "hallo"})
    assert weak.status_code == 422
    assert held.exec(select(Passphrase)).all() == []
    assert browser.post(path, data=RIGHT).location == "/account/protection"
    assert browser.post(path, data=RIGHT).status_code == 303
    assert [row.member_id for row in held.exec(select(Passphrase))] == [member.id]
    page = browser.get("/account/protection").text
    assert "Neue Geräte brauchen jetzt auch Ihre Passphrase." in page
    assert enter(builder.browse(app, held), phone).json["error"] == "proof_needed"
    assert "Passphrase entfernen?" in browser.get(f"{path}/remove").text
    assert browser.post(f"{path}/remove").status_code == 303
    assert held.exec(select(Passphrase)).all() == []
    assert browser.get(f"{path}/remove").location == "/account/protection"
    assert enter(builder.browse(app, held), phone).status_code == 200


def test_what_protects_is_changed_only_by_who_can_show_it(client_of, app, held, protected, phone):
    """Whoever copied the card and is signed in adds nothing, removes nothing, deletes no copy."""
    browser = client_of(protected)
    paths = ("passphrase", "passphrase/remove", "passkeys", "copy/delete")
    for path in paths:
        answer = browser.post(f"/account/protection/{path}", data=RIGHT)
        assert (answer.status_code, answer.location[:16]) == (307, "/account/confirm")
    assert len(held.exec(select(Passphrase)).all()) == 1
    asked = browser.post("/account/protection/passphrase/remove")
    shown = {"confirm-asked": "1", "confirm-passphrase": "falsch"}
    assert browser.post(asked.location, data=shown).status_code == 422
    done = browser.post(asked.location, data={**shown, "confirm-passphrase": team.PASSPHRASE})
    assert browser.post(done.location).location == "/account/protection"
    assert held.exec(select(Passphrase)).all() == []


def test_a_passkey_of_somebody_else_is_not_there(app, client_of, held, area, member):
    held.add(
        Passkey(
            id="abc", area_id=area.area.id, member_id=area.members[1].id, name="Handy",
            public_key=b"", sign_count=0, created_at=builder.LONG_AGO,
        )
    )  # fmt: skip
    browser = client_of(member)
    path = "/account/protection/passkeys/abc/remove"
    assert (browser.get(path).status_code, browser.post(path).status_code) == (404, 404)
    assert len(held.exec(select(Passkey)).all()) == 1
    browser = team.browse(app, held, area.members[1])
    assert "Passkey „Handy“ entfernen?" in browser.get(path).text
    assert browser.post(path).status_code == 303
    assert held.exec(select(Passkey)).all() == []


def test_a_passkey_of_a_member_is_no_officers_entrance(visitor, app, held, area):
    """The number of a member may be the number of an officer."""
    officer = area.moderators[0]
    held.add(
        Passkey(
            id="abc", area_id=area.area.id, member_id=officer.id, name="Handy",
            public_key=b"\xa0", sign_count=0, created_at=builder.LONG_AGO,
        )
    )  # fmt: skip
    held.commit()
    answer = visitor.post("/account/sign-in/passkey", data={"answer": '{"id": "abc"}'})
    assert answer.status_code == 422
    assert sessions(held) == []


def test_the_copy_is_deleted_for_this_member_alone(client_of, held, area, member, phone):
    browser = client_of(member)
    assert "Kopie löschen" in browser.get("/account/protection").text
    assert "Notfall-Code" in browser.get("/account/protection/copy/delete").text
    assert browser.post("/account/protection/copy/delete").status_code == 303
    assert "Bei uns liegt keine Kopie." in browser.get("/account/protection").text
    left = held.exec(select(Card.member_id).where(Card.wrapped.is_not(None))).all()
    assert sorted(left) == sorted(each.id for each in area.members[1:])
    assert enter(browser, phone).json["wrapped"] is None


@pytest.mark.parametrize(
    "path", ["/account/protection", "/account/code", "/account/protection/passphrase"]
)
def test_officers_have_another_entrance(client_of, area, path):
    assert client_of(area.moderators[0]).get(path).status_code == 403


def test_the_code_itself_is_on_no_page_of_the_server(client_of, member, phone):
    page = client_of(member).get("/account/code").text
    assert phone.point in page
    assert phone.code not in page
