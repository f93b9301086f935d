"""The largest heads of logs and boxes, kept beside the database: a restored backup is noticed.

A file of lines in the instance folder: `log <area> <entries> <root>`, `board <area> <question>
<height> <head>`, and `epoch <area>`, after which what was known of the area before is over. So does
the first entry of a log: it belongs to another database. The file is no part of the backups.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from flask import current_app
from sqlmodel import Session

from app import beside
from app.models import LogEntry

LOG, BOARD, EPOCH = "log", "board", "epoch"


class Head(NamedTuple):
    """How much there was, and the hash that it ended with."""

    size: int
    digest: str


@dataclass
class Known:
    """What was known of an area: its log, and its boxes by question."""

    log: Head | None = None
    boards: dict[str, Head] = field(default_factory=dict)


def note_log(held: Session, entry: LogEntry) -> None:
    """Write down the head that a log has with this entry."""
    beside.append(held, _file(), f"{LOG} {entry.area_id} {entry.seq + 1} {entry.root}")


def note_board(held: Session, area_id: int, question_id: str, height: int, head: str) -> None:
    """Write down the head that an open box has."""
    beside.append(held, _file(), f"{BOARD} {area_id} {question_id} {height} {head}")


def note_epoch(held: Session, area_id: int) -> None:
    """Write down that an area starts from what is there."""
    beside.append(held, _file(), f"{EPOCH} {area_id}")


def read() -> dict[int, Known]:
    """The largest heads by area; a line that a crash cut off is left out."""
    found: dict[int, Known] = {}
    for line in beside.lines(_file()):
        kind, *rest = line.split(" ")
        if len(rest) == {LOG: 3, BOARD: 4, EPOCH: 1}.get(kind):
            _learn(found, kind, int(rest[0]), rest[1:])
    return found


def shorten() -> None:
    """Keep one line for each head; nothing else may write meanwhile."""
    found = read()
    kept = [
        f"{LOG} {area_id} {known.log.size} {known.log.digest}"
        for area_id, known in found.items()
        if known.log
    ]
    kept += [
        f"{BOARD} {area_id} {question_id} {head.size} {head.digest}"
        for area_id, known in found.items()
        for question_id, head in known.boards.items()
    ]
    if found:
        beside.replace(_file(), kept)


def _learn(found: dict[int, Known], kind: str, area_id: int, rest: list[str]) -> None:
    known = found.setdefault(area_id, Known())
    if kind == EPOCH or (kind == LOG and rest[0] == "1"):
        known = found[area_id] = Known()
    if kind == LOG:
        known.log = _larger(known.log, Head(int(rest[0]), rest[1]))
    if kind == BOARD:
        known.boards[rest[0]] = _larger(known.boards.get(rest[0]), Head(int(rest[1]), rest[2]))


def _larger(one: Head | None, other: Head) -> Head:
    return other if one is None or other.size > one.size else one


def _file() -> Path:
    return Path(current_app.extensions["settings"].instance) / "heads"
