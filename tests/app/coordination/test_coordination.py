"""Bezirk and Senate read the areas that they coordinate, one at a time, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.body import day_of
from app.models import Coordination, Coordinator, Mail, Officer
from tests.app import builder
from tests.app.account import team

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
MAIL = "kim.amt@bezirk.example"


@pytest.fixture
def second(held, area):
    return builder.build_council(held, "wiese", with_keys=False)


@pytest.fixture
def third(held, area):
    return builder.build_council(held, "forst", with_keys=False)


@pytest.fixture
def coordinator(held, area, second, third):
    """Somebody of the Bezirk with two areas, and an access that was set up in the first."""
    return builder.add_coordinator(held, [area, second], mail=MAIL)


@pytest.fixture
def browser(app, held, coordinator):
    return team.browse(app, held, coordinator)


def switch(browser, council):
    return browser.post("/coordination/area", data={"area": council.area.id})


def test_the_start_shows_the_first_area_and_a_way_to_the_other(browser, area, second, third):
    page = browser.get("/coordination/").text
    assert "<bdi>Anger</bdi></h1>" in page
    assert "Wiese" in page
    assert "Forst" not in page
    assert area.body.name in page
    assert second.body.name not in page


def test_switching_shows_the_other_area_everywhere(browser, held, area, second):
    theirs = builder.build_proposal(held, second, "Bänke an der Wiese")
    held.commit()
    assert browser.get(f"/proposals/{theirs.id}").status_code == 404
    assert switch(browser, second).status_code == 303
    assert "<bdi>Wiese</bdi></h1>" in browser.get("/coordination/").text
    assert "Bänke an der Wiese" in browser.get("/proposals/").text
    assert browser.get(f"/proposals/{theirs.id}").status_code == 200
    assert browser.get(f"/coordination/bodies/{area.body.id}").status_code == 404


@pytest.mark.parametrize("wanted", ["third", "9999", "x", ""])
def test_areas_of_others_are_not_there(browser, third, wanted):
    sent = third.area.id if wanted == "third" else wanted
    assert browser.post("/coordination/area", data={"area": sent}).status_code == 404
    assert "<bdi>Anger</bdi></h1>" in browser.get("/coordination/").text


def test_a_body_names_people_and_no_address(browser, held, area):
    member = area.members[0]
    member.mail = "aylin@anger.example"
    held.add(member)
    held.commit()
    page = browser.get(f"/coordination/bodies/{area.body.id}").text
    assert "Aylin Kara" in page
    assert member.mail not in page
    assert browser.get(f"/coordination/meetings/{area.meeting.id}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/desk/",
        "/roster/",
        "/roster/area",
        "/booth/",
        "/account/officers",
        "/account/second-person",
    ],
)
def test_no_other_room_is_open(browser, address):
    assert browser.get(address).status_code == 403


def test_members_and_officers_have_no_use_for_the_room(client_of, area):
    for person in (area.members[0], area.moderators[0]):
        assert client_of(person).get("/coordination/").status_code == 403


def end(held, coordinator, council):
    link = held.get(Coordination, (council.area.id, coordinator.coordinator_id))
    link.ends_on = day_of(NOW) - DAY
    held.add(link)
    held.commit()


def test_an_ended_coordination_closes_the_area_at_once(browser, held, coordinator, area, second):
    end(held, coordinator, area)
    page = browser.get("/coordination/").text
    assert "<bdi>Wiese</bdi></h1>" in page
    assert area.body.name not in page
    end(held, coordinator, second)
    assert browser.get("/coordination/").status_code == 401


def test_without_a_second_factor_nothing_opens(app, held, area):
    bare = builder.add_coordinator(held, [area], mail="neu@bezirk.example", has_access=False)
    browser = team.browse(app, held, bare)
    assert browser.get("/coordination/").location == "/account/access"
    assert browser.get("/proposals/").location == "/account/access"


def test_an_administrator_gives_an_access_once(app, held, area):
    administrator = team.add_officer(held, area, "administrator")
    team.equip(held, administrator)
    admin = team.browse(app, held, administrator)
    person = Coordinator(side="senate", name="Uli Amt", mail="uli@senat.example")
    silent = Coordinator(side="bezirk", name="Ohne Adresse")
    for each in (person, silent):
        held.add(each)
        held.flush()
        held.add(
            Coordination(area_id=area.area.id, coordinator_id=each.id, starts_on=day_of(NOW) - DAY)
        )
    held.commit()
    assert "Uli Amt" in admin.get("/account/officers").text
    answer = admin.post(f"/account/coordinators/{silent.id}/invitation")
    assert answer.status_code == 409
    for _time in range(2):
        answer = admin.post(f"/account/coordinators/{person.id}/invitation")
        assert answer.status_code == 303
    held.rollback()
    made = held.exec(select(Officer).where(Officer.role == "coordinator")).one()
    assert (made.coordinator_id, made.mail, made.area_id) == (person.id, person.mail, area.area.id)
    mails = held.exec(select(Mail).order_by(Mail.id)).all()
    assert [each.recipient for each in mails] == [person.mail] * 2
    assert "die Gebiete, die Sie begleiten" in mails[0].body
    link = mails[1].body.partition("/einladung/")[2].split()[0]
    guest = builder.browse(app, held)
    assert guest.post(f"/einladung/{link}").location == "/account/access"
    made.has_access = True
    held.add(made)
    held.commit()
    assert admin.post(f"/account/coordinators/{person.id}/invitation").status_code == 409
    assert admin.get("/account/officers").text.count("Uli Amt") == 1


def test_coordinators_of_other_areas_are_not_found(app, held, area, second, third):
    elsewhere = builder.add_coordinator(held, [third], mail="x@bezirk.example")
    administrator = team.add_officer(held, area, "administrator")
    team.equip(held, administrator)
    admin = team.browse(app, held, administrator)
    address = f"/account/coordinators/{elsewhere.coordinator_id}/invitation"
    assert admin.post(address).status_code == 404


@pytest.mark.parametrize(("state", "status"), [("invited", 404), ("running", 200), ("closed", 200)])
def test_minutes_are_read_from_the_first_draft_on_and_not_changed(
    browser, held, area, second, state, status
):
    for council in (area, second):
        council.meeting.state = state
        held.add(council.meeting)
    held.commit()
    draft, meeting = (f"/{room}/{area.meeting.id}" for room in ("minutes", "coordination/meetings"))
    assert browser.get(draft).status_code == status
    assert (draft in browser.get(meeting).text) == (status == 200)
    assert browser.get(f"/minutes/{second.meeting.id}").status_code == 404
    assert "Text berichtigen" not in browser.get(draft).text
    assert browser.post(f"{draft}/publish").status_code == 403
