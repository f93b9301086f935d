"""A card opens the door: look-up, sign-in, refusals, words without script."""

import json

import pytest
from sqlmodel import select

from app.account.recognising import MOST_FAILURES
from app.demo.phone import Phone
from app.models import Card, EnrolmentNonce, Mail, Membership, Throttle, UserSession
from app.visitor import digest

UNKNOWN = "0" * 64


def post(browser, path, content, **more):
    return browser.post(f"/karte/{path}", json=content, **more)


def shown(phone):
    return {"signin": phone.sign_in_key}


def test_check_names_body_and_seat_and_signs_nobody_in(visitor, area, phone, held):
    answer = post(visitor, "check", shown(phone))
    assert answer.status_code == 200
    assert answer.json == {
        "area": "Anger",
        "body": "Quartiersrat Anger",
        "role": "Bewohnerschaft",
        "valid_until": answer.json["valid_until"],
        "signed_in_as_other": False,
        "protection": None,
    }
    assert str(area.term.ends_on.year) in answer.json["valid_until"]
    assert held.exec(select(UserSession)).all() == []


def test_check_tells_when_somebody_else_is_signed_in(client_of, area, member, phone):
    for person, expected in [
        (member, False),
        (area.members[1], True),
        (area.moderators[0], True),
    ]:
        answer = post(client_of(person), "check", shown(phone))
        assert answer.json["signed_in_as_other"] is expected


def test_sign_in_lasts_until_the_term_ends_and_gives_the_key_back(
    visitor, area, member, phone, held
):
    answer = post(visitor, "sign-in", shown(phone))
    assert answer.status_code == 200
    entrance = answer.json
    assert entrance["term"] == area.term.id
    assert entrance["group"] == "Ed25519"
    assert entrance["point"] == phone.point
    assert phone.unwrap(entrance["wrapped"]) == phone.code
    assert entrance["next"] == "/booth/"
    assert held.get(EnrolmentNonce, entrance["nonce"]).member_id == member.id
    row = held.exec(select(UserSession)).one()
    assert row.member_id == member.id
    assert (row.expires_at.date() - area.term.ends_on).days == 0
    assert row.expires_at.hour in (22, 23)
    assert visitor.get("/booth/").status_code == 200


def test_the_new_token_works_and_the_old_one_does_not(visitor, phone):
    old = visitor.csrf()
    entrance = post(visitor, "sign-in", shown(phone)).json
    headers = {"Origin": visitor.application.config["PUBLIC_URL"]}
    plain = visitor.application.test_client()
    with plain.session_transaction() as form:
        form["csrf_token"] = "another"
    assert entrance["csrf"] != old
    refused = plain.post(
        "/karte/check", json=shown(phone), headers=headers | {"X-CSRF-Token": entrance["csrf"]}
    )
    assert (refused.status_code, refused.json["error"]) == (400, "form_too_old")


def test_the_cookie_is_hidden_from_scripts_and_stored_as_a_digest(visitor, phone, held):
    answer = post(visitor, "sign-in", shown(phone))
    cookie = next(
        line for line in answer.headers.getlist("Set-Cookie") if line.startswith("kiezvotum=")
    )
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    value = cookie.partition("=")[2].partition(";")[0]
    assert held.exec(select(UserSession)).one().id_hash == digest(value)


def test_signing_in_ends_this_browsers_other_session(client_of, area, phone, held):
    browser = client_of(area.members[1])
    post(browser, "sign-in", shown(phone))
    rows = {row.member_id: row for row in held.exec(select(UserSession))}
    assert rows[area.members[1].id].revoked_at is not None
    assert rows[area.members[0].id].revoked_at is None


def test_the_name_of_a_member_on_a_phone_is_opaque_stable_and_own(visitor, area):
    names = [
        post(visitor, "sign-in", shown(area.phones[each.id])).json["member"]
        for each in (area.members[0], area.members[1], area.members[0])
    ]
    assert names[0] == names[2] != names[1]
    assert len(names[0]) == 24


