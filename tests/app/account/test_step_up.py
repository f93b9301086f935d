"""An officer's act needs a proof of the last ten minutes; sessions end idle and after hours."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app import visitor as visitors
from app.models import Proposal, UserSession
from app.policy import ACTS
from tests.app import builder
from tests.app.account import team

ASKS = "Bitte noch einmal bestätigen"
FORM = "/account/officers/new"
INVITED = {"name": "Ada Roth", "mail": "ada@team.example", "role": "moderator"}


@pytest.fixture
def officer(held, area):
    return team.add_officer(held, area, role="administrator")


@pytest.fixture
def secret(held, officer):
    return team.equip(held, officer)


@pytest.fixture
def stale(app, held, officer, secret):
    """A browser whose officer proved who this is eleven minutes ago."""
    return team.browse(app, held, officer, age_minutes=11)


def confirm(browser, place, typed, **kept):
    return browser.post(place, data={**kept, "confirm-asked": "1", "confirm-code": typed})


def test_within_ten_minutes_nobody_is_asked(app, held, officer, secret):
    browser = team.browse(app, held, officer, age_minutes=9)
    assert browser.get(FORM).status_code == 200
    assert browser.post(FORM, data=INVITED).location == "/account/officers"


def test_the_question_comes_before_the_form_and_leads_to_it(stale, held, secret):
    answer = stale.get(f"{FORM}?von=hier")
    assert answer.status_code == 303
    assert answer.location.startswith("/account/confirm?to=")
    assert ASKS in stale.get(answer.location).text
    back = confirm(stale, answer.location, team.code(secret))
    assert (back.status_code, back.location) == (303, f"{FORM}?von=hier")
    assert stale.get(FORM).status_code == 200


def test_reading_needs_no_new_proof(stale):
    for path in ("/account/", "/account/officers", "/account/access", "/roster/"):
        assert stale.get(path).status_code == 200


def test_what_was_typed_comes_along(stale, held, secret):
    """The form grew old while it was filled in: it is sent again after the proof."""
    answer = stale.post(FORM, data=INVITED)
    assert answer.status_code == 307
    page = stale.post(answer.location, data=INVITED)
    assert ASKS in page.text
    kept = dict(re.findall(r'type="hidden" name="([a-z]+)" value="([^"]*)"', page.text))
    assert kept == INVITED
    again = confirm(stale, answer.location, team.code(secret), **kept)
    assert (again.status_code, again.location) == (307, FORM)
    assert stale.post(again.location, data=kept).location == "/account/officers"


def test_a_wrong_or_used_code_changes_nothing(stale, held, secret):
    place = stale.get(FORM).location
    used = team.code(secret)
    for typed in ("000000", "", "abc"):
        answer = confirm(stale, place, typed)
        assert answer.status_code == 422
        assert "Dieser Code stimmt nicht oder wurde schon benutzt." in answer.text
    assert confirm(stale, place, used).status_code == 303
    place = stale.get("/account/confirm?to=nothing")
    assert place.status_code == 404


def test_the_proof_gives_the_session_a_new_id(app, stale, held, secret):
    old = stale.get_cookie("kiezvotum").value
    place = stale.get(FORM).location
    confirm(stale, place, team.code(secret))
    assert stale.get_cookie("kiezvotum").value != old
    assert builder.browse(app, held, old).get("/account/").status_code == 401
    assert len(held.exec(select(UserSession)).all()) == 1


def test_a_way_back_is_of_one_session(app, stale, held, secret, officer):
    place = stale.get(FORM).location
    other = team.browse(app, held, officer, age_minutes=11)
    assert other.get(place).status_code == 404
    assert confirm(other, place, team.code(secret)).status_code == 404
    assert stale.get(place.replace("to=", "to=x")).status_code == 404


def test_programs_are_told(stale):
    answer = stale.get(FORM, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (403, "confirm_again")


def test_moderators_prove_it_before_a_proposal(app, held, area):
    officer = team.add_officer(held, area)
    secret = team.equip(held, officer)
    browser = team.browse(app, held, officer, age_minutes=11)
    place = browser.get("/proposals/new").location
    assert confirm(browser, place, team.code(secret)).location == "/proposals/new"
    assert browser.get("/proposals/new").status_code == 200
    assert held.exec(select(Proposal)).all() == []


def test_every_address_of_an_act_asks(app, held, area):
    """The whole map: whatever takes POST for an act is refused to an old proof, unjudged."""
    asked = 0
    for role in ("moderator", "administrator"):
        officer = team.add_officer(held, area, role, f"{role}@team.example")
        team.equip(held, officer)
        browser = team.browse(app, held, officer, age_minutes=11)
        for rule in app.url_map.iter_rules():
            view = app.view_functions[rule.endpoint]
            if view.action not in ACTS or "POST" not in rule.methods:
                continue
            values = dict.fromkeys(rule.arguments, 1)
            path = app.url_map.bind("").build(rule.endpoint, values, method="POST")
            answer = browser.post(path)
            refused = answer.status_code in (307, 403) and (
                answer.status_code == 403 or answer.location.startswith("/account/confirm?to=")
            )
            assert refused, path
            asked += answer.status_code == 307
    assert asked > 20


def test_invented_officers_are_never_asked(client_of, area, held):
    browser = client_of(area.moderators[0])
    row = team.session_of(held, browser)
    row.created_at = datetime.now(UTC) - timedelta(hours=11)
    assert browser.get("/proposals/new").status_code == 200


def test_half_an_hour_without_a_page_ends_the_session(stale, held):
    row = team.session_of(held, stale)
    row.seen_at = datetime.now(UTC) - visitors.OFFICER_IDLE + timedelta(seconds=20)
    assert stale.get("/account/").status_code == 200
    row.seen_at = datetime.now(UTC) - visitors.OFFICER_IDLE
    assert stale.get("/account/").status_code == 401


def test_pages_keep_it_alive_but_what_asks_by_itself_does_not(stale, held):
    row = team.session_of(held, stale)
    before = datetime.now(UTC) - timedelta(minutes=20)
    row.seen_at = before
    stale.get("/account/", headers={"Sec-Fetch-Dest": "empty"})
    held.refresh(row)
    assert row.seen_at == before
    stale.get("/account/", headers={"Sec-Fetch-Dest": "document"})
    held.refresh(row)
    assert row.seen_at > before + timedelta(minutes=19)


def test_nothing_keeps_it_alive_for_more_than_twelve_hours(stale, held):
    row = team.session_of(held, stale)
    row.expires_at = datetime.now(UTC)
    assert stale.get("/account/").status_code == 401


def test_an_ended_session_is_not_revived_by_a_late_request(stale, held):
    row = team.session_of(held, stale)
    row.revoked_at = datetime.now(UTC)
    row.seen_at = datetime.now(UTC) - timedelta(minutes=5)
    assert stale.get("/account/").status_code == 401
    held.refresh(row)
    assert row.revoked_at
