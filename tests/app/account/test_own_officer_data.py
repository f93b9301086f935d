"""An officer's own data: everything of the access and of what was looked at, nothing of others."""

import json
from datetime import UTC, datetime

import pytest
from sqlmodel import SQLModel, select

from app.account import own_data
from app.account.section import OFFICER_COLUMNS, OFFICER_SECTIONS
from app.models import Confirmation, LookUp
from tests.app import builder
from tests.app.account import team

NOW = datetime.now(UTC)
# Rows of the area's work that name who did it; they are not about the officer.
WORK = {"minutes_correction", "mistaken_stay", "count_entry", "paper_enterer", "roll_call"}
# What opens doors, and what is another person's.
WITHHELD = {
    "officer.coordinator_id",
    "user_session.id_hash",
    "user_session.member_id",
    "user_session.card_id",
    "user_session.viewed_area_id",
    "user_session.is_doubted",
    "sign_in_link.token_hash",
    "sign_in_link.member_id",
    "passphrase.verifier",
    "passphrase.member_id",
    "trustee.member_id",
    "second_factor.sealed_secret",
    "second_factor.last_step",
    "passkey.public_key",
    "passkey.sign_count",
    "passkey.member_id",
    "recovery_code.verifier",
    "invitation.token_hash",
    "security_event.member_id",
    "second_factor.member_id",
    "recovery_code.member_id",
    "invitation.member_id",
    # Only trustees who are members accept an invitation on a device that is signed in.
    "user_session.invited_at",
}


@pytest.fixture
def officer(held, area):
    found = team.add_officer(held, area)
    team.equip(held, found)
    return found


def tables_of_officers():
    return {
        table.name for table in SQLModel.metadata.tables.values() if "officer_id" in table.columns
    }


def left_out(sections):
    shown = {f"{each.table.__tablename__}.{name}" for each in sections for name in each.fields}
    return {
        f"{name}.{column.name}"
        for name in (tables_of_officers() - WORK) | {"officer"}
        for column in SQLModel.metadata.tables[name].columns
        if column.name not in ("id", "area_id", "officer_id")
    } - (shown | WITHHELD)


def test_every_table_and_column_of_officers_is_in_the_export():
    assert left_out(OFFICER_SECTIONS) == set()
    assert Confirmation in OFFICER_COLUMNS


def test_a_forgotten_table_is_noticed():
    """The control: without one section the test above fails."""
    fewer = [each for each in OFFICER_SECTIONS if each.table is not LookUp]
    assert "look_up.member_id" in left_out(fewer)


def test_the_file_holds_what_the_officer_saw_and_nothing_of_others(app, held, area, officer):
    browser = team.browse(app, held, officer)
    assert browser.get(f"/roster/members/{area.members[0].id}").status_code == 200
    other = builder.browse(app, held, builder.sign_in(held, area.moderators[0]))
    assert other.get(f"/roster/members/{area.members[1].id}").status_code == 200
    answer = browser.get("/account/data.json")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=kiezvotum-")
    found = json.loads(answer.text)
    assert found["officer"][0]["login"] == team.MAIL
    assert [each["member_id"] for each in found["look_up"]] == [area.members[0].id]
    assert len(found["user_session"]) == len(found["passphrase"]) == 1
    assert "verifier" not in answer.text
    assert "sealed" not in answer.text


def test_the_page_says_it_in_words(app, held, area, officer):
    browser = team.browse(app, held, officer)
    browser.get(f"/roster/members/{area.members[0].id}")
    page = browser.get("/account/data").text
    assert "Name und E-Mail ändern" in page
    assert "gehen Ihr Name und Ihre Adresse ein Jahr danach" in page
    for words in ("Nele Vogt", "Moderation", "Aylin Kara", "Seite über die Person"):
        assert words in page
    looked = browser.get("/account/look-ups").text
    assert "Aylin Kara" in looked
    assert "Seite über Sie" not in looked


def test_requests_are_shown_to_who_asked_and_who_confirmed(held, area, officer):
    builder.agree_to_cards(held, area, area.members[0])
    asked = held.exec(select(Confirmation)).one()
    for person, expected in ((area.moderators[0], 1), (area.moderators[1], 1), (officer, 0)):
        shown = own_data.as_object(own_data.of(held, person))
        assert len(shown["confirmation"]) == expected
    assert {asked.requested_by, asked.confirmed_by} == {each.id for each in area.moderators}
