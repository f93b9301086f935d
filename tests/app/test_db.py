"""The database keeps what it confirms, reads cannot write, and a lock held too long is told."""

import sqlite3
import threading
import time

import pytest
from flask import Response, g
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from app import db, durable
from app.errors import is_lock_timeout
from app.models import Throttle
from tests.service.database import only_sqlite

pytestmark = pytest.mark.each_time


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_which_sqlite_may_use_wal(version, safe):
    assert durable.is_wal_safe(version) is safe


@only_sqlite
def test_pragmas_of_a_connection(app):
    safe = durable.is_wal_safe(sqlite3.sqlite_version_info)
    with app.extensions["engine"].connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert found == {
        "journal_mode": "wal" if safe else "delete",
        "synchronous": 2 if safe else 3,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


def test_a_database_that_ignores_a_pragma_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(durable, "is_wal_safe", lambda version: True)
    engine = db.connect("sqlite://")  # a database in memory knows no write-ahead log
    with pytest.raises(durable.DatabaseUnsafe, match="journal_mode"):
        engine.connect()


def test_a_request_cannot_write_before_it_says_so(app):
    with app.test_request_context():
        with pytest.raises(DBAPIError):
            db.session().execute(text("DELETE FROM throttle"))
        db.session().rollback()
        db.begin_write().execute(text("DELETE FROM throttle"))
        assert db.finish(Response()).status_code == 200


@pytest.mark.parametrize(("status", "stored"), [(200, 1), (303, 1), (409, 0), (500, 0)])
def test_only_an_answer_that_is_no_error_commits(app, status, stored):
    with app.test_request_context():
        held = db.begin_write()
        held.add(Throttle(scope="s", network="n", window_started_at=db.clock(held), failures=1))
        db.finish(Response(status=status))
        g.pop("session").close()
    with app.app_context(), db.reading() as held:
        assert held.execute(text("SELECT count(*) FROM throttle")).scalar_one() == stored


def test_readers_never_wait_for_a_writer_that_has_not_committed(app):
    with app.app_context(), db.writing() as writer:
        writer.execute(text("DELETE FROM throttle"))
        with db.reading() as reader:
            assert reader.execute(text("SELECT count(*) FROM throttle")).scalar_one() == 0


def write_impatiently(app):
    with db.writing() as held:
        if app.extensions["engine"].dialect.name == "postgresql":
            held.execute(text("SET LOCAL lock_timeout = '300ms'"))
        held.execute(text("DELETE FROM throttle"))


def test_a_lock_held_too_long_is_answered_as_busy(app, monkeypatch):
    monkeypatch.setattr(db, "LOCK_SECONDS", 0.3)
    with app.app_context(), db.writing() as first:
        if app.extensions["engine"].dialect.name == "postgresql":
            first.execute(text("LOCK TABLE throttle"))
        first.connection()
        with pytest.raises(OperationalError) as refusal:
            write_impatiently(app)
    assert is_lock_timeout(refusal.value)


def test_writers_of_one_process_stand_in_line(app):
    """Twenty threads write at once; each gets its turn well within the lock's time."""
    slowest = []

    def write():
        began = time.monotonic()
        with app.app_context(), db.writing() as held:
            held.execute(text("DELETE FROM throttle"))
        slowest.append(time.monotonic() - began)

    threads = [threading.Thread(target=write) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(slowest) == 20
    assert max(slowest) < db.LOCK_SECONDS
