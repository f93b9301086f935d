"""A database keeps what it confirmed, through a power cut too, or it is refused."""

import sqlite3
from typing import Any

from sqlmodel import Session

WAL_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
DURABLE_SETTINGS = ("fsync", "full_page_writes")


class DatabaseUnsafe(RuntimeError):
    """The database would not keep what it confirmed; the message names the setting."""


def is_wal_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug (SQLite 3.7.0 to 3.51.2)."""
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in WAL_FIXED) or version >= (
        3,
        52,
    )


def is_durable(held: Session) -> bool:
    """Whether what this database confirms outlives a power cut, as it says itself."""
    connection = held.connection()
    if connection.dialect.name == "sqlite":
        asked = [(f"PRAGMA {name}", value) for name, value in _durable_pragmas().items()]
    else:
        asked = [(f"SHOW {name}", "on") for name in ("synchronous_commit", *DURABLE_SETTINGS)]
    return all(connection.exec_driver_sql(each).scalar() == value for each, value in asked)


def _durable_pragmas() -> dict[str, Any]:
    safe = is_wal_safe(sqlite3.sqlite_version_info)
    return {"journal_mode": "wal" if safe else "delete", "synchronous": 2 if safe else 3}


def set_pragmas(connection: Any, _record: Any) -> None:
    wanted = {
        **_durable_pragmas(),
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name}={value}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise DatabaseUnsafe(
                f"SQLite {sqlite3.sqlite_version}: {name} is {found}, needed is {value}"
            )


def check_postgresql(connection: Any, _record: Any) -> None:
    for name in (*DURABLE_SETTINGS, "data_checksums"):
        found = connection.execute(f"SHOW {name}").fetchone()[0]
        if found != "on":
            raise DatabaseUnsafe(f"PostgreSQL: {name} is {found}, needed is on")
    connection.rollback()
