"""The link of a demo person: a page with a button, a day long, on several devices."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.account.entering import MOST_UNKNOWN_LINKS, OFFICER_HOURS, make_link
from app.models import SignInLink, Throttle, UserSession
from app.visitor import digest
from tests.app import builder


@pytest.fixture
def link_of(held):
    def make(person, **chosen):
        token = make_link(held, person, datetime.now(UTC), **chosen)
        held.commit()
        return f"/anmelden/{token}"

    return make


def test_opening_a_link_signs_nobody_in(visitor, area, link_of, held):
    link = link_of(area.members[0])
    page = visitor.get(link)
    assert page.status_code == 200
    assert "Anmelden als Aylin Kara" in page.text
    assert "Gebiet Anger" in page.text
    assert page.text.count("data-sign-in") == 1
    visitor.head(link)
    assert held.exec(select(UserSession)).all() == []


def test_the_button_leads_members_and_moderators_to_their_rooms(app, held, area, link_of):
    for person, place in [(area.members[0], "/booth/"), (area.moderators[0], "/desk/")]:
        for prefix in ("", "/en"):
            answer = builder.browse(app, held).post(prefix + link_of(person))
            assert (answer.status_code, answer.location) == (303, prefix + place)


def test_one_link_serves_several_devices_for_a_day(app, held, area, link_of):
    link = link_of(area.members[0])
    for _device in range(3):
        assert builder.browse(app, held).post(link).status_code == 303
    assert len(held.exec(select(UserSession)).all()) == 3


def test_members_stay_until_the_term_ends_and_officers_for_hours(app, held, area, link_of):
    for person in (area.members[0], area.moderators[0]):
        builder.browse(app, held).post(link_of(person))
    rows = held.exec(select(UserSession)).all()
    member = next(row for row in rows if row.member_id)
    officer = next(row for row in rows if row.officer_id)
    assert member.expires_at.date() == area.term.ends_on
    assert officer.expires_at - officer.created_at == OFFICER_HOURS


def test_the_token_is_stored_as_a_digest(held, area, link_of):
    token = link_of(area.members[0]).rpartition("/")[2]
    assert held.exec(select(SignInLink)).one().token_hash == digest(token)


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [("", "Dieser Link gilt nicht mehr."), ("/en", "This link is no longer valid.")],
)
def test_after_a_day_it_is_over(visitor, held, area, link_of, prefix, sentence):
    link = link_of(area.members[0])
    held.exec(select(SignInLink)).one().expires_at = datetime.now(UTC) - timedelta(seconds=1)
    for answer in (visitor.get(prefix + link), visitor.post(prefix + link)):
        assert answer.status_code == 410
        assert sentence in answer.text
    assert held.exec(select(UserSession)).all() == []


def test_guessed_links_are_counted(visitor, held, area):
    for _attempt in range(MOST_UNKNOWN_LINKS):
        assert visitor.get("/anmelden/guess").status_code == 410
    answer = visitor.post("/anmelden/guess")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 800
    assert held.exec(select(Throttle)).one().failures == MOST_UNKNOWN_LINKS + 1


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [
        ("", "Mit einem Link allein können Sie sich hier nicht anmelden."),
        ("/en", "You cannot sign in here with a link alone."),
    ],
)
def test_only_demo_people_enter_by_a_link_alone(visitor, held, area, link_of, prefix, sentence):
    link = link_of(area.moderators[0])
    area.moderators[0].is_demo = False
    for answer in (visitor.get(prefix + link), visitor.post(prefix + link)):
        assert answer.status_code == 403
        assert sentence in answer.text
    with pytest.raises(ValueError, match="demo"):
        make_link(held, area.moderators[0], datetime.now(UTC))
    assert held.exec(select(UserSession)).all() == []


def test_a_link_on_a_device_of_somebody_else_says_so(client_of, area, link_of):
    sentence = "Diese Person wird hier abgemeldet."
    link = link_of(area.members[0])
    assert sentence in client_of(area.members[1]).get(link).text
    assert sentence not in client_of(area.members[0]).get(link).text


def test_a_member_without_a_running_term_stays_outside(visitor, held, area, link_of):
    link = link_of(area.members[0])
    area.term.ends_on = area.term.starts_on
    assert visitor.post(link).status_code == 410
