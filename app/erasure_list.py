"""Who and what was forgotten, kept beside the database: a restored backup forgets it again.

A file of lines in the instance folder: first a random salt, then `<kind> <digest> <moment>`. The
digest is of the random or unique mark of a person, proposal or text under the salt, and tells
nobody who or what it is. The file is no part of the backups.
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
from sqlmodel import Session

from app import beside
from app.models import LogText, Member, Officer, Proposal

Thing = Member | Officer | Proposal | LogText

SALT_BYTES = 32
# A member's wish, its taking back, the name that went; an applicant's name that went; an officer
# who left for good. Of a text that went the kind is why.
WISH, STAYS, FORGOTTEN, APPLICANT, LEFT = "wish", "stays", "forgotten", "applicant", "left"


class Line(NamedTuple):
    """What happened to somebody, and when."""

    kind: str
    digest: str
    at: datetime


def note(held: Session, kind: str, thing: Thing, now: datetime) -> None:
    """Write it down as soon as the caller's transaction is committed."""
    beside.append(held, _file(), f"{kind} {digest(thing)} {now.astimezone(UTC).isoformat()}")


def read() -> dict[str, list[Line]]:
    """What is written, by digest and in its order; a line that a crash cut off is left out."""
    found: dict[str, list[Line]] = {}
    for line in _lines(_file()):
        found.setdefault(line.digest, []).append(line)
    return found


def digest(thing: Thing) -> str:
    """Under which name somebody stands in the file."""
    return hmac.digest(_salt(_file()), _mark(thing).encode(), "sha256").hex()


def _mark(thing: Thing) -> str:
    if isinstance(thing, Member):
        return f"member {thing.mark}"
    if isinstance(thing, Officer):
        return f"officer {thing.id} {thing.area_id} {thing.login}"
    if isinstance(thing, LogText):
        return f"text {thing.salt}"
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


def _lines(file: Path) -> Iterator[Line]:
    for each in beside.lines(file)[1:]:
        parts = each.split(" ")
        if len(parts) == len(Line._fields):
            yield Line(parts[0], parts[1], datetime.fromisoformat(parts[2]))