def test_a_card_serves_again_and_again(visitor, phone):
    for _time in range(3):
        assert post(visitor, "sign-in", shown(phone)).status_code == 200


class TestRefusals:
    @pytest.mark.parametrize("path", ["check", "sign-in"])
    @pytest.mark.parametrize(
        ("prefix", "sentence"),
        [
            ("", "Diese Karte kennen wir nicht. Bitte prüfen Sie die Wörter."),
            ("/en", "We do not know this card. Please check the words."),
        ],
    )
    def test_unknown(self, visitor, area, path, prefix, sentence):
        answer = visitor.post(f"{prefix}/karte/{path}", json={"signin": UNKNOWN})
        assert (answer.status_code, answer.json["error"]) == (422, "card_unknown")
        assert answer.json["message"] == sentence

    @pytest.mark.parametrize("path", ["check", "sign-in"])
    @pytest.mark.parametrize(
        ("prefix", "sentence"),
        [
            ("", "Diese Karte gilt nicht mehr. Das QM-Team gibt Ihnen eine neue."),
            ("/en", "This card is no longer valid. The QM team will give you a new one."),
        ],
    )
    def test_revoked(self, visitor, phone, held, path, prefix, sentence):
        card = held.exec(select(Card).where(Card.verifier == phone.verifier)).one()
        card.revoked_at = card.printed_at
        answer = visitor.post(f"{prefix}/karte/{path}", json=shown(phone))
        assert (answer.status_code, answer.json["error"]) == (410, "card_revoked")
        assert answer.json["message"] == sentence
        assert held.exec(select(UserSession)).all() == []

    def test_term_over(self, visitor, area, phone):
        area.term.ends_on = area.term.starts_on
        assert post(visitor, "sign-in", shown(phone)).status_code == 410

    def test_seat_given_up(self, visitor, area, member, phone, held):
        membership = held.exec(select(Membership).where(Membership.member_id == member.id)).one()
        membership.ends_on = membership.starts_on
        assert post(visitor, "sign-in", shown(phone)).status_code == 410

    @pytest.mark.parametrize(
        ("prefix", "sentence"), [("", "Zu viele Versuche."), ("/en", "Too many attempts.")]
    )
    def test_throttled(self, visitor, area, held, prefix, sentence):
        for _attempt in range(MOST_FAILURES):
            assert post(visitor, "sign-in", {"signin": UNKNOWN}).status_code == 422
        answer = visitor.post(f"{prefix}/karte/sign-in", json={"signin": UNKNOWN})
        assert (answer.status_code, answer.json["error"]) == (429, "throttled")
        assert answer.json["message"].startswith(sentence)
        assert str(answer.json["retry_after"]) in answer.json["message"]
        assert answer.headers["Retry-After"] == str(answer.json["retry_after"])
        assert held.exec(select(Throttle)).one().failures == MOST_FAILURES + 1

    def test_thirty_members_behind_one_address_come_in_while_a_stranger_guesses(
        self, app, area, visitor
    ):
        for _attempt in range(MOST_FAILURES + 1):
            post(visitor, "sign-in", {"signin": UNKNOWN})
        for time in range(30):
            member = area.members[time % len(area.members)]
            answer = post(visitor, "sign-in", shown(area.phones[member.id]))
            assert answer.status_code == 200

    @pytest.mark.parametrize(
        "body", [b"", b"[]", b'"x"', b"{", b'{"signin":1,"signin":2}', b"\xff"]
    )
    def test_not_an_object(self, visitor, area, body):
        answer = visitor.post("/karte/check", data=body, content_type="application/json")
        assert (answer.status_code, answer.json["error"]) == (400, "bad_request")

    @pytest.mark.parametrize("value", [None, 7, [], {}, "A" * 64])
    def test_not_a_key(self, visitor, area, value):
        assert post(visitor, "check", {"signin": value}).status_code == 422

    def test_other_pages_and_missing_tokens(self, visitor, phone):
        for headers, code in [
            ({"Origin": "https://elsewhere.example"}, "foreign_request"),
            ({"X-CSRF-Token": ""}, "form_too_old"),
        ]:
            answer = post(visitor, "sign-in", shown(phone), headers=headers)
            assert (answer.status_code, answer.json["error"]) == (400, code)

    def test_too_large(self, visitor, area):
        answer = post(visitor, "check", {"signin": "0" * 300_000})
        assert (answer.status_code, answer.json["error"]) == (413, "too_large")


