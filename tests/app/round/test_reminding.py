"""Reminders: at half time and a day before the end, once, and only to who has not cast."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app import jobs
from app.models import Mail, Member, Reminder
from app.round import reminding
from tests.app import builder, deciding

pytestmark = pytest.mark.each_time


@pytest.fixture
def round_(held, area):
    """A vote over ten days that opened just now; all but the last member have an address."""
    for number, member in enumerate(area.members[:-1]):
        held.get_one(Member, member.id).mail = f"{number}@anger.example"
    held.get_one(Member, area.members[1].id).language = "en"
    held.commit()
    return builder.open_round(held, builder.prepare_over_days(held, area, days=10))


def remind_at(held, round_, **after):
    now = round_.opened_at + timedelta(**after)
    held.rollback()
    jobs.remind(now)
    held.expire_all()
    return {mail.recipient for mail in held.exec(select(Mail))}


def test_nobody_is_reminded_before_half_time(held, round_):
    assert remind_at(held, round_, days=4, hours=23) == set()


def test_only_who_has_not_cast_is_reminded_and_only_once(held, area, round_):
    deciding.let_cast(held, area, round_, [(each, "no") for each in area.members[2:8]])
    assert remind_at(held, round_, days=5) == {"0@anger.example", "1@anger.example"}
    assert remind_at(held, round_, days=5, minutes=1) == {"0@anger.example", "1@anger.example"}
    assert len(held.exec(select(Mail)).all()) == 2
    told = held.exec(select(Reminder)).one()
    assert (told.kind, told.mails, told.without_mail) == ("half", 2, 1)


def test_the_mail_speaks_the_language_of_the_member_and_leads_to_the_round(held, area, round_):
    remind_at(held, round_, days=5)
    mails = {mail.recipient: mail for mail in held.exec(select(Mail))}
    assert "Die Abstimmung läuft noch" in mails["0@anger.example"].subject
    assert f"/booth/{round_.id}/questions" in mails["0@anger.example"].body
    assert f"/en/booth/{round_.id}/questions" in mails["1@anger.example"].body
    assert "Spielstraße" not in mails["0@anger.example"].body


def test_the_second_reminder_is_a_day_before_the_end(held, round_):
    remind_at(held, round_, days=5)
    remind_at(held, round_, days=9, minutes=5)
    assert {each.kind for each in held.exec(select(Reminder))} == {"half", "last_day"}
    assert len(held.exec(select(Mail)).all()) == 16


def test_after_an_outage_two_reminders_become_one(held, round_):
    remind_at(held, round_, days=9, hours=2)
    assert [each.kind for each in held.exec(select(Reminder))] == ["last_day"]
    assert len(held.exec(select(Mail)).all()) == 8


def test_after_the_end_nobody_is_reminded(held, round_):
    assert remind_at(held, round_, days=11) == set()


def test_a_vote_of_one_day_has_one_reminder():
    start = datetime(2026, 11, 22, 18, tzinfo=UTC)
    assert list(reminding.moments(start, start + timedelta(hours=24))) == ["half"]
    assert list(reminding.moments(start, start + timedelta(days=3))) == ["half", "last_day"]
