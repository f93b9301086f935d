"""The QM team: who sees it, inviting and ending; other areas are not there."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.models import Invitation, Mail, Officer
from tests.app import builder
from tests.app.account import team

ADA = {"name": "Ada Roth", "mail": "ada@team.example", "role": "moderator"}


@pytest.fixture
def administrator(held, area):
    officer = team.add_officer(held, area, role="administrator")
    team.equip(held, officer)
    return officer


@pytest.fixture
def browser(app, held, administrator):
    return team.browse(app, held, administrator)


def invite(browser, **chosen):
    return browser.post("/account/officers/new", data={**ADA, **chosen})


def find(held, mail=ADA["mail"]):
    return held.exec(select(Officer).where(Officer.mail == mail)).one()


def test_an_invitation_goes_to_the_invited_alone(browser, held, area):
    answer = invite(browser)
    assert (answer.status_code, answer.location) == (303, "/account/officers")
    [mail] = held.exec(select(Mail)).all()
    assert mail.recipient == ADA["mail"]
    token = mail.body.partition("/einladung/")[2].split()[0]
    page = browser.get("/account/officers").text
    assert "Ada Roth" in page
    assert "noch nicht eingerichtet" in page
    assert token not in page
    officer = find(held)
    assert (officer.area_id, officer.role, officer.has_access) == (area.area.id, "moderator", False)


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"name": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"mail": "ada"}, "Das ist keine E-Mail-Adresse."),
        ({"mail": "ada@team.example\nBcc: x@y.example"}, "Zeichen"),
        ({"role": "member"}, "Aufgabe"),
    ],
)
def test_what_was_typed_is_kept(browser, held, chosen, sentence):
    answer = invite(browser, **chosen)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert held.exec(select(Mail)).all() == []


def test_one_address_has_one_access(browser):
    invite(browser)
    assert invite(browser, mail="ADA@team.example").status_code == 409
    assert invite(browser, mail=team.MAIL).status_code == 409


def test_an_invitation_is_sent_again_until_the_access_is_set_up(browser, held):
    invite(browser)
    officer = find(held)
    path = f"/account/officers/{officer.id}/invitation"
    first = held.exec(select(Invitation.token_hash)).one()
    assert browser.post(path).status_code == 303
    assert held.exec(select(Invitation.token_hash)).one() != first
    officer.has_access = True
    assert browser.post(path).status_code == 409


def test_an_ended_access_is_dead_at_the_next_request(app, browser, held, area):
    officer = team.add_officer(held, area, mail="ada@team.example")
    secret = team.equip(held, officer)
    theirs = team.browse(app, held, officer)
    assert theirs.get("/desk/").status_code == 200
    path = f"/account/officers/{officer.id}/end"
    assert "Zugang von Ada beenden?" in browser.get(path).text
    assert theirs.get("/desk/").status_code == 200
    assert browser.post(path).location == "/account/officers"
    assert theirs.get("/desk/").status_code == 401
    again = builder.browse(app, held)
    assert team.show_passphrase(again, "ada@team.example").status_code == 422
    assert secret
    assert browser.post(path).status_code == 404
    assert invite(browser).status_code == 303


def test_nobody_ends_themselves(browser, held, administrator):
    path = f"/account/officers/{administrator.id}/end"
    assert browser.get(path).status_code == 409
    assert browser.post(path).status_code == 409
    held.refresh(administrator)
    assert administrator.ended_at is None


def test_officers_of_other_areas_are_not_there(browser, held):
    other = builder.build_council(held, "weg", with_keys=False)
    foreign = team.add_officer(held, other, mail="fremd@team.example")
    assert "fremd@team.example" not in browser.get("/account/officers").text
    for path in ("end", "invitation"):
        answer = browser.post(f"/account/officers/{foreign.id}/{path}")
        missing = browser.post(f"/account/officers/{foreign.id + 999}/{path}")
        assert (answer.status_code, missing.status_code) == (404, 404)
        assert answer.text == missing.text.replace(str(foreign.id + 999), str(foreign.id))
    held.refresh(foreign)
    assert foreign.ended_at is None


def test_administrators_alone_invite(app, held, area, client_of):
    moderator = team.add_officer(held, area)
    team.equip(held, moderator)
    people = [team.browse(app, held, moderator), client_of(area.members[0])]
    for browser in [*people, client_of(area.moderators[0])]:
        assert browser.get("/account/officers").status_code == 403
        assert invite(browser).status_code == 403
    assert builder.browse(app, held).get("/account/officers").status_code == 401


def test_administrators_run_no_rounds_and_print_no_cards(browser, area, open_round):
    round_ = open_round()
    for path in ("/desk/", f"/desk/rounds/{round_.id}", "/booth/", "/roster/cards"):
        assert browser.get(path).status_code in (403, 404), path
    assert browser.post(f"/desk/rounds/{round_.id}/close").status_code in (403, 404)
    assert browser.get("/roster/").status_code == 200


def test_an_invited_officer_of_the_past_has_no_link(browser, held):
    invite(browser)
    officer = find(held)
    browser.post(f"/account/officers/{officer.id}/end")
    assert held.exec(select(Invitation)).all() == []
    assert officer.ended_at <= datetime.now(UTC)