class TestOtherDevicesAreTold:
    def give_mail(self, member, language="de"):
        member.mail = "aylin@anger.example"
        member.language = language

    def test_a_new_device_while_another_is_signed_in(self, client_of, visitor, member, phone, held):
        self.give_mail(member)
        client_of(member)
        post(visitor, "sign-in", shown(phone))
        mail = held.exec(select(Mail)).one()
        assert mail.recipient == "aylin@anger.example"
        assert "auf einem anderen Gerät benutzt" in mail.subject
        assert "Waren Sie das?" in mail.body
        assert f"{visitor.application.config['PUBLIC_URL']}/account/" in mail.body

    def test_in_the_members_language(self, client_of, visitor, member, phone, held):
        self.give_mail(member, "en")
        client_of(member)
        post(visitor, "sign-in", shown(phone))
        mail = held.exec(select(Mail)).one()
        assert "another device" in mail.subject
        assert "/en/account/" in mail.body

    def test_the_same_device_again_or_the_first_one_sends_nothing(
        self, visitor, member, phone, held
    ):
        self.give_mail(member)
        post(visitor, "sign-in", shown(phone))
        post(visitor, "sign-in", shown(phone))
        assert held.exec(select(Mail)).all() == []

    def test_nobody_without_an_address_gets_mail(self, client_of, visitor, member, phone, held):
        client_of(member)
        post(visitor, "sign-in", shown(phone))
        assert held.exec(select(Mail)).all() == []


class TestWordsWithoutScript:
    def test_sign_in(self, visitor, phone, held, member):
        words = phone.card_text.replace("-", " ").upper()
        answer = visitor.post("/karte", data={"words": words})
        assert (answer.status_code, answer.location) == (303, "/booth/")
        assert held.exec(select(UserSession)).one().member_id == member.id

    def test_in_english_the_way_stays_english(self, visitor, phone):
        answer = visitor.post("/en/karte", data={"words": phone.card_text})
        assert answer.location == "/en/booth/"

    @pytest.mark.parametrize(
        "words", ["lusab babad", Phone.fresh("x").card_text, "", "x" * 201], ids=len
    )
    def test_wrong_words_keep_the_page(self, visitor, area, words):
        answer = visitor.post("/karte", data={"words": words})
        assert answer.status_code == 422
        assert "Es fehlt noch etwas" in answer.text
        assert 'aria-invalid="true"' in answer.text

    def test_revoked_words(self, visitor, phone, held):
        card = held.exec(select(Card).where(Card.verifier == phone.verifier)).one()
        card.revoked_at = card.printed_at
        answer = visitor.post("/karte", data={"words": phone.card_text})
        assert answer.status_code == 410
        assert "gilt nicht mehr" in answer.text

    def test_the_words_are_not_kept(self, visitor, phone, held, app):
        visitor.post("/karte", data={"words": phone.card_text})
        dump = json.dumps(
            [list(map(str, row)) for row in held.connection().exec_driver_sql("SELECT * FROM card")]
        )
        assert phone.secret.hex() not in dump
        assert phone.sign_in_key not in dump


def test_the_page_carries_what_its_script_needs(visitor):
    page = visitor.get("/karte").text
    assert '<meta name="csrf" content="' in page
    for state in (
        *("opening", "nocard", "confirm", "declined", "working", "done"),
        *("unknown", "revoked", "throttled", "offline", "device", "nokey"),
    ):
        assert page.count(f'data-state="{state}"') == 1
    for hook in ("data-yes", "data-no", "data-other", "data-words-error", "data-words"):
        assert hook in page
