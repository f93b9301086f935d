"""Fresh databases for tests: each test that uses one runs on SQLite and on PostgreSQL.

`make test` leaves the PostgreSQL half of tests/app to `make test-postgresql`; what depends on the
database itself (`@each_time`, and all outside tests/app) runs on both each time.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.service import postgresql as server
from tests.service.postgresql import Databases
from tests.service.sqlite import Files
from tests.service.store import Store

SQLITE = "sqlite"
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.needs("postgresql"))
POSTGRESQL_IN_DRILLS = pytest.param(
    "postgresql", marks=[pytest.mark.needs("postgresql"), pytest.mark.drill]
)
POSTGRESQL_APART = pytest.param(
    "postgresql", marks=[pytest.mark.needs("postgresql"), pytest.mark.postgresql]
)
BOTH = (SQLITE, POSTGRESQL)
KINDS = ("database_url", "own_database_url", "empty_database_url")
EACH_TIME = "each_time"
APART = tuple(Path(__file__).parents[1] / room for room in ("app", "secrecy"))

only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

CopyDatabase = Callable[[], str]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on both databases unless it names its own."""
    marks = metafunc.definition.iter_markers("parametrize")
    named = {name for mark in marks for name in _names(mark.args[0])}
    for name in KINDS:
        if name in metafunc.fixturenames and name not in named:
            metafunc.parametrize(name, _kinds(metafunc.definition), indirect=True)


def _kinds(test: pytest.Function) -> tuple[object, ...]:
    is_apart = any(test.path.is_relative_to(room) for room in APART)
    is_apart = is_apart and not test.get_closest_marker(EACH_TIME)
    return (SQLITE, POSTGRESQL_APART) if is_apart else BOTH


def _names(argument: str | list[str] | tuple[str, ...]) -> list[str]:
    return argument.replace(" ", "").split(",") if isinstance(argument, str) else list(argument)


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
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """SQLite files in a folder of their own."""
    return Files(tmp_path_factory.mktemp("sqlite"))


def _store(request: pytest.FixtureRequest) -> Store:
    store: Store = request.getfixturevalue(request.param)
    return store


@pytest.fixture(scope="session", params=[SQLITE, POSTGRESQL_APART])
def databases(request: pytest.FixtureRequest) -> Store:
    """Each kind of database in turn, for databases that serve several tests."""
    return _store(request)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database without a row."""
    store = _store(request)
    url = store.take()
    yield url
    store.give_back(url)


@pytest.fixture
def copy_database(request: pytest.FixtureRequest, database_url: str) -> Iterator[CopyDatabase]:
    """A function that copies this test's database; nobody may be connected to it meanwhile."""
    store: Store = request.getfixturevalue(request.node.callspec.params["database_url"])
    made: list[str] = []

    def copy() -> str:
        made.append(store.copy(database_url))
        return made[-1]

    yield copy
    for url in made:
        store.drop(url)


@pytest.fixture
def own_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database that serves this test alone, whatever it does to the tables."""
    store = _store(request)
    url = store.create_migrated()
    yield url
    store.drop(url)


@pytest.fixture
def empty_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without tables."""
    store = _store(request)
    url = store.create()
    yield url
    store.drop(url)
