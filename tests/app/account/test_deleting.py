"""The page of what the next run deletes: numbers of the own area, and nothing is deleted."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app import retention
from app.models import LookUp, Mail, Member, Membership
from tests.app import builder

NOW = datetime.now(UTC)
OLD = NOW - timedelta(days=800)
FIGURE = r'.*?figure"[^>]*>(\d+)</td>'
ROW = re.compile(rf'<th scope="row">(.*?)</th>{FIGURE}{FIGURE}', re.DOTALL)


def look_up(area):
    return LookUp(
        area_id=area.area.id,
        member_id=area.members[0].id,
        officer_id=area.moderators[0].id,
        page="person",
        looked_at=OLD,
    )


@pytest.fixture
def old_rows(held, area):
    """Two old look-ups here, one elsewhere, a mail of nobody's area."""
    other = builder.build_council(held, "weg", with_keys=False)
    mail = Mail(recipient="a@b.example", subject="", body="", created_at=OLD, next_try_at=OLD)
    held.add_all([look_up(area), look_up(area), look_up(other), mail])
    held.commit()


def numbers(page):
    return {what: (int(here), int(nowhere)) for what, here, nowhere in ROW.findall(page)}


def test_the_numbers_are_those_of_the_job_and_nothing_goes(client_of, held, area, old_rows):
    page = client_of(area.moderators[0]).get("/account/deletion").text
    shown, rules = numbers(page), retention.RULES
    assert all(str(rule.what) in page for rule in rules.values())
    assert shown[str(rules["look_ups"].what)] == (2, 0)
    assert shown[str(rules["mails"].what)] == (0, 1)
    assert len(held.exec(select(LookUp)).all()) == 3
    held.rollback()
    gone = retention.apply(held, rules, NOW)
    for name, each in gone.items():
        expected = (each[area.area.id], each[None])
        assert shown.get(str(rules[name].what), (0, 0)) == expected, name


@pytest.mark.drill
def test_nobody_is_named(client_of, held, area):
    member = area.members[0]
    link = held.exec(select(Membership).where(Membership.member_id == member.id)).one()
    link.ends_on = OLD.date()
    held.add(link)
    held.commit()
    page = client_of(area.moderators[0]).get("/account/deletion").text
    assert numbers(page)[str(retention.RULES["names"].what)] == (1, 0)
    assert member.name not in page
    held.expire_all()
    assert held.get_one(Member, member.id).name == member.name


@pytest.mark.drill
def test_without_anything_to_delete_the_page_says_so(client_of, area):
    page = client_of(area.moderators[0]).get("/account/deletion").text
    assert "Gerade ist keine Frist um." in page


def test_members_and_strangers_do_not_see_it(client_of, client, area):
    assert client_of(area.members[0]).get("/account/deletion").status_code == 403
    assert client.get("/account/deletion").status_code == 401
    assert "/account/deletion" not in client.get("/datenschutz").text
    area_page = client_of(area.moderators[0]).get("/roster/area").text
    assert 'href="/account/deletion"' in area_page
