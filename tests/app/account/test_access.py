"""From the invitation to an access that is complete, and what an officer may do before that."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.account import inviting, passphrase
from app.account.passphrase import NOBODYS
from app.account.passphrase import hasher as HASHER  # noqa: N812 - as the product uses it
from app.models import (
    Invitation,
    Mail,
    Officer,
    Passphrase,
    RecoveryCode,
    SecondFactor,
    UserSession,
)
from app.visitor import digest
from tests.app import builder
from tests.app.account import team

GONE = "Dieser Link gilt nicht mehr."


@pytest.fixture
def invited(held, area):
    officer = Officer(
        area_id=area.area.id, name="Nele Vogt", role="moderator", mail="Nele.Vogt@team.example"
    )
    held.add(officer)
    held.flush()
    inviting.invite(held, officer, datetime.now(UTC))
    held.commit()
    return officer


@pytest.fixture
def link(held, invited):
    """As it stands in the mail."""
    mail = held.exec(select(Mail).where(Mail.recipient == invited.mail)).one()
    return re.search(r"http://localhost:\d+(/einladung/\S+)", mail.body)[1]


def set_passphrase(browser, typed=team.PASSPHRASE):
    return browser.post("/account/access/passphrase", data={"passphrase": typed})


def shown_secret(browser):
    page = browser.get("/account/access/app").text
    return re.search(r'app-key"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")


def set_up(browser, link):
    browser.post(link)
    set_passphrase(browser)
    secret = shown_secret(browser)
    answer = browser.post("/account/access/app", data={"code": team.code(secret)})
    assert answer.location == "/account/access/codes"
    return secret


def test_opening_the_link_changes_nothing(visitor, held, link):
    for _time in range(2):
        page = visitor.get(link)
        assert page.status_code == 200
        assert "Nele Vogt" in page.text
    assert held.exec(select(UserSession)).all() == []
    assert held.exec(select(Invitation)).one().used_at is None


def test_the_link_is_stored_as_a_digest(held, link):
    assert held.exec(select(Invitation)).one().token_hash == digest(link.rpartition("/")[2])


def test_the_whole_way(app, visitor, held, invited, link):
    secret = set_up(visitor, link)
    assert held.get(Officer, invited.id).has_access
    page = visitor.post("/account/access/codes")
    codes = re.findall(r"<code>([a-z-]{47})</code>", page.text)
    assert len(codes) == 5
    assert codes[0] not in visitor.get("/account/access/codes").text
    stored = {row.verifier for row in held.exec(select(RecoveryCode))}
    assert len(stored) == 5
    assert not any(code in verifier for code in codes for verifier in stored)
    assert visitor.get("/desk/").status_code == 200
    again = builder.browse(app, held)
    team.show_passphrase(again, "nele.vogt@TEAM.example")
    assert team.show_code(again, team.code(secret, 1)).location == "/desk/"


def test_the_link_is_good_until_the_access_is_set_up_and_then_no_more(app, held, link):
    first = builder.browse(app, held)
    first.post(link)
    set_passphrase(first)
    second = builder.browse(app, held)
    second.post(link)
    assert first.get("/account/access").status_code == 401
    set_up(second, link)
    for answer in (first.get(link), first.post(link)):
        assert answer.status_code == 410
        assert GONE in answer.text


def test_after_a_week_the_link_is_over(visitor, held, link):
    row = held.exec(select(Invitation)).one()
    assert timedelta(days=7) - (row.expires_at - datetime.now(UTC)) < timedelta(minutes=1)
    row.expires_at = datetime.now(UTC)
    for answer in (visitor.get(link), visitor.post(link)):
        assert answer.status_code == 410


def test_a_new_invitation_ends_the_old_one(visitor, held, invited, link):
    inviting.invite(held, invited, datetime.now(UTC))
    assert visitor.post(link).status_code == 410


def test_guessed_links_are_counted(visitor):
    for _attempt in range(inviting.MOST_UNKNOWN):
        assert visitor.get("/einladung/guess").status_code == 410
    assert visitor.post("/einladung/guess").status_code == 429


def test_before_the_access_is_set_up_everything_leads_to_it(visitor, held, link):
    assert visitor.post(link).location == "/account/access"
    for path in ("/desk/", "/roster/", "/account/", "/proposals/"):
        answer = visitor.get(path)
        assert (answer.status_code, answer.location) == (303, "/account/access")
    assert visitor.post("/proposals/new").status_code == 303
    set_passphrase(visitor)
    assert visitor.get("/desk/").status_code == 303
    answer = visitor.get("/desk/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (403, "access_incomplete")
    assert visitor.post("/account/sign-out").status_code == 303


def test_an_address_that_signs_in_elsewhere_is_refused_to_its_owner(visitor, held, link):
    other = builder.build_council(held, "weg", with_keys=False)
    team.add_officer(held, other, mail="nele.vogt@team.example")
    answer = visitor.post(link)
    assert answer.status_code == 409
    assert held.exec(select(UserSession)).all() == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("elf Zeichen", "Bitte mindestens 12 Zeichen."),
        ("x7" * 65, "Bitte höchstens 128 Zeichen."),
        ("Quartiersrat2026!", "Das ist zu leicht zu erraten."),
        ("Nele Vogt Anger", "Das ist zu leicht zu erraten."),
        ("nele.vogt@team.example", "Das ist zu leicht zu erraten."),
        ("Passwort1234567", "Das ist zu leicht zu erraten."),
        ("aaaaaaaaaaaaaaaaaaaa", "Das ist zu leicht zu erraten."),
        ("", "Bitte denken Sie sich eine Passphrase aus."),
    ],
)
def test_bad_passphrases_are_refused_with_a_reason(visitor, held, link, typed, sentence):
    visitor.post(link)
    answer = set_passphrase(visitor, typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert held.exec(select(Passphrase)).all() == []


@pytest.mark.parametrize(
    "typed",
    [
        team.PASSPHRASE,
        "zebra regenschirm kutter vanille",
        "xK9#mQ2$vL7p",
        "مظلة زرقاء تطير فوق البحيرة",
        "q" * 6 + "Wendeltreppe" * 3 + " aus Glas & Kork",
    ],
)
def test_no_rules_about_letters(typed):
    assert passphrase.fault(typed, ["Nele Vogt"]) is None


def test_stored_passphrases_are_argon2id_above_the_floor():
    found = [
        re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$", stored).groups()
        for stored in (HASHER.hash(team.PASSPHRASE), NOBODYS)
    ]
    assert found[0] == found[1], "an unknown account costs the same work"
    memory, time, lanes = map(int, found[0])
    assert memory >= 64 * 1024
    assert time >= 3
    assert lanes == 4


def test_another_form_of_the_same_letters_is_the_same_passphrase():
    composed, decomposed = (
        "Grüße übers Öl aus Köln",
        "Gru\u0308ße u\u0308bers O\u0308l aus Ko\u0308ln",
    )
    assert passphrase.matches(passphrase.digest(composed), decomposed)
    assert not passphrase.matches(passphrase.digest(composed), composed.lower())


def test_the_app_counts_once_a_code_was_shown(visitor, held, link):
    visitor.post(link)
    set_passphrase(visitor)
    answer = visitor.post("/account/access/app", data={"code": "000000"})
    assert answer.status_code == 422
    assert "Dieser Code stimmt nicht." in answer.text
    assert held.exec(select(SecondFactor)).one().confirmed_at is None
    assert "data:image/svg+xml" in answer.text


def test_a_change_ends_the_other_sessions_and_gives_this_one_a_new_id(app, held, area):
    officer = team.add_officer(held, area)
    team.equip(held, officer)
    here, there = (team.browse(app, held, officer) for _device in range(2))
    old = here.get_cookie("kiezvotum").value
    assert set_passphrase(here, "zebra regenschirm kutter vanille").location == "/account/access"
    assert there.get("/account/").status_code == 401
    assert here.get("/account/").status_code == 200
    assert here.get_cookie("kiezvotum").value != old
    assert builder.browse(app, held, old).get("/account/").status_code == 401
    assert team.show_passphrase(builder.browse(app, held)).status_code == 422


def test_a_new_app_replaces_the_old_one_when_its_code_was_shown(app, held, area):
    officer = team.add_officer(held, area)
    old = team.equip(held, officer)
    browser = team.browse(app, held, officer)
    browser.post("/account/access/app/start")
    assert len(held.exec(select(SecondFactor)).all()) == 2
    new = shown_secret(browser)
    assert new != old
    browser.post("/account/access/app", data={"code": team.code(new)})
    [row] = held.exec(select(SecondFactor)).all()
    assert row.confirmed_at
    again = builder.browse(app, held)
    team.show_passphrase(again)
    assert team.show_code(again, team.code(old)).status_code == 422
    assert team.show_code(again, team.code(new, 1)).status_code == 303


def test_invented_officers_have_nothing_to_set_up(client_of, area):
    browser = client_of(area.moderators[0])
    assert browser.get("/account/access").status_code == 404
    assert browser.get("/account/access/codes").status_code == 404
    assert "Mein Zugang" not in browser.get("/account/").text
