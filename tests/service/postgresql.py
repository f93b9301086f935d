"""A real PostgreSQL of our own in a temporary folder, and fresh databases on any PostgreSQL."""

import os
import pwd
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from tests.service import folder, tool
from tests.service.store import Store

USER = "kiezvotum"
ACCOUNT = "postgres"  # initdb and postgres refuse to run as root
OPTIONS = "-c listen_addresses='' -c max_connections=60 -c shared_buffers=32MB"
TABLES = """
SELECT quote_ident(relname) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""
SEQUENCES = "SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public'"


class Server:
    """A running server: its programs, its folder and the address of a database on it."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.folder = folder

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def start(self) -> None:
        log = self.folder / "log"
        options = f"{OPTIONS} -c unix_socket_directories='{self.folder}'"
        self._run("pg_ctl", "start", "-w", "-t", "60", "-D", self._data, "-l", log, "-o", options)

    def end_with_us(self) -> subprocess.Popen[bytes]:
        """A process that ends the server and deletes its folder once its input is closed.

        That happens however we end; a server that is left behind would keep its memory.
        """
        stop = self._as_account("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._data)
        script = f"cat; {shlex.join(stop)}; rm -rf {shlex.quote(str(self.folder))}"
        return subprocess.Popen(
            ["sh", "-c", script], cwd="/", stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def initialise(self) -> None:
        self._run(
            "initdb", "-D", self._data, "-U", USER, "--auth=trust", "--data-checksums",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
        )  # fmt: skip

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _as_account(self, program: str, *arguments: str | Path) -> list[str]:
        command = [str(self.programs / program), *map(str, arguments)]
        return ["runuser", "-u", ACCOUNT, "--", *command] if os.geteuid() == 0 else command

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = self._as_account(program, *arguments)
        # A pipe would stay open for as long as the server lives: output goes to a file.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                command,
                check=False,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
            if done.returncode:
                output.seek(0)
                raise RuntimeError(f"{program} failed:\n{output.read()}")


@contextmanager
def running() -> Iterator[Server]:
    """Initialise a server, start it, and leave nothing behind."""
    initdb = tool.find("postgresql")
    assert initdb is not None
    # A short name: the path of a socket has 107 bytes at most.
    place = Path(tempfile.mkdtemp(prefix="kv-pg-", dir=folder.quickest()))
    server = Server(initdb.resolve().parent, place)
    end = server.end_with_us()
    assert end.stdin is not None
    try:
        if os.geteuid() == 0:
            account = pwd.getpwnam(ACCOUNT)
            os.chown(place, account.pw_uid, account.pw_gid)
        server.initialise()
        server.start()
        yield server
    finally:
        end.stdin.close()
        end.wait()


class Databases(Store):
    """Databases on one server, ours or a given one."""

    def __init__(self, address: str, label: str) -> None:
        super().__init__()
        self.address = make_url(address)
        self.label = label
        self.numbers = count(1)
        self.admin = create_engine(self.address, isolation_level="AUTOCOMMIT")
        self.cleaners: dict[str, Cleaner] = {}

    def create(self) -> str:
        return self._create("template0")

    def copy(self, url: str) -> str:
        if url in self.cleaners:
            self.cleaners[url].close()
        return self._create(str(make_url(url).database))

    def clean(self, url: str) -> bool:
        """Delete what a test stored; anything unusual in its place is left to `drop`."""
        return self.cleaners[url].clean()

    def take(self) -> str:
        url = super().take()
        if url not in self.cleaners:
            self.cleaners[url] = Cleaner(url)
        return url

    def drop(self, url: str) -> None:
        if url in self.cleaners:
            self.cleaners.pop(url).close()
        self._do(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    def close(self) -> None:
        for url in (self.template, self.spare):
            if url is not None:
                self.drop(url)
        self.admin.dispose()

    def _create(self, template: str) -> str:
        name = f"kv_{self.label}_{next(self.numbers)}"
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.address.set(database=name).render_as_string(hide_password=False)

    def _do(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(statement))


class Cleaner:
    """Empties a migrated database, ten times faster than another one is made."""

    def __init__(self, url: str) -> None:
        from sqlmodel import SQLModel

        import app.models  # noqa: F401 - fills the metadata

        self.engine: Engine = create_engine(
            url, isolation_level="AUTOCOMMIT", connect_args={"options": "-c lock_timeout=2s"}
        )
        self.tables = self._ask(TABLES)
        children_first = reversed(SQLModel.metadata.sorted_tables)
        self.statements = [
            *(f'DELETE FROM "{table.name}"' for table in children_first),
            *(f"SELECT setval('{name}', 1, false)" for name in self._ask(SEQUENCES)),
        ]

    def clean(self) -> bool:
        """Whether nothing is left: no row, no other table, no transaction that holds a lock."""
        try:
            if self._ask(TABLES) != self.tables:
                return False
            with self.engine.connect() as connection:
                connection.exec_driver_sql(";".join(self.statements))
        except DBAPIError:
            return False
        return True

    def close(self) -> None:
        self.engine.dispose()

    def _ask(self, query: str) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.exec_driver_sql(query).scalars())
