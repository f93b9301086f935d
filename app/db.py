"""The database: one session a request, read-only until it asks to write, one commit.

Every `BEGIN` and every commit of the application stands in this file.
"""

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, current_app, g
from sqlalchemy import Connection, Engine, Executable, Row, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from app.durable import check_postgresql, set_pragmas

LOCK_SECONDS = 5
PAUSE_SECONDS = 0.001

# One writer of a process asks for the lock at a time; the others stand in line.
_queue = threading.Lock()


def connect(url: str) -> Engine:
    """An engine whose connections are durable, or a refusal that names the setting."""
    if url.startswith("sqlite"):
        return _connect_sqlite(url)
    return _connect_postgresql(url)


def _connect_sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"isolation_level": None, "timeout": LOCK_SECONDS})
    event.listen(engine, "connect", set_pragmas)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    """Readers see what is committed, statement by statement, and so never keep a writer waiting."""
    writes = connection.get_execution_options().get("writes", True)
    if connection.info.get("writes") is not writes:
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        connection.info["writes"] = writes
    if writes:
        _wait_to_write(connection)


def _wait_to_write(connection: Connection) -> None:
    """Take the write lock in many short waits: SQLite's own grow and let a writer starve."""
    deadline = time.monotonic() + LOCK_SECONDS
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA busy_timeout=0")
    locked = None
    if _queue.acquire(timeout=LOCK_SECONDS):
        try:
            while (locked := _begin(cursor)) and time.monotonic() < deadline:
                time.sleep(PAUSE_SECONDS)
        finally:
            _queue.release()
    cursor.execute(f"PRAGMA busy_timeout={LOCK_SECONDS * 1000}")
    cursor.close()
    if locked or not connection.connection.in_transaction:
        raise OperationalError("BEGIN IMMEDIATE", None, locked or TimeoutError("locked"))


def _begin(cursor: Any) -> sqlite3.OperationalError | None:
    """Try to take the lock; what stands in the way, if something does."""
    try:
        cursor.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as locked:
        return locked
    return None


def _connect_postgresql(url: str) -> Engine:
    options = f"-c lock_timeout={LOCK_SECONDS}s -c synchronous_commit=on -c timezone=UTC"
    engine = create_engine(
        url,
        connect_args={"options": options},
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
    )
    event.listen(engine, "connect", check_postgresql)
    return engine


def init_app(app: Flask, url: str) -> None:
    """Give the application its engine and end each request's transaction."""
    engine = connect(url)
    app.extensions["engine"] = engine
    app.extensions["reading"] = engine.execution_options(writes=False, postgresql_readonly=True)
    app.after_request(finish)
    app.teardown_request(_close)


def session() -> Session:
    """The request's session; it can only read until `begin_write`."""
    if "session" not in g:
        g.session = Session(current_app.extensions["reading"], expire_on_commit=False)
    return g.session


def end_read() -> None:
    """End the request's read, so that no transaction is open during long work."""
    held = session()
    if held.get_bind() is not current_app.extensions["engine"]:
        held.rollback()


def look_up(statement: Executable, **values: Any) -> Row[Any] | None:
    """The first row of one query, without a session: for a page that asks nothing else."""
    with current_app.extensions["reading"].connect() as connection:
        return connection.execute(statement, values).first()


def begin_write() -> Session:
    """End the read and start the request's only writing transaction; what was read is reread."""
    end_read()
    held = session()
    held.bind = current_app.extensions["engine"]
    return held


@contextmanager
def writing() -> Iterator[Session]:
    """A writing transaction of its own, for jobs, commands and what must survive a refusal."""
    with Session(current_app.extensions["engine"], expire_on_commit=False) as own:
        yield own
        own.commit()


@contextmanager
def reading() -> Iterator[Session]:
    """A short reading transaction of its own, for jobs and commands."""
    with Session(current_app.extensions["reading"], expire_on_commit=False) as own:
        yield own


@contextmanager
def trying() -> Iterator[Session]:
    """A writing transaction that is taken back at its end, to see what one would do."""
    with Session(current_app.extensions["engine"], expire_on_commit=False) as own:
        yield own
        own.rollback()


def leave_no_copies(engine: Engine, tables: Iterable[str]) -> None:
    """Write these tables anew (PostgreSQL) or empty the write-ahead log (SQLite).

    SQLite overwrites in the file what is deleted; PostgreSQL keeps old rows until others need the
    room.
    """
    if engine.dialect.name == "sqlite":
        # Not through SQLAlchemy, which would begin a transaction that holds the log.
        connection = engine.raw_connection()
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as running:
        for table in tables:
            running.exec_driver_sql(f'VACUUM FULL "{table}"')


@contextmanager
def acting() -> Iterator[Session]:
    """A writing transaction outside a request that acts find by `session` and `begin_write`."""
    with writing() as own:
        g.session = own
        try:
            yield own
        finally:
            g.pop("session")


def clock(held: Session) -> datetime:
    """The time to judge by; read it after the lock, never before."""
    if held.get_bind().dialect.name == "postgresql":
        return held.execute(text("SELECT clock_timestamp()")).scalar_one().astimezone(UTC)
    return datetime.now(UTC)


def finish(response: Response) -> Response:
    """Commit what the request wrote, unless the answer is an error."""
    held = g.get("session")
    if held is None:
        return response
    if response.status_code >= 400:
        held.rollback()
        return response
    try:
        held.commit()
    except DBAPIError as failure:
        held.rollback()
        return current_app.make_response(current_app.handle_user_exception(failure))
    return response


def _close(_failure: BaseException | None) -> None:
    held = g.pop("session", None)
    if held is not None:
        held.close()
