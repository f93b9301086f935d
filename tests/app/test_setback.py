"""A database older than what was known of it is noticed at the start and stands still."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app import db, decision_log, head_file, jobs, setback
from app.body import day_of
from app.booth.casting import cast
from app.errors import Refused
from app.models import Area, Board, BoardEvent, Confirmation, LogEntry, LogText, Round, UserSession
from app.round import opening
from app.visitor import digest
from tests.app import builder
from tests.app.logged import told
from tests.service.database import only_sqlite
from tests.service.sqlite import file_of

NOW = datetime.now(UTC)
PAGE = "/account/set-back"
WHY = {"reason": "Die Platte war kaputt."}


@pytest.fixture(autouse=True)
def _own_heads(app, tmp_path, monkeypatch):
    """A file of this test alone."""
    monkeypatch.setattr(head_file, "_file", lambda: tmp_path / "heads")


def forget_log(held, area, entries):
    """Bring the log back to how many entries a backup had."""
    for table in (LogText, LogEntry):
        for row in held.exec(
            select(table).where(table.area_id == area.area.id, table.seq >= entries)
        ):
            held.delete(row)
        held.flush()
    held.commit()


def log_size(held, area):
    return len(held.exec(select(LogEntry).where(LogEntry.area_id == area.area.id)).all())


def compare(held):
    held.commit()
    jobs.compare_heads(datetime.now(UTC))
    held.expire_all()


def is_set_back(held, area):
    return held.get_one(Area, area.area.id).set_back_at is not None


def asked(held):
    return held.exec(select(Confirmation)).one()


@pytest.fixture
def restored(held, area, open_round):
    """An area of which the last entry is missing, found at a start."""
    open_round()
    held.commit()
    forget_log(held, area, log_size(held, area) - 1)
    compare(held)
    assert is_set_back(held, area)
    held.commit()
    return area


def test_what_is_there_is_not_set_back(held, area, open_round):
    open_round()
    compare(held)
    compare(held)
    assert not is_set_back(held, area)
    assert head_file.read()[area.area.id].log.size == log_size(held, area) > 0


def test_another_area_goes_on(held, restored):
    other = builder.build_council(held, "brache")
    held.commit()
    compare(held)
    assert is_set_back(held, restored)
    assert not is_set_back(held, other)


def test_an_entry_that_was_rewritten_is_noticed(held, area, open_round):
    open_round()
    held.commit()
    last = held.exec(select(LogEntry).order_by(LogEntry.seq.desc())).first()
    last.root = "0" * 64
    held.add(last)
    compare(held)
    assert is_set_back(held, area)


@pytest.mark.parametrize("how", ["shorter", "other"])
def test_an_open_box_that_lost_a_ballot_is_noticed(held, area, open_round, make_submission, how):
    round_ = open_round()
    cast(area.members[0], round_.id, make_submission(area.members[0], round_, "yes"))
    held.commit()
    board = held.exec(select(Board)).one()
    event = held.get_one(BoardEvent, (board.question_id, board.height))
    if how == "other":
        event.head = "0" * 64
    else:
        held.delete(event)
    compare(held)
    assert is_set_back(held, area)
    assert setback.lost_boxes(held, area.area.id) == [board.question_id]


def test_an_empty_database_beside_an_old_file_is_another_one(held, area):
    """Its first entry begins anew; only a log that is empty and was not is set back."""
    decision_log.append(held, area.area, "access_restored", {"reason": "neu"}, NOW)
    decision_log.append(held, area.area, "access_restored", {"reason": "neu"}, NOW)
    held.commit()
    forget_log(held, area, 0)
    decision_log.append(held, area.area, "access_restored", {"reason": "anders"}, NOW)
    compare(held)
    assert not is_set_back(held, area)
    forget_log(held, area, 0)
    compare(held)
    assert is_set_back(held, area)


def test_what_is_not_committed_is_not_known(held, area):
    decision_log.append(held, area.area, "access_restored", {"reason": "neu"}, NOW)
    held.rollback()
    assert head_file.read() == {}


def test_a_line_that_a_crash_cut_off_does_not_matter(held, area, open_round, tmp_path):
    open_round()
    held.commit()
    before = head_file.read()
    with (tmp_path / "heads").open("a") as file:
        file.write(f"log {area.area.id} 99")
    assert head_file.read() == before
    head_file.shorten()
    assert head_file.read() == before


def test_everything_can_be_read_and_nothing_changed(held, restored, client_of, visitor):
    desk, member = client_of(restored.moderators[0]), client_of(restored.members[0])
    assert "Hier lässt sich gerade nichts ändern" in desk.get("/desk/").text
    assert "Hier lässt sich gerade nichts ändern" in member.get("/account/").text
    assert "Hier lässt sich gerade nichts ändern" in visitor.get("/gebiet/anger").text
    refused = desk.post("/roster/bodies/new", data={"name": "Neu", "kind": "jury"})
    assert (refused.status_code, "lässt sich nur lesen" in refused.text) == (409, True)
    assert member.post("/account/details", data={"name": "Anders"}).status_code == 409
    area = held.get_one(Area, restored.area.id)
    with pytest.raises(Refused, match="set_back"):
        decision_log.append(held, area, "access_restored", {"reason": "neu"}, NOW)


def test_what_only_shuts_doors_goes_on(app, held, restored, client_of):
    """Whoever lost a phone or a card stops it meanwhile; voting keys are made later."""
    member = restored.members[0]
    phone, other = client_of(member), client_of(member)
    lost = digest(other.get_cookie("kiezvotum").value)
    assert phone.post(f"/account/devices/{lost}/sign-out").status_code == 303
    assert other.get("/booth/").status_code == 401
    signin = {"signin": restored.phones[member.id].sign_in_key}
    third = builder.browse(app, held)
    assert third.post("/karte/sign-in", json=signin).status_code == 200
    refused = third.post("/karte/key", json=signin)
    assert (refused.status_code, refused.json["error"]) == (409, "set_back")
    [asked] = [row for row in held.exec(select(UserSession)) if row.is_doubted]
    assert phone.post(f"/account/devices/{asked.id_hash}/not-mine").status_code == 200
    assert third.get("/booth/").status_code == 401
    assert third.post("/karte/sign-in", json=signin).status_code == 410


def test_what_runs_by_itself_stands_still(held, restored):
    round_ = held.exec(select(Round)).one()
    round_.closes_at = NOW - timedelta(minutes=1)
    held.add(round_)
    held.commit()
    jobs.close_rounds(NOW)
    assert opening.due(held, NOW) == []
    held.expire_all()
    assert held.exec(select(Round.state)).one() == "open"


def test_two_people_let_it_go_on_and_the_log_says_so(held, restored, client_of):
    size = log_size(held, restored)
    first, second = map(client_of, restored.moderators)
    assert f"{size} sind da, {size + 1} waren es schon" in first.get(PAGE).text
    assert first.post(PAGE, data={}).status_code == 422
    assert first.post(PAGE, data=WHY).status_code == 303
    assert first.post(PAGE, data=WHY).status_code == 409
    held.rollback()
    agree = f"{PAGE}/{asked(held).id}"
    assert first.post(agree).status_code == 403, "the same person"
    assert client_of(restored.members[0]).post(agree).status_code == 403, "no speaker"
    assert second.post(agree).status_code == 303
    assert second.post(agree).status_code == 409
    held.rollback()
    held.expire_all()
    assert not is_set_back(held, restored)
    last = held.exec(select(LogEntry).order_by(LogEntry.seq.desc())).first()
    public = told(held, last)
    assert (last.type, public["entries"], public["known"]) == ("epoch_opened", size, size + 1)
    assert public["reason"] == WHY["reason"]
    compare(held)
    assert not is_set_back(held, restored), "the new epoch begins with what is there"


def test_a_speaker_may_be_the_second_person_in_an_archive_too(held, restored, client_of):
    held.get_one(Area, restored.area.id).closes_on = day_of(NOW) - timedelta(days=1)
    held.commit()
    builder.make_speaker(held, restored, restored.members[0])
    client_of(restored.moderators[0]).post(PAGE, data=WHY)
    held.rollback()
    agree = f"{PAGE}/{asked(held).id}"
    speaker = client_of(restored.members[0])
    assert agree in speaker.get(PAGE).text
    assert speaker.post(agree).status_code == 303


def test_nobody_agrees_after_half_an_hour(held, restored, client_of):
    client_of(restored.moderators[0]).post(PAGE, data=WHY)
    held.rollback()
    request = asked(held)
    request.requested_at -= timedelta(minutes=31)
    held.add(request)
    held.commit()
    agree = f"{PAGE}/{asked(held).id}"
    assert client_of(restored.moderators[1]).post(agree).status_code == 409
    held.rollback()
    assert is_set_back(held, restored)


def test_a_round_that_lost_ballots_is_void(held, area, open_round, make_submission, client_of):
    lost, kept = open_round(), open_round()
    cast(area.members[0], lost.id, make_submission(area.members[0], lost, "yes"))
    held.commit()
    board = held.exec(select(Board).where(Board.height > 0)).one()
    held.delete(held.get_one(BoardEvent, (board.question_id, board.height)))
    compare(held)
    client_of(area.moderators[0]).post(PAGE, data=WHY)
    held.rollback()
    agree = f"{PAGE}/{asked(held).id}"
    assert client_of(area.moderators[1]).post(agree).status_code == 303
    held.rollback()
    held.expire_all()
    states = {each.id: each.state for each in held.exec(select(Round))}
    assert states == {lost.id: "void", kept.id: "open"}


@only_sqlite
def test_an_older_file_is_put_back(app, held, area, open_round, database_url, tmp_path):
    file, backup = file_of(database_url), tmp_path / "backup"
    held.commit()
    shutil.copy(file, backup)
    open_round()
    held.commit()
    held.close()
    app.extensions["engine"].dispose()
    shutil.copy(backup, file)
    jobs.compare_heads(NOW)
    with db.reading() as own:
        assert own.get_one(Area, area.area.id).set_back_at == NOW
