"""Lines in a file beside the database, written as soon as a transaction is committed.

Such a file is no part of backups: it tells a restored database what happened after it was copied.
"""

import logging
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import event
from sqlmodel import Session

# Where a session keeps what it has not committed yet.
WAITING = "beside"

log = logging.getLogger("kiezvotum.beside")


def append(held: Session, file: Path, line: str) -> None:
    """Add a line to a file with the caller's commit; a rollback forgets it."""
    if WAITING not in held.info:
        _await_commit(held)
    held.info[WAITING].setdefault(file, []).append(f"{line}\n")


def lines(file: Path) -> list[str]:
    """What is written, in its order; nothing where there is no file."""
    return file.read_text().splitlines() if file.exists() else []


def replace(file: Path, kept: Iterable[str]) -> None:
    """Write a file anew, whole or not at all."""
    descriptor, draft = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "w") as out:
        out.writelines(f"{line}\n" for line in kept)
        out.flush()
        os.fsync(out.fileno())
    Path(draft).replace(file)


def _await_commit(held: Session) -> None:
    waiting: dict[Path, list[str]] = {}
    held.info[WAITING] = waiting
    event.listen(held, "after_commit", lambda _held: _write_all(waiting))
    event.listen(held, "after_rollback", lambda _held: waiting.clear())


def _write_all(waiting: dict[Path, list[str]]) -> None:
    """The database has committed: what fails here must not look as if it had not."""
    for file, written in waiting.items():
        try:
            _write(file, "".join(written))
        except OSError as failure:
            log.warning("%s cannot be written: %s", file, failure.strerror)
    waiting.clear()


def _write(file: Path, written: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(written)
        out.flush()
        os.fsync(out.fileno())
