"""The officers' door: passphrase and code, each code once, and a new session behind it."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.account import second_factor
from app.models import SecondFactor, UserSession
from tests.app import builder
from tests.app.account import team

WRONG = "E-Mail oder Passphrase stimmt nicht."
USED = "Dieser Code stimmt nicht oder wurde schon benutzt."


@pytest.fixture
def officer(held, area):
    return team.add_officer(held, area)


@pytest.fixture
def secret(held, officer):
    return team.equip(held, officer)


def test_passphrase_and_code_lead_to_the_desk(visitor, held, officer, secret):
    answer = team.show_passphrase(visitor)
    assert (answer.status_code, answer.location) == (303, "/account/sign-in/code")
    assert visitor.get("/desk/").status_code == 401
    answer = team.show_code(visitor, team.code(secret))
    assert (answer.status_code, answer.location) == (303, "/desk/")
    assert visitor.get("/desk/").status_code == 200
    row = team.session_of(held, visitor)
    assert row.officer_id == officer.id
    assert (row.expires_at - row.created_at).total_seconds() == 12 * 3600


def test_an_administrator_begins_with_the_roster(visitor, held, officer, secret):
    officer.role = "administrator"
    team.show_passphrase(visitor)
    assert team.show_code(visitor, team.code(secret)).location == "/roster/"


@pytest.mark.parametrize("mail", [team.MAIL.upper(), f"  {team.MAIL} "])
def test_capitals_and_blanks_of_the_address_do_not_matter(visitor, secret, mail):
    assert team.show_passphrase(visitor, mail).status_code == 303


@pytest.mark.parametrize(
    ("mail", "typed"),
    [
        (team.MAIL, "etwas ganz anderes"),
        (team.MAIL, team.PASSPHRASE.upper()),
        (team.MAIL, team.PASSPHRASE + " "),
        ("niemand@team.example", team.PASSPHRASE),
    ],
)
def test_a_wrong_passphrase_stays_outside(visitor, secret, mail, typed):
    answer = team.show_passphrase(visitor, mail, typed)
    assert answer.status_code == 422
    assert WRONG in answer.text
    assert f'value="{mail}"' in answer.text
    assert typed not in answer.text
    assert team.show_code(visitor, team.code(secret)).location == "/account/sign-in"


@pytest.mark.parametrize("data", [{}, {"mail": "", "passphrase": ""}, {"mail": team.MAIL}])
def test_empty_fields_are_named(visitor, secret, data):
    answer = visitor.post("/account/sign-in", data=data)
    assert answer.status_code == 422
    assert "Bitte tragen Sie Ihre Passphrase ein." in answer.text


def test_a_code_works_once(app, held, secret):
    code = team.code(secret)
    for expected in (303, 422):
        browser = builder.browse(app, held)
        team.show_passphrase(browser)
        answer = team.show_code(browser, code)
        assert answer.status_code == expected
    assert USED in answer.text


@pytest.mark.parametrize(
    "pad", [" {} ", "{}\n", "\u00a0{}", "{0[0]} {0[1]}{0[2]}{0[3]} {0[4]}{0[5]}"]
)
def test_a_padded_code_is_the_same_code(app, held, secret, pad):
    code = team.code(secret)
    for typed, expected in ((code, 303), (pad.format(code), 422)):
        browser = builder.browse(app, held)
        team.show_passphrase(browser)
        assert team.show_code(browser, typed).status_code == expected


def test_a_used_code_stays_used_after_a_failed_sign_in(app, held, secret):
    code = team.code(secret)
    for typed, expected in ((code, 303), ("000000", 422), (code, 422)):
        browser = builder.browse(app, held)
        team.show_passphrase(browser)
        assert team.show_code(browser, typed).status_code == expected
    browser = builder.browse(app, held)
    team.show_passphrase(browser, typed="falsch und noch mal falsch")
    team.show_passphrase(browser)
    assert team.show_code(browser, code).status_code == 422


def test_no_code_of_an_older_step_comes_after_a_newer_one(app, held, secret, officer):
    now = datetime.now(UTC)
    assert second_factor.use(held, officer, team.code(secret, 1), now)
    assert not second_factor.use(held, officer, team.code(secret, 0), now)
    assert not second_factor.use(held, officer, team.code(secret, -1), now)


@pytest.mark.parametrize("steps", [-2, 2])
def test_codes_of_other_times_are_refused(held, secret, officer, steps):
    assert not second_factor.use(held, officer, team.code(secret, steps), datetime.now(UTC))


@pytest.mark.parametrize("change", ["０{}", "0{}", "{}0", "+{}", "{}.0"])
def test_other_spellings_of_a_code_are_none(held, secret, officer, change):
    typed = change.format(team.code(secret))
    assert not second_factor.use(held, officer, typed, datetime.now(UTC))
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in team.code(secret))
    assert not second_factor.use(held, officer, wide, datetime.now(UTC))


def test_the_control_takes_a_code_twice(held, secret, officer):
    """What `verify` of the library would do: it does not know what was used."""
    import pyotp

    code = team.code(secret)
    assert pyotp.TOTP(secret).verify(code)
    assert pyotp.TOTP(secret).verify(code)


def test_the_secret_is_sealed(app, held, secret, officer, monkeypatch):
    row = held.exec(select(SecondFactor)).one()
    assert secret.encode() not in row.sealed_secret
    monkeypatch.setitem(app.config, "SECRET_KEY", "another secret key of thirty-two characters")
    assert not second_factor.use(held, officer, team.code(secret), datetime.now(UTC))


def test_a_session_of_before_does_not_survive_the_sign_in(app, held, secret, area):
    """Fixation: neither a planted cookie nor the session of somebody else becomes this one."""
    planted = builder.sign_in(held, area.moderators[0])
    browser = builder.browse(app, held, planted)
    team.show_passphrase(browser)
    team.show_code(browser, team.code(secret))
    assert browser.get_cookie("kiezvotum").value != planted
    assert builder.browse(app, held, planted).get("/account/").status_code == 401
    assert len([row for row in held.exec(select(UserSession)) if row.revoked_at is None]) == 1


def test_another_site_cannot_sign_somebody_in(app, held, secret):
    """Login CSRF: without the token of this browser's own form, or from elsewhere, nothing."""
    form = {"mail": team.MAIL, "passphrase": team.PASSPHRASE}
    browser = builder.browse(app, held)
    for headers in (
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": builder.browse(app, held).csrf() + "x"},
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ):
        answer = browser.post("/account/sign-in", data=form, headers=headers)
        assert answer.status_code == 400
    assert browser.get("/account/sign-in/code").status_code == 303


def test_an_officer_who_was_ended_stays_outside(visitor, held, secret, officer):
    team.show_passphrase(visitor)
    officer.ended_at = datetime.now(UTC)
    assert team.show_code(visitor, team.code(secret)).location == "/account/sign-in"
    assert team.show_passphrase(visitor).status_code == 422


def test_the_way_between_passphrase_and_code_is_short(visitor, held, secret, monkeypatch):
    team.show_passphrase(visitor)
    with visitor.session_transaction() as form:
        form["half_way"] = [form["half_way"][0], datetime.now(UTC).timestamp() - 1]
    assert team.show_code(visitor, team.code(secret)).location == "/account/sign-in"


def test_a_passphrase_alone_is_no_access(visitor, held, officer, secret):
    for row in held.exec(select(SecondFactor)):
        row.confirmed_at = None
    team.show_passphrase(visitor)
    assert team.show_code(visitor, team.code(secret)).status_code == 422
