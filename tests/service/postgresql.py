"""A real PostgreSQL of our own in a temporary folder, reached through a socket file."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.service import tool

USER = "kiezvotum"
ACCOUNT = "postgres"  # initdb and postgres refuse to run as root
OPTIONS = "-c listen_addresses='' -c max_connections=60 -c shared_buffers=32MB"


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

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "stop", "-w", "-m", mode, "-D", self._data)

    def initialise(self) -> None:
        self._run(
            "initdb", "-D", self._data, "-U", USER, "--auth=trust", "--data-checksums",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
        )  # fmt: skip

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [str(self.programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", ACCOUNT, "--", *command]
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
    folder = Path(tempfile.mkdtemp(prefix="kv-pg-"))  # short: a socket path has 107 bytes at most
    server = Server(initdb.resolve().parent, folder)
    try:
        if os.geteuid() == 0:
            account = pwd.getpwnam(ACCOUNT)
            os.chown(folder, account.pw_uid, account.pw_gid)
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
