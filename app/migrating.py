"""The schema of the database, from one revision to another."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from app.durable import DatabaseUnsafe

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up (or, in tests, down) to a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection, _rebuilding(connection):
        config.attributes["connection"] = connection
        if revision == "base":
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """One transaction for a migration.

    SQLite alters a table by dropping it and making it anew, which keys that point to it forbid.
    They are switched off, which works outside a transaction only, and checked before the commit.
    """
    if connection.dialect.name != "sqlite":
        with connection.begin():
            yield
        return
    switch = connection.connection.cursor()
    switch.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                raise DatabaseUnsafe(f"SQLite: keys that point nowhere: {broken[:5]}")
    finally:
        switch.execute("PRAGMA foreign_keys=ON")
