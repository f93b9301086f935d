"""Officers correct their own name and address, and leave: who is told, and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app import erasure_list, forgetting_again, jobs, officer_erasure, second_person
from app.models import Coordinator, LookUp, Mail, Officer, Passphrase, SecurityEvent, UserSession
from tests.app import builder
from tests.app.account import team
from tests.app.builder import Browser

ENTRY = "/account/entry"
LEAVE = "/account/entry/leave"
NEW = "nele.sommer@team.example"
NOW = datetime.now(UTC)


@pytest.fixture
def officer(held, area):
    found = team.add_officer(held, area)
    team.equip(held, found)
    return found


@pytest.fixture
def colleague(held, area):
    return team.add_officer(held, area, role="administrator", mail="ada@team.example")


@pytest.fixture
def browser(app, held, officer) -> Browser:
    return team.browse(app, held, officer)


def correct(browser, name="Nele Vogt", mail=team.MAIL):
    return browser.post(ENTRY, data={"name": name, "mail": mail})


def mails_to(held, address):
    return held.exec(select(Mail).where(Mail.recipient == address)).all()


def link_in(held, address=NEW):
    body = mails_to(held, address)[-1].body
    return "/account/entry/mail" + body.partition("/account/entry/mail")[2].split()[0]


def take(browser, link):
    return browser.post("/account/entry/mail", data={"token": link.partition("token=")[2]})


def test_a_new_name_holds_at_once_and_the_team_learns_both(browser, held, officer, colleague):
    assert correct(browser, name="Nele Sommer").location == "/account/"
    held.refresh(officer)
    assert officer.name == "Nele Sommer"
    assert held.exec(select(SecurityEvent.kind)).all() == ["name_changed"]
    [told] = mails_to(held, colleague.mail)
    assert "Nele Vogt steht in Kiezvotum jetzt als: Nele Sommer" in told.body
    assert mails_to(held, team.MAIL) == []


def test_a_new_address_holds_after_the_link_and_signs_in(app, browser, held, officer):
    other = team.browse(app, held, officer)
    assert correct(browser, mail=NEW).status_code == 303
    held.refresh(officer)
    assert officer.login == team.MAIL
    assert NEW in mails_to(held, team.MAIL)[0].body
    link = link_in(held)
    assert NEW in browser.get(link).text
    assert take(browser, link).location == "/account/"
    held.refresh(officer)
    assert (officer.mail, officer.login) == (NEW, NEW)
    assert len(mails_to(held, team.MAIL)) == 2
    assert browser.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 401
    assert team.show_passphrase(builder.browse(app, held), NEW).status_code == 303
    assert take(browser, link).status_code == 410


@pytest.mark.drill
def test_the_link_is_of_no_use_to_others(app, browser, held, area, colleague):
    correct(browser, mail=NEW)
    link = link_in(held)
    team.equip(held, colleague)
    for stranger, answer in (
        (team.browse(app, held, colleague), 410),
        (builder.browse(app, held), 401),
    ):
        assert stranger.get(link).status_code == answer
        assert take(stranger, link).status_code == answer
    assert browser.get(link + "x").status_code == 410
    assert browser.get(ENTRY + "/mail").location == ENTRY


@pytest.mark.drill
def test_an_address_in_use_is_refused_at_the_link_and_not_before(browser, held, officer, colleague):
    assert correct(browser, mail=colleague.mail.upper()).status_code == 303
    answer = take(browser, link_in(held, colleague.mail.upper()))
    assert answer.status_code == 409
    held.expire_all()
    assert held.get_one(Officer, officer.id).login == team.MAIL


def test_what_was_typed_is_kept(browser, held):
    for wrong in ({"name": ""}, {"mail": "nele"}, {"mail": ""}):
        assert correct(browser, **wrong).status_code == 422
    assert held.exec(select(Mail)).all() == []


def test_a_proof_is_asked_for_after_ten_minutes(app, held, officer):
    late = team.browse(app, held, officer, age_minutes=11)
    for address in (ENTRY, LEAVE):
        assert late.get(address).location.startswith("/account/confirm")


def test_nobody_becomes_another_person_while_an_own_request_waits(browser, held, area, officer):
    second_person.ask(held, "change_roster", officer, NOW, body_id=area.body.id)
    held.commit()
    assert correct(browser, name="Jemand Anderes").status_code == 409
    assert correct(browser, mail=NEW).status_code == 303
    assert take(browser, link_in(held)).status_code == 409


def test_the_member_of_the_same_name_cannot_either(held, area, officer, client_of):
    member = area.members[0]
    member.name = officer.name
    second_person.ask(held, "change_roster", officer, NOW, body_id=area.body.id)
    held.commit()
    browser = client_of(member)
    sent = {"name": "Jemand Anderes", "mail": "", "language": "de"}
    assert browser.post("/account/details", data=sent).status_code == 409
    assert browser.post("/account/first/name", data=sent).status_code == 409


def test_a_coordinator_is_renamed_in_each_area_and_all_their_teams_learn_it(app, held, area):
    meadow, far = (builder.build_council(held, slug, with_keys=False) for slug in ("wiese", "fern"))
    reader = builder.add_coordinator(held, [area, meadow], mail="kim@amt.example")
    team.equip(held, reader)
    for place, mail in ((area, "a@team.example"), (meadow, "w@team.example"), (far, "f@x.example")):
        team.add_officer(held, place, mail=mail)
    browser = team.browse(app, held, reader)
    assert "aller Gebiete, die Sie begleiten" in browser.get(ENTRY).text
    assert correct(browser, "Kim Neu", "kim@amt.example").status_code == 303
    held.expire_all()
    noted = held.get_one(Coordinator, reader.coordinator_id)
    assert noted.name == held.get_one(Officer, reader.id).name == "Kim Neu"
    assert recipients(held) == ["a@team.example", "w@team.example"]
    correct(browser, "Kim Neu", NEW)
    assert take(browser, link_in(held)).status_code == 303
    assert recipients(held)[-2:] == ["a@team.example", "w@team.example"]
    assert NEW in mails_to(held, "w@team.example")[-1].body
    page = browser.get("/account/").text
    assert "Name geändert" in page
    assert "E-Mail-Adresse geändert" in page


def recipients(held):
    held.rollback()
    return list(held.exec(select(Mail.recipient).order_by(Mail.id)))


@pytest.mark.drill
def test_leaving_ends_the_access_and_the_name_goes_a_year_later(
    app, browser, held, area, officer, colleague
):
    held.add(
        LookUp(
            area_id=area.area.id,
            member_id=area.members[0].id,
            officer_id=officer.id,
            page="person",
            looked_at=NOW,
        )
    )
    held.commit()
    page = browser.get(LEAVE).text
    assert "Nach einem Jahr gelöscht" in page
    assert browser.post(LEAVE).location == "/account/entry/left"
    held.expire_all()
    left = held.get_one(Officer, officer.id)
    assert (left.name, left.mail, left.login) == ("Nele Vogt", None, None)
    for table in (UserSession, Passphrase, SecurityEvent):
        assert held.exec(select(table).where(table.officer_id == officer.id)).all() == []
    assert "Nele Vogt" in mails_to(held, colleague.mail)[0].body
    assert team.show_passphrase(builder.browse(app, held)).status_code == 422
    over = left.ended_at + officer_erasure.NAME_KEPT
    for moment, name in (
        (over - timedelta(seconds=1), "Nele Vogt"),
        (over, f"Ehemals QM-Team oder Begleitung {left.id}"),
    ):
        held.commit()
        jobs.retain(moment)
        held.expire_all()
        assert held.get_one(Officer, officer.id).name == name


@pytest.mark.drill
def test_the_last_administrator_stays_until_there_is_another(app, held, area, officer, colleague):
    team.equip(held, colleague)
    alone = team.browse(app, held, colleague)
    assert "Sie sind allein in der Verwaltung" in alone.get(LEAVE).text
    assert alone.post(LEAVE).status_code == 409
    officer.role = "administrator"
    held.commit()
    assert alone.post(LEAVE).status_code == 303


def test_a_restored_backup_does_not_bring_them_back(held, officer):
    erasure_list.note(held, erasure_list.LEFT, officer, NOW)
    held.commit()
    assert forgetting_again.apply(held, NOW) == 1
    held.commit()
    assert officer.ended_at == NOW
    assert forgetting_again.apply(held, NOW) == 0


def test_leaving_ends_the_access(browser, held, officer):
    assert browser.post(LEAVE).location == "/account/entry/left"
    held.refresh(officer)
    assert (officer.login, officer.has_access, officer.ended_at is None) == (None, False, False)
    assert browser.get("/account/").status_code == 401


@pytest.mark.drill
def test_the_data_page_says_who_sees_an_officer(browser, colleague):
    page = browser.get("/account/data").text
    assert colleague.name in page
    assert 'href="/account/entry"' in page
    assert 'href="/account/entry/leave"' in page
