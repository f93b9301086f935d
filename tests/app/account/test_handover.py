"""An area goes to a new contractor's moderators: two persons, a day, and undo until then."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app import jobs
from app.body import day_of
from app.models import (
    Area,
    Confirmation,
    Handover,
    Invitation,
    LogEntry,
    Mail,
    Membership,
    Officer,
    Passkey,
    Passphrase,
)
from tests.app import builder
from tests.app.account import team
from tests.app.logged import told

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
WHY = {"reason": "Der Auftrag kommt doch nicht."}
FORM, UNDO = "/account/handover", "/account/handover/undo"
PLAN = {
    "contractor": "Kiezwerk gGmbH",
    "mandated_by": "Senatsverwaltung",
    "starts_on": (day_of(NOW) + 10 * DAY).isoformat(),
    "team-0-name": "Ada Roth",
    "team-0-mail": "ada@kiezwerk.example",
    "reason": "Der Auftrag ist neu vergeben.",
}


@pytest.fixture
def administrator(held, area):
    found = team.add_officer(held, area, "administrator")
    team.equip(held, found)
    return found


@pytest.fixture
def admin(app, held, administrator):
    return team.browse(app, held, administrator)


@pytest.fixture
def moderator(held, area):
    """A moderator with a passphrase and an app, beside the two of the demo."""
    found = team.add_officer(held, area, mail="alt@team.example")
    team.equip(held, found)
    return found


@pytest.fixture
def speaker(held, area):
    membership = held.exec(
        select(Membership).where(Membership.member_id == area.members[0].id)
    ).one()
    membership.role = "speaker"
    held.add(membership)
    held.commit()
    return area.members[0]


def asked(held):
    held.rollback()
    return held.exec(select(Confirmation.id)).one()


def agree(browser, held):
    return browser.post(f"/account/handover/requests/{asked(held)}")


def states(held):
    held.rollback()
    leaves = held.exec(select(LogEntry.leaf).where(LogEntry.type == "handover")).all()
    return [json.loads(leaf)["public"]["state"] for leaf in leaves]


@pytest.fixture
def agreed(admin, client_of, held, area):
    admin.post(FORM, data=PLAN)
    assert agree(client_of(area.moderators[0]), held).status_code == 303
    held.rollback()
    found = held.exec(select(Handover)).one()
    held.commit()
    return found


def test_two_persons_agree_and_nothing_happens_before_the_day(
    app, admin, client_of, held, area, moderator
):
    assert admin.post(FORM, data=PLAN).location == FORM
    assert "Wartet auf zweite Person" in admin.get(FORM).text
    assert agree(admin, held).status_code == 403
    assert states(held) == []
    second = client_of(area.moderators[0])
    page = second.get("/account/second-person").text
    assert "Kiezwerk gGmbH" in page
    shown = second.get(f"/account/handover/requests/{asked(held)}").text
    for words in ("Ada Roth", "ada@kiezwerk.example", "Nele Vogt", "Alt", PLAN["reason"]):
        assert words in shown
    assert agree(second, held).status_code == 303
    assert agree(second, held).status_code == 404
    assert states(held) == ["agreed"]
    assert "Die Übergabe steht fest" in admin.get(FORM).text
    jobs.hand_over_areas(NOW + 9 * DAY)
    assert states(held) == ["agreed"]
    assert team.browse(app, held, moderator).get("/desk/").status_code == 200
    assert held.exec(select(Mail)).all() == []


def test_on_the_day_the_old_team_ends_and_the_new_one_is_invited(
    app, held, area, agreed, moderator, administrator
):
    there = team.browse(app, held, moderator)
    invited = Invitation(
        token_hash="x", area_id=area.area.id, officer_id=moderator.id, expires_at=builder.FAR_AWAY
    )
    held.add(invited)
    held.commit()
    jobs.hand_over_areas(NOW + 10 * DAY)
    held.rollback()
    held.expire_all()
    assert there.get("/desk/").status_code == 401
    assert held.get(Officer, moderator.id).ended_at is not None
    for table in (Passphrase, Passkey):
        assert held.exec(select(table).where(table.officer_id == moderator.id)).all() == []
    assert held.get(Officer, administrator.id).ended_at is None
    new = held.exec(select(Officer).where(Officer.name == "Ada Roth")).one()
    assert (new.role, new.area_id, new.ended_at) == ("moderator", area.area.id, None)
    [mail] = held.exec(select(Mail)).all()
    assert mail.recipient == "ada@kiezwerk.example"
    assert held.exec(select(Invitation.officer_id)).all() == [new.id]
    its = held.get(Area, area.area.id)
    assert (its.contractor, its.mandated_by) == ("Kiezwerk gGmbH", "Senatsverwaltung")
    assert states(held) == ["agreed", "done"]
    assert held.get(Handover, agreed.id).team == [], "names stand where the people are"


def test_the_job_can_be_repeated(held, agreed):
    for _time in range(2):
        jobs.hand_over_areas(NOW + 11 * DAY)
    assert states(held) == ["agreed", "done"]
    assert len(held.exec(select(Mail)).all()) == 1


def test_who_stays_keeps_the_access(app, admin, client_of, held, area, moderator):
    staying = {"team-1-name": "Nele Vogt", "team-1-mail": "ALT@team.example"}
    admin.post(FORM, data=PLAN | staying)
    agree(client_of(area.moderators[0]), held)
    jobs.hand_over_areas(NOW + 10 * DAY)
    assert team.browse(app, held, moderator).get("/desk/").status_code == 200
    assert [each.recipient for each in held.exec(select(Mail))] == ["ada@kiezwerk.example"]


def test_it_works_when_the_old_team_is_gone(admin, client_of, held, area, speaker):
    for each in area.moderators:
        each.ended_at = NOW
        held.add(each)
    held.commit()
    admin.post(FORM, data=PLAN)
    member = client_of(speaker)
    assert "Kiezwerk gGmbH" in member.get("/account/second-person").text
    assert "Übergabe ansehen" in member.get("/account/second-person").text
    assert agree(client_of(area.members[1]), held).status_code == 403
    assert agree(member, held).status_code == 303
    assert states(held) == ["agreed"]


def undoing(held):
    held.rollback()
    wanted = select(Confirmation.id).where(Confirmation.act == "undo_handover")
    return f"/account/handover/requests/{held.exec(wanted).one()}"


def test_two_can_undo_it_until_the_day(app, admin, client_of, held, area, agreed, moderator):
    assert admin.get(UNDO).status_code == 200
    assert admin.post(UNDO, data={"reason": ""}).status_code == 422
    assert admin.post(UNDO, data=WHY).status_code == 303
    assert states(held) == ["agreed"], "nobody undoes alone what two agreed to"
    assert WHY["reason"] in admin.get(FORM).text
    assert admin.post(UNDO, data=WHY).status_code == 409
    second = client_of(area.moderators[0])
    assert WHY["reason"] in second.get(undoing(held)).text
    assert admin.post(undoing(held)).status_code == 403
    assert second.post(undoing(held)).status_code == 303
    assert states(held) == ["agreed", "undone"]
    last = held.exec(select(LogEntry).order_by(LogEntry.seq.desc())).first()
    assert told(held, last)["reason"] == WHY["reason"]
    held.commit()
    assert admin.get(UNDO).status_code == 404
    jobs.hand_over_areas(NOW + 20 * DAY)
    assert states(held) == ["agreed", "undone"]
    assert team.browse(app, held, moderator).get("/desk/").status_code == 200
    assert admin.post(FORM, data=PLAN).status_code == 303


def test_it_cannot_be_undone_afterwards(admin, held, agreed):
    jobs.hand_over_areas(NOW + 10 * DAY)
    assert admin.post(UNDO, data=WHY).status_code == 404


def test_the_day_is_faster_than_the_second_person(admin, client_of, held, area, agreed):
    admin.post(UNDO, data=WHY)
    jobs.hand_over_areas(NOW + 10 * DAY)
    assert client_of(area.moderators[1]).post(undoing(held)).status_code in (401, 409)
    assert states(held) == ["agreed", "done"]


def test_the_page_names_who_stays_in_the_administration(admin, agreed):
    page = admin.get(FORM).text
    assert "Die Verwaltung wechselt nicht mit" in page
    assert page.count("Nele Vogt") >= 2


def test_one_handover_at_a_time(admin, held, agreed):
    assert admin.post(FORM, data=PLAN).status_code == 409
    held.rollback()
    assert len(held.exec(select(Handover)).all()) == 1


def test_a_request_runs_out_after_thirty_minutes(admin, client_of, held, area):
    admin.post(FORM, data=PLAN)
    row = held.get(Confirmation, asked(held))
    row.requested_at = NOW - timedelta(minutes=31)
    held.add(row)
    held.commit()
    assert agree(client_of(area.moderators[0]), held).status_code == 404
    assert admin.post(FORM, data=PLAN).status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_on": day_of(NOW).isoformat()},
        {"starts_on": "bald"},
        {"contractor": ""},
        {"reason": ""},
        {"team-0-name": "", "team-0-mail": ""},
        {"team-0-mail": "ada"},
        {"team-0-name": ""},
        {"team-1-name": "Bo", "team-1-mail": "ADA@kiezwerk.example"},
    ],
)
def test_what_is_wrong_is_kept_on_the_page_and_not_stored(admin, held, wrong):
    answer = admin.post(FORM, data=PLAN | wrong)
    assert answer.status_code == 422
    assert re.search("Es fehlt noch etwas</h2>\\s*<ul>\\s*<li>\\s*<a href=", answer.text)
    held.rollback()
    assert held.exec(select(Handover)).all() == []


def test_another_area_knows_nothing_of_it(app, admin, held):
    admin.post(FORM, data=PLAN)
    elsewhere = builder.build_council(held, "wiese", with_keys=False)
    other = builder.browse(app, held, builder.sign_in(held, elsewhere.moderators[0]))
    assert other.get("/account/second-person").text.count("Kiezwerk") == 0
    assert other.get(f"/account/handover/requests/{asked(held)}").status_code == 404
    assert agree(other, held).status_code == 404
