"""Answers that no passkey of ours gave are refused in a sentence, whatever they look like."""

import base64
import json
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.account import challenge, passkey
from app.errors import Refused
from app.models import Passkey, UserSession
from tests.app.account import team

KEY_ID = base64.urlsafe_b64encode(b"a passkey").decode().rstrip("=")
SENTENCE = "Der Passkey ließ sich nicht prüfen."


def coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def answer(issued: bytes, **changed) -> dict:
    """What a browser would send, with a signature of nothing."""
    client = {
        "type": "webauthn.get", "challenge": coded(issued), "origin": "http://localhost:8000",
    }  # fmt: skip
    inner = {
        "clientDataJSON": coded(json.dumps(client).encode()),
        "authenticatorData": coded(bytes(37)),
        "signature": coded(b"signed"),
        "userHandle": None,
    }
    return {"id": KEY_ID, "rawId": KEY_ID, "type": "public-key", "response": inner} | changed


@pytest.fixture
def officer(held, area):
    officer = team.add_officer(held, area)
    held.add(
        Passkey(
            id=KEY_ID, area_id=officer.area_id, officer_id=officer.id, name="Handy",
            public_key=b"\xa0", sign_count=0, created_at=datetime.now(UTC),
        )
    )  # fmt: skip
    officer.has_access = True
    held.commit()
    return officer


def send(browser, sent):
    text = sent if isinstance(sent, str) else json.dumps(sent)
    return browser.post("/account/sign-in/passkey", data={"answer": text})


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "null",
        "[]",
        "{",
        "[" * 50_000,
        '{"id": 1.5}',
        {},
        {"response": []},
        {"response": {"clientDataJSON": 7}},
        {"response": {"clientDataJSON": "ä"}},
        {"response": {"clientDataJSON": coded(b"[]")}},
        {"response": {"clientDataJSON": coded(b'{"challenge": "nobody"}')}},
        {"response": {"clientDataJSON": coded(b"[" * 20_000)}},
    ],
)
def test_what_is_no_answer_is_refused(visitor, officer, sent):
    told = send(visitor, sent)
    assert told.status_code == 422
    assert SENTENCE in told.text


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"id": "unknown"},
        {"id": "a\0b"},
        {"id": 7},
        {"rawId": 7},
        {"type": "password"},
        {"response": {"clientDataJSON": "", "authenticatorData": 1}},
    ],
)
def test_an_answer_to_our_challenge_needs_our_key(app, visitor, held, officer, changed):
    with app.test_request_context():
        issued = challenge.issue(challenge.SIGN_IN)
    sent = answer(issued)
    if "response" in changed:
        changed = {"response": sent["response"] | {"authenticatorData": 1, "signature": None}}
    told = send(visitor, sent | changed)
    assert told.status_code == 422
    assert SENTENCE in told.text
    assert held.exec(select(UserSession)).all() == []


def test_a_challenge_is_for_one_purpose_and_for_minutes(app, officer, monkeypatch):
    with app.test_request_context():
        issued = challenge.issue(challenge.SIGN_IN)
        assert challenge.answered(answer(issued), challenge.SIGN_IN) == issued
        with pytest.raises(Refused):
            challenge.answered(answer(issued), f"confirm {officer.id}")
        monkeypatch.setattr(challenge, "LIFETIME", -challenge.LIFETIME)
        with pytest.raises(Refused):
            challenge.answered(answer(issued), challenge.SIGN_IN)


def test_a_challenge_is_used_up(app, held):
    with app.test_request_context():
        issued = challenge.issue(challenge.SIGN_IN)
    challenge.use_up(held, issued, datetime.now(UTC))
    held.commit()
    with pytest.raises(Refused):
        challenge.use_up(held, issued, datetime.now(UTC))


def test_the_browser_is_asked_for_finger_face_or_pin(app, held, officer):
    with app.test_request_context():
        made = json.loads(passkey.creation_options(held, officer))
        used = json.loads(passkey.sign_in_options())
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert [each["id"] for each in made["excludeCredentials"]] == [KEY_ID]
    assert (used["userVerification"], used["rpId"], used["allowCredentials"]) == (
        "required", "localhost", [],
    )  # fmt: skip


def test_the_last_way_in_stays(app, held, officer):
    browser = team.browse(app, held, officer)
    path = f"/account/access/passkeys/{KEY_ID}/remove"
    assert "Ohne diesen Passkey kommen Sie nicht mehr herein." in browser.get(path).text
    assert browser.post(path).status_code == 409
    team.equip(held, officer)
    assert browser.post(path).location == "/account/access"
    assert held.exec(select(Passkey)).all() == []
    assert browser.get(path).status_code == 404


def test_passkeys_of_others_are_not_there(app, held, area, officer):
    other = team.add_officer(held, area, mail="ada@team.example")
    team.equip(held, other)
    browser = team.browse(app, held, other)
    assert browser.post(f"/account/access/passkeys/{KEY_ID}/remove").status_code == 404
    assert len(held.exec(select(Passkey)).all()) == 1
