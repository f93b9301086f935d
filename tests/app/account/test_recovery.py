"""A recovery code works once and leads to setting up the access anew."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.account import recovery
from app.models import Mail, Passkey, RecoveryCode, SecondFactor
from tests.app import builder
from tests.app.account import team

WRONG = "Das stimmt nicht, oder der Code wurde schon benutzt."


@pytest.fixture
def officer(held, area):
    return team.add_officer(held, area)


@pytest.fixture
def codes(held, officer):
    team.equip(held, officer)
    made = recovery.renew(held, officer)
    held.commit()
    return made


def recover(browser, code, mail=team.MAIL, typed=team.PASSPHRASE):
    return browser.post("/account/recovery", data={"mail": mail, "passphrase": typed, "code": code})


def test_a_code_leads_to_setting_up_and_ends_everything_before(app, held, officer, codes):
    there = team.browse(app, held, officer)
    browser = builder.browse(app, held)
    answer = recover(browser, codes[0].upper().replace("-", " "))
    assert (answer.status_code, answer.location) == (303, "/account/access")
    assert there.get("/account/").status_code == 401
    assert browser.get("/desk/").location == "/account/access"
    assert held.exec(select(SecondFactor)).all() == []
    [mail] = held.exec(select(Mail)).all()
    assert mail.recipient == team.MAIL
    assert codes[0] not in mail.body
    browser.post("/account/access/app/start")
    assert "app-key" in browser.get("/account/access/app").text


def test_each_code_works_once(app, held, codes):
    assert recover(builder.browse(app, held), codes[0]).status_code == 303
    for browser in (builder.browse(app, held), builder.browse(app, held)):
        answer = recover(browser, codes[0])
        assert answer.status_code == 422
        assert WRONG in answer.text
    assert recover(builder.browse(app, held), codes[1]).status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"typed": ""},
        {"typed": "falsch und noch mal falsch"},
        {"mail": "niemand@team.example"},
        {"code": "babab-babab-babab-babab-babab-babab-babab-babab"},
        {"code": "babab"},
        {"code": ""},
    ],
)
def test_what_is_wrong_stays_outside_and_uses_no_code_up(visitor, held, codes, wrong):
    answer = recover(visitor, **{"code": codes[0], **wrong})
    assert answer.status_code == 422
    assert all(row.used_at is None for row in held.exec(select(RecoveryCode)))
    assert len(held.exec(select(SecondFactor)).all()) == 1


def test_codes_of_somebody_else_are_none(visitor, held, area, codes):
    other = team.add_officer(held, area, mail="ada@team.example")
    team.equip(held, other)
    assert recover(visitor, codes[0], mail="ada@team.example").status_code == 422


def test_without_a_passphrase_the_code_replaces_the_lost_passkey(visitor, held, officer):
    held.add(
        Passkey(
            id="lost", area_id=officer.area_id, officer_id=officer.id, name="Handy",
            public_key=b"", sign_count=0, created_at=datetime.now(UTC),
        )
    )  # fmt: skip
    officer.has_access = True
    [code, *_others] = recovery.renew(held, officer)
    assert recover(visitor, code, typed="").status_code == 303
    assert held.exec(select(Passkey)).all() == []


def test_new_codes_replace_the_old_ones(app, held, officer, codes):
    browser = team.browse(app, held, officer)
    assert browser.post("/account/access/codes").status_code == 200
    assert recover(builder.browse(app, held), codes[0]).status_code == 422
