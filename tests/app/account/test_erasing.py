"""A member is forgotten: what goes at once, what waits for the seat, and that no copy stays."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select as rows_of
from sqlmodel import SQLModel, select

from app import erasure, jobs
from app.models import (
    Card,
    Comment,
    Erasure,
    LogEntry,
    Mail,
    Member,
    Membership,
    Proposal,
    Recusal,
    RollEntry,
    UserSession,
    VotingKey,
)
from tests.app import builder

NAME, MAIL, WORDS = "Xanthippe Quastenflosser", "quastenflosser@anger.example", "Zwiebelfischsatz"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture
def member(held, area, open_round):
    """A member with a name that stands nowhere else, on the roll of an open vote."""
    found = area.members[0]
    found.name, found.mail, found.may_be_named = NAME, MAIL, True
    held.add(found)
    round_ = open_round(recused={1: [area.members[1]]})
    held.add(
        Comment(
            area_id=area.area.id,
            proposal_id=held.exec(select(Proposal.id)).first(),
            member_id=found.id,
            source=WORDS,
            created_at=NOW,
        )
    )
    held.add(Mail(recipient=MAIL, subject=NAME, body=WORDS, created_at=NOW, next_try_at=NOW))
    round_.state = "closed"
    held.add(round_)
    held.commit()
    return found


def end_seat(held, member):
    link = held.exec(select(Membership).where(Membership.member_id == member.id)).one()
    link.ends_on = (NOW - 2 * DAY).date()
    link.dual_role, link.is_dual_role = WORDS, True
    held.add(link)
    held.commit()


def everything(held):
    """All that the database says, as one text."""
    found = [
        str(row) for table in SQLModel.metadata.sorted_tables for row in held.exec(rows_of(table))
    ]
    held.rollback()
    return "\n".join(found)


def test_without_a_seat_all_goes_at_once(client_of, held, member):
    end_seat(held, member)
    roll, entries = held.exec(select(RollEntry)).all(), held.exec(select(LogEntry.leaf)).all()
    browser = client_of(member)
    page = browser.get("/account/erase").text
    assert "Auch sofort gelöscht" in page
    answer = browser.post("/account/erase")
    assert (answer.status_code, answer.location) == (303, "/account/erased")
    assert "Ihre Daten sind gelöscht" in browser.get("/account/erased").text
    assert browser.get("/account/").status_code == 401
    assert held.get(Member, member.id).name == f"Ehemaliges Mitglied {member.id}"
    for table in (Card, VotingKey, UserSession, Erasure):
        assert held.exec(select(table).where(table.member_id == member.id)).all() == []
    text = everything(held)
    assert all(each not in text for each in (NAME, MAIL, WORDS))
    assert "Jonas Wirth" in text
    assert held.exec(select(RollEntry)).all() == roll
    assert held.exec(select(LogEntry.leaf)).all() == entries


def test_with_a_seat_the_name_waits_for_its_end(client_of, held, area, member):
    browser = client_of(member)
    assert "Gelöscht, wenn Ihr Sitz oder Platz endet" in browser.get("/account/erase").text
    assert browser.post("/account/erase").location == "/account/erase"
    found = held.get(Member, member.id)
    assert (found.name, found.mail, found.may_be_named) == (NAME, None, False)
    assert held.get(Erasure, member.id).due_on == area.term.ends_on + DAY
    text = everything(held)
    assert MAIL not in text
    assert WORDS not in text
    assert browser.get("/booth/").status_code == 200
    jobs.retain(NOW)
    held.expire_all()
    assert held.get(Member, member.id).name == NAME
    held.rollback()
    jobs.retain(NOW + timedelta(days=401))
    held.expire_all()
    assert held.get(Member, member.id).name == f"Ehemaliges Mitglied {member.id}"
    assert NAME not in everything(held)


def test_a_member_stays_after_all(client_of, held, member):
    browser = client_of(member)
    browser.post("/account/erase")
    assert "Doch nicht löschen" in browser.get("/account/erase").text
    assert browser.post("/account/erase/take-back").status_code == 303
    assert held.get(Erasure, member.id) is None
    assert browser.post("/account/erase/take-back").status_code == 409
    jobs.retain(NOW + timedelta(days=401))
    held.expire_all()
    assert held.get(Member, member.id).name == NAME


def test_an_open_vote_keeps_the_name_until_it_is_closed(held, area, open_round):
    member = area.members[0]
    round_ = open_round()
    end_seat(held, member)
    assert erasure.needed_until(held, member, NOW.date()) == NOW.date()
    round_.state = "closed"
    held.add(round_)
    held.flush()
    assert erasure.needed_until(held, member, NOW.date()) is None


def test_asking_needs_the_button(client_of, held, member):
    assert client_of(member).get("/account/erase").status_code == 200
    assert held.exec(select(Erasure)).all() == []
    assert held.get(Member, member.id).mail == MAIL


def test_officers_see_who_waits_and_cannot_write_a_name_back(client_of, held, area, member):
    officer = client_of(area.moderators[0])
    assert "Wer gelöscht werden möchte" not in officer.get("/roster/").text
    client_of(member).post("/account/erase")
    page = officer.get("/roster/").text
    assert "Wer gelöscht werden möchte" in page
    assert NAME in page
    assert "möchte gelöscht werden" in officer.get(f"/roster/members/{member.id}").text
    end_seat(held, member)
    jobs.retain(NOW)
    assert "Wer gelöscht werden möchte" not in officer.get("/roster/").text
    assert officer.get(f"/roster/members/{member.id}/edit").status_code == 410
    officer_elsewhere = builder.build_council(held, "wiese", with_keys=False).moderators[0]
    assert NAME not in client_of(officer_elsewhere).get("/roster/").text


def test_a_comment_says_that_it_is_gone_and_since_when(client_of, held, area, member):
    address = f"/proposals/{held.exec(select(Proposal.id)).first()}"
    reader = client_of(area.members[2])
    assert WORDS in reader.get(address).text
    client_of(member).post("/account/erase")
    page = reader.get(address).text
    assert WORDS not in page
    assert "Gelöscht am" in page


def test_a_recusal_loses_its_reason_and_its_name(held, area, member):
    recused = area.members[1]
    held.exec(select(Recusal)).one().may_be_named = True
    end_seat(held, recused)
    assert erasure.ask(held, recused, NOW) is None
    held.commit()
    found = held.exec(select(Recusal)).one()
    held.refresh(found)
    assert (found.reason, found.may_be_named) == ("", False)


def copies(engine, word):
    """How often a word stands in the bytes of the database: in all files, or in the tables."""
    return sum(each.count(word.encode()) for each in stored_bytes(engine))


def stored_bytes(engine):
    if engine.dialect.name == "sqlite":
        folder = Path(engine.url.database).parent
        return [file.read_bytes() for file in folder.iterdir() if file.is_file()]
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        return [
            bytes(
                connection.exec_driver_sql(
                    f"SELECT pg_read_binary_file(pg_relation_filepath('{table}'))"
                ).scalar_one()
            )
            for table in erasure.WITH_TEXT
        ]


def test_no_copy_of_the_text_stays_in_the_database(app, client_of, held, member):
    engine = app.extensions["engine"]
    end_seat(held, member)
    assert all(copies(engine, each) for each in (NAME, MAIL, WORDS)), "the control: it is found"
    client_of(member).post("/account/erase")
    held.rollback()
    jobs.retain(NOW)
    assert [copies(engine, each) for each in (NAME, MAIL, WORDS)] == [0, 0, 0]
    assert NAME not in everything(held)


@pytest.mark.parametrize("days", [6, 8])
def test_the_tables_are_written_anew_for_a_week(app, held, member, monkeypatch, days):
    written = []
    monkeypatch.setattr(jobs.db, "leave_no_copies", lambda _engine, tables: written.append(tables))
    end_seat(held, member)
    erasure.ask(held, member, NOW)
    held.commit()
    jobs.retain(NOW + timedelta(days=days))
    assert len(written) == (days < 7)
