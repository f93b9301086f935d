"""Two people remove a text from the register: it goes everywhere, and the log stays whole."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Enum
from sqlmodel import SQLModel, select

from app import decision_log, erasure, forgetting_again, jobs, log_text, text_removal
from app.account import epoch
from app.body import day_of
from app.models import (
    Area,
    Confirmation,
    LogEntry,
    LogText,
    Mail,
    Minutes,
    MinutesCorrection,
    Round,
)
from app.round import confirming
from tests.app import builder
from tests.app.account import team
from tests.app.logged import told
from tests.service.database import only_sqlite
from voting.log import register

NOW = datetime.now(UTC)
WORDS = "Quastenflosser hat die Karten vertauscht."
LIST = "/account/texts"
GROUND = {"ground": "names_somebody"}


@pytest.fixture
def round_(held, area, prepared_round):
    """A round that is void, why, and where this is written down as well."""
    found = prepared_round()
    first, second = area.moderators
    asked = confirming.request(
        held, act="void_round", round_=found, reason=WORDS, officer=first, now=NOW
    )
    confirming.confirm(held, asked, second, NOW)
    here = {"area_id": area.area.id, "meeting_id": area.meeting.id}
    content = {"parts": [{"votes": [{"void_reason": WORDS, "title": "Hof"}]}]}
    held.add(Minutes(**here, state="approved", content=content))
    sentence = f"Die Abstimmung ist ungültig. Grund: {WORDS}\nEnde"
    held.add(
        MinutesCorrection(
            **here,
            version=2,
            section="votes",
            before=sentence,
            text=sentence,
            officer_id=first.id,
            corrected_at=NOW,
        )
    )
    held.add(
        Mail(
            recipient="a@example.org",
            subject="Aufgehoben",
            body=f"Hallo,\n\nGrund: {WORDS}\n",
            created_at=NOW,
            next_try_at=NOW,
        )
    )
    held.commit()
    return found


@pytest.fixture
def admin(app, held, area):
    found = team.add_officer(held, area, "administrator")
    team.equip(held, found)
    return team.browse(app, held, found)


def texts(held):
    held.rollback()
    return held.exec(select(LogText).order_by(LogText.area_id, LogText.seq)).all()


def ask(held, admin, **typed):
    return admin.post(f"{LIST}/{texts(held)[0].id}/remove", data=typed)


def agree(held, client):
    held.rollback()
    asked = held.exec(select(Confirmation.id).where(Confirmation.act == "remove_text")).one()
    return client.post(f"{LIST}/requests/{asked}")


def remove(held, area, admin, client_of):
    assert ask(held, admin, **GROUND).status_code == 303
    assert agree(held, client_of(area.moderators[0])).status_code == 303


def test_the_text_goes_and_everybody_reads_when_and_why(
    held, area, admin, client_of, visitor, round_
):
    check, log = f"/abstimmung/{round_.id}/pruefen", "/gebiet/anger/register"
    assert WORDS in visitor.get(check).text
    assert WORDS in visitor.get(log).text, "the control"
    assert WORDS in admin.get(LIST).text
    assert ask(held, admin).status_code == 422
    assert ask(held, admin, ground="boring").status_code == 422
    assert ask(held, admin, **GROUND).status_code == 303
    assert ask(held, admin, **GROUND).status_code == 409
    assert agree(held, admin).status_code == 403
    assert WORDS in visitor.get(check).text
    second = client_of(area.moderators[0])
    assert "Text aus dem Register entfernen" in second.get("/account/second-person").text
    asked = held.exec(select(Confirmation.id).where(Confirmation.act == "remove_text")).one()
    assert WORDS in second.get(f"{LIST}/requests/{asked}").text
    assert agree(held, second).status_code == 303
    assert agree(held, second).status_code == 404
    for address in (check, log, log + ".jsonl"):
        assert "Quastenflosser" not in visitor.get(address).text
    assert "Text entfernt am" in visitor.get(check).text
    assert "Der Text nennt einen Namen." in visitor.get(log).text
    assert "Noch hat niemand" in admin.get(LIST).text


def test_it_is_nowhere_in_the_database_and_the_log_stays_valid(
    held, area, admin, client_of, visitor, round_
):
    before = [each.leaf for each in held.exec(select(LogEntry).order_by(LogEntry.seq))]
    held.rollback()
    remove(held, area, admin, client_of)
    held.rollback()
    entries = held.exec(select(LogEntry).order_by(LogEntry.seq)).all()
    assert [each.leaf for each in entries[:-1]] == before
    (text,) = texts(held)
    assert (text.salt, text.value, text.ground) == (None, None, "names_somebody")
    assert told(held, entries[-1]) == {"entry": text.seq, "field": "reason"} | {
        "reason": "names_somebody"
    }
    lines = visitor.get("/gebiet/anger/register.jsonl").data.splitlines(keepends=True)
    checked = register.check(lines)
    assert (checked.root, checked.removed, checked.closed) == (entries[-1].root, 1, 0)
    instead = text_removal.instead("names_somebody", text.removed_at)
    stored = held.exec(select(Minutes)).one()
    assert stored.content == {"parts": [{"votes": [{"void_reason": instead, "title": "Hof"}]}]}
    correction = held.exec(select(MinutesCorrection)).one()
    assert correction.before == f"Die Abstimmung ist ungültig. Grund: {instead}\nEnde"
    assert held.exec(select(Mail.body)).one() == f"Hallo,\n\nGrund: {instead}\n"


def test_in_an_archive_two_people_still_remove_a_text(held, area, admin, client_of, round_):
    area.area.closes_on = day_of(NOW) - timedelta(days=2)
    held.add(area.area)
    held.commit()
    colleague = {"name": "Ada Roth", "mail": "ada@team.example", "role": "moderator"}
    assert admin.post("/account/officers/new", data=colleague).status_code == 303
    remove(held, area, admin, client_of)
    (text,) = texts(held)
    assert text.value is None
    newest = held.exec(select(LogEntry).order_by(LogEntry.seq.desc())).first()
    assert newest.type == "text_removed"


@only_sqlite
def test_no_copy_of_it_stays_in_the_file(app, held, area, admin, client_of, round_):
    folder = Path(app.extensions["engine"].url.database).parent

    def copies():
        files = (each for each in folder.iterdir() if each.is_file())
        return sum(each.read_bytes().count(b"Quastenflosser") for each in files)

    assert copies(), "the control: it is found"
    remove(held, area, admin, client_of)
    held.rollback()
    assert erasure.is_fresh(held, NOW)
    held.rollback()
    jobs.retain(NOW)
    assert copies() == 0


def test_the_same_text_goes_from_each_entry(held, area, admin, client_of, round_):
    decision_log.append(held, area.area, "access_restored", {"reason": WORDS}, NOW)
    decision_log.append(held, area.area, "access_restored", {"reason": "Anders"}, NOW)
    held.commit()
    assert len({each.salt for each in texts(held)}) == 3
    remove(held, area, admin, client_of)
    assert [each.value for each in texts(held)] == [None, None, "Anders"]
    gone = held.exec(select(LogEntry).where(LogEntry.type == "text_removed")).all()
    assert [json.loads(each.leaf)["public"]["entry"] for each in gone] == [
        each.seq for each in texts(held)[:2]
    ]


def put_back(held, round_, text, salt):
    """As a backup from before the removal has it: the text, and a log that says nothing of it."""
    held.delete(held.exec(select(LogEntry).where(LogEntry.type == "text_removed")).one())
    text.salt, text.value, text.removed_at, text.ground = salt, WORDS, None, None
    held.get_one(Round, round_.id).void_reason = WORDS
    held.commit()


def test_a_restored_backup_loses_the_text_again(held, area, admin, client_of, round_):
    (text,) = texts(held)
    salt, number = text.salt, text.id
    remove(held, area, admin, client_of)
    held.rollback()
    assert forgetting_again.apply(held, NOW) == 0
    put_back(held, round_, held.get_one(LogText, number), salt)
    assert forgetting_again.apply(held, NOW) == 1
    held.commit()
    assert held.get_one(LogText, number).ground == "names_somebody"
    assert WORDS not in held.get_one(Round, round_.id).void_reason
    assert [told(held, each) for each in removals(held)] == [
        {"entry": text.seq, "field": "reason", "reason": "names_somebody"}
    ]
    assert register.check(list(log_text.lines(held, area.area))).closed == 0


def test_the_log_of_a_backup_says_it_when_two_people_go_on(held, area, admin, client_of, round_):
    (text,) = texts(held)
    salt, number = text.salt, text.id
    remove(held, area, admin, client_of)
    put_back(held, round_, held.get_one(LogText, number), salt)
    held.get_one(Area, area.area.id).set_back_at = NOW
    held.commit()
    assert forgetting_again.apply(held, NOW) == 1
    assert removals(held) == []
    first, second = area.moderators
    epoch.confirm(held, epoch.ask(held, first, "Die Platte war kaputt.", NOW), second, NOW)
    newest = held.exec(select(LogEntry).order_by(LogEntry.seq.desc()).limit(2)).all()
    assert [each.type for each in newest] == ["text_removed", "epoch_opened"]


def removals(held):
    return held.exec(select(LogEntry).where(LogEntry.type == "text_removed")).all()


@pytest.mark.drill
def test_nobody_removes_a_text_of_another_area_or_late(held, area, admin, client_of, round_):
    far = builder.build_council(held, "wiese", with_keys=False)
    decision_log.append(held, far.area, "access_restored", {"reason": "Fern"}, NOW)
    held.commit()
    number = held.exec(select(LogText.id).where(LogText.value == "Fern")).one()
    held.rollback()
    assert admin.get(f"{LIST}/{number}/remove").status_code == 404
    assert admin.post(f"{LIST}/{number}/remove", data=GROUND).status_code == 404
    assert "Fern" not in admin.get(LIST).text
    ask(held, admin, **GROUND)
    held.exec(
        select(Confirmation).order_by(Confirmation.id.desc())
    ).first().requested_at -= timedelta(minutes=30)
    held.commit()
    assert agree(held, client_of(area.moderators[0])).status_code == 404
    assert agree(held, client_of(far.moderators[0])).status_code == 404
    assert texts(held)[0].value == WORDS


def test_every_column_of_a_reason_is_looked_at():
    """What is typed for the log stands in these columns; the others hold what never gets there."""
    others = {
        *("meeting.cancel_reason", "objection.reason", "recusal.reason", "report.answer"),
        *("question.taken_out_reason", "round.circular_reason"),
    }
    free = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith(("reason", "answer")) and not isinstance(column.type, Enum)
    }
    copies = {f"{each.class_.__tablename__}.{each.key}" for each in text_removal.COPIES}
    assert copies == free - others


def test_each_text_has_its_own_salt_and_opens_its_entry(held, area, round_):
    lines = list(log_text.lines(held, area.area))
    assert register.check(lines).opened == 1
    forged = [line.replace(b"Quastenflosser", b"Jemand") for line in lines]
    with pytest.raises(register.RefusalError, match=r"log\.commitment"):
        register.check(forged)
