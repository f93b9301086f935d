"""Who was forgotten, kept beside the database: a restored backup forgets them again.

A file of lines in the instance folder: first a random salt, then `<kind> <digest> <moment>`. The
digest is of a person's or proposal's random or unique mark under the salt, and tells nobody who it
is. The file is no part of the backups.
"""

import hmac
import os
import secrets
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from flask import current_app
from sqlalchemy import event
from sqlmodel import Session

from app.models import Member, Proposal

SALT_BYTES = 32
# A member's wish, its taking back, the name that went; an applicant's name that went.
WISH, STAYS, FORGOTTEN, APPLICANT = "wish", "stays", "forgotten", "applicant"
# Where a session keeps what it has not committed yet.
WAITING = "erasures"


class Line(NamedTuple):
    """What happened to somebody, and when."""

    kind: str
    digest: str
    at: datetime


def note(held: Session, kind: str, thing: Member | Proposal, now: datetime) -> None:
    """Write it down as soon as the caller's transaction is committed."""
    if WAITING not in held.info:
        _await_commit(held, _file())
    held.info[WAITING].append(f"{kind} {digest(thing)} {now.astimezone(UTC).isoformat()}\n")


def _await_commit(held: Session, file: Path) -> None:
    """Let a commit write what waits, and a rollback forget it."""
    waiting: list[str] = []
    held.info[WAITING] = waiting
    event.listen(held, "after_commit", lambda _held: _write(file, waiting))
    event.listen(held, "after_rollback", lambda _held: waiting.clear())


def read() -> dict[str, list[Line]]:
    """What is written, by digest and in its order; a line that a crash cut off is left out."""
    found: dict[str, list[Line]] = {}
    for line in _lines(_file()):
        found.setdefault(line.digest, []).append(line)
    return found


def digest(thing: Member | Proposal) -> str:
    """Under which name somebody stands in the file."""
    return hmac.digest(_salt(_file()), _mark(thing).encode(), "sha256").hex()


def _mark(thing: Member | Proposal) -> str:
    if isinstance(thing, Member):
        return f"member {thing.mark}"
    return f"proposal {thing.id} {thing.created_at.astimezone(UTC).isoformat()}"


def _file() -> Path:
    return Path(current_app.extensions["settings"].instance) / "erasures"


def _salt(file: Path) -> bytes:
    if not file.exists():
        _begin(file)
    return bytes.fromhex(file.read_text().partition("\n")[0])


def _begin(file: Path) -> None:
    """Make the file with its salt; of two processes one wins."""
    descriptor, draft = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_hex(SALT_BYTES) + "\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()


def _write(file: Path, waiting: list[str]) -> None:
    if waiting:
        with file.open("a") as out:
            out.write("".join(waiting))
            out.flush()
            os.fsync(out.fileno())
        waiting.clear()


def _lines(file: Path) -> Iterator[Line]:
    written = file.read_text().splitlines()[1:] if file.exists() else []
    for each in written:
        parts = each.split(" ")
        if len(parts) == len(Line._fields):
            yield Line(parts[0], parts[1], datetime.fromisoformat(parts[2]))
