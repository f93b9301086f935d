"""Fresh databases: SQLite files, and databases on a real PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.service import postgresql as server

numbers = count(1)

both_databases = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql"))],
    indirect=True,
)
both_empty_databases = pytest.mark.parametrize(
    "empty_database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql"))],
    indirect=True,
)


class Databases:
    """A PostgreSQL on which databases are made and dropped; the template is migrated once."""

    def __init__(self, address: str, label: str) -> None:
        self.address = make_url(address)
        self.label = label
        self.admin = create_engine(self.address, isolation_level="AUTOCOMMIT")
        self.template: str | None = None

    def create(self, template: str = "template0") -> str:
        name = f"kv_{self.label}_{next(numbers)}"
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def create_migrated(self) -> str:
        if self.template is None:
            url = self.create()
            _migrate(url)
            self.template = make_url(url).database
        return self.create(self.template)

    def drop(self, url: str) -> None:
        self._do(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    def close(self) -> None:
        if self.template is not None:
            self.drop(self.url(self.template))
        self.admin.dispose()

    def url(self, name: str) -> str:
        return self.address.set(database=name).render_as_string(hide_password=False)

    def _do(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(statement))


def _migrate(url: str) -> None:
    from app import db

    engine = db.connect(url)
    db.migrate(engine)
    engine.dispose()


def _label(request: pytest.FixtureRequest) -> str:
    worker = getattr(request.config, "workerinput", {"workerid": "main"})["workerid"]
    return f"{os.getpid()}_{worker}"


@pytest.fixture(scope="session")
def postgresql(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """A real PostgreSQL: the one of TEST_DATABASE_URL, otherwise one that is started here."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        databases = Databases(
            given.replace("postgresql://", "postgresql+psycopg://"), _label(request)
        )
        yield databases
        databases.close()
        return
    with server.running() as started:
        databases = Databases(started.url("postgres"), _label(request))
        yield databases
        databases.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("template") / "kiezvotum.sqlite3"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh migrated database: SQLite, or each of both with the mark `both_databases`."""
    if getattr(request, "param", "sqlite") == "sqlite":
        file = request.getfixturevalue("tmp_path") / "kiezvotum.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_file"), file)
        yield f"sqlite:///{file}"
        return
    databases = request.getfixturevalue("postgresql")
    url = databases.create_migrated()
    yield url
    databases.drop(url)


@pytest.fixture
def empty_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without tables: SQLite, or each of both with the mark `both_empty_databases`."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite:///{request.getfixturevalue('tmp_path') / 'empty.sqlite3'}"
        return
    databases = request.getfixturevalue("postgresql")
    url = databases.create()
    yield url
    databases.drop(url)
