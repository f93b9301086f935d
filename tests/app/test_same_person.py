"""Somebody of the QM team who also has a seat is never the own second person, in no act."""

from datetime import UTC, datetime

import pytest

from app import same_person, second_person
from app.errors import Refused
from app.models import Member, Officer
from tests.app import builder

NOW = datetime.now(UTC)
# The reason is one of a list.
CODED = {"replace_card"}
ABOUT_A_ROUND = ("close_early", "void_round", "confirm_result", "count_again", "annul_decision")


@pytest.fixture
def officer(held, area):
    officer = area.moderators[0]
    officer.mail = "Kim.Aydin@team.example"
    held.flush()
    return officer


@pytest.fixture
def speaker(held, area):
    """Speaks for the body, so that every member's right to confirm is there."""
    builder.make_speaker(held, area, area.members[0])
    return area.members[0]


@pytest.fixture
def requests(held, area, officer, prepared_round):
    """What this officer asks for, one of each act."""
    body, round_ = {"body_id": area.body.id}, {"round_id": prepared_round().id}
    about = {
        **dict.fromkeys(ABOUT_A_ROUND, round_),
        "replace_card": {**body, "member_id": area.members[2].id},
        "change_roster": body,
        "open_epoch": body,
    }
    asked = [
        second_person.ask(
            held, act, officer, NOW, reason="" if act in CODED else f"Anlass {act}", **rows
        )
        for act, rows in about.items()
    ]
    held.flush()
    return asked


def may_agree(held, requests, person):
    """To which of the acts this person may be the second one."""
    return [each.act for each in requests if second_person.may_confirm(held, each, person, NOW)]


def test_the_same_name_or_address_is_the_same_person(held, requests, officer, speaker):
    assert may_agree(held, requests, speaker) == [each.act for each in requests], "the control"
    name, speaker.name = speaker.name, f" {officer.name.upper()}"
    assert may_agree(held, requests, speaker) == []
    speaker.name, speaker.mail = name, " kim.aydin@TEAM.example"
    assert may_agree(held, requests, speaker) == []


def test_a_second_access_of_the_same_person_is_none(held, area, requests, officer):
    second = Officer(area_id=area.area.id, name="K. A.", role="administrator", mail=officer.mail)
    held.add(second)
    held.flush()
    assert may_agree(held, requests, second) == []
    assert len(may_agree(held, requests, area.moderators[1])) == len(requests)


def test_the_page_refuses_too(held, client_of, requests, officer, speaker):
    browser = client_of(speaker)
    assert "Anlass void_round" in browser.get("/account/second-person").text
    speaker.mail = officer.mail
    held.commit()
    assert "Anlass" not in browser.get("/account/second-person").text
    [early] = [each.id for each in requests if each.act == "close_early"]
    assert browser.post(f"/desk/confirmations/{early}").status_code == 403


@pytest.mark.parametrize("act", ["replace_card", "replace_card_home"])
def test_nobody_asks_or_agrees_to_the_own_new_card(held, area, officer, act):
    own = area.members[1]
    own.mail = officer.mail
    held.flush()
    about = {"body_id": area.body.id, "member_id": own.id}
    with pytest.raises(Refused) as refusal:
        second_person.ask(held, act, officer, NOW, **about)
    assert refusal.value.code == "own_case"
    asked = second_person.ask(held, act, area.moderators[1], NOW, **about)
    assert may_agree(held, [asked], officer) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"name": "Kim Aydin"}, {"name": "kim  aydin"}, True),
        ({"name": "Kim", "mail": "k@x.de"}, {"name": "Ada", "mail": "K@x.de"}, True),
        ({"name": "Kim", "mail": None}, {"name": "Ada", "mail": None}, False),
        ({"name": "Kim", "mail": "k@x.de"}, {"name": "Ada", "mail": "a@x.de"}, False),
    ],
)
def test_who_is_the_same(one, other, expected):
    person = Officer(id=1, area_id=1, role="moderator", **one)
    member = Member(id=1, area_id=1, **other)
    assert same_person.are_same(person, member) is same_person.are_same(member, person) is expected


def test_what_signs_in_counts_too():
    officer = Officer(id=1, area_id=1, name="Kim", role="moderator", mail=None, login="k@x.de")
    assert same_person.are_same(officer, Member(id=2, area_id=1, name="Ada", mail="K@x.de"))
