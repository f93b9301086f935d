"""What browsers run to make keys, to cast, to open and to check: its hashes stand in the log."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from sqlmodel import Session, col, func, or_, select

from app import decision_log
from app.models import Area, LogEntry

KIND = "bundles_changed"


@dataclass(frozen=True)
class Logged:
    """One entry: when it was written, the hash of each file, and which differ from before."""

    seq: int
    at: datetime
    hashes: Mapping[str, str]
    changed: frozenset[str]


def hashes() -> dict[str, str]:
    """SHA-256 of each built file that belongs in the log, by name."""
    manifest = current_app.extensions["assets"]
    return {name: each["sha256"] for name, each in sorted(manifest.items()) if each["logged"]}


def outdated(held: Session, running: Mapping[str, str], today: date) -> list[int]:
    """The areas, archives apart, whose log says something else than what browsers run."""
    newest = (
        select(LogEntry.area_id, func.max(LogEntry.seq).label("seq"))
        .where(LogEntry.type == KIND)
        .group_by(col(LogEntry.area_id))
        .subquery()
    )
    said = held.exec(
        select(LogEntry.area_id, LogEntry.leaf)
        .join(newest, col(LogEntry.area_id) == newest.c.area_id)
        .where(LogEntry.seq == newest.c.seq)
    )
    current = {area_id for area_id, leaf in said if _hashes(leaf) == running}
    areas = held.exec(
        select(Area.id).where(or_(col(Area.closes_on).is_(None), col(Area.closes_on) >= today))
    )
    return [area_id for area_id in areas if area_id and area_id not in current]


def note(held: Session, area_id: int, running: Mapping[str, str], now: datetime) -> None:
    """Write what browsers run into an area's log, unless somebody did so meanwhile."""
    area = held.exec(select(Area).where(Area.id == area_id).with_for_update()).one()
    history = logged(held, area)
    if history and history[0].hashes == running:
        return
    files = [{"name": name, "sha256": digest} for name, digest in sorted(running.items())]
    decision_log.append(held, area, KIND, {"files": files}, now)


def logged(held: Session, area: Area) -> list[Logged]:
    """What an area's log says about what browsers ran, the newest first."""
    leaves = held.exec(
        select(LogEntry.seq, LogEntry.leaf)
        .where(LogEntry.area_id == area.id, LogEntry.type == KIND)
        .order_by(col(LogEntry.seq))
    )
    found: list[Logged] = []
    before: Mapping[str, str] = {}
    for seq, leaf in leaves:
        said = _hashes(leaf)
        changed = frozenset(name for name, digest in said.items() if before.get(name) != digest)
        found.append(Logged(seq, datetime.fromisoformat(json.loads(leaf)["at"]), said, changed))
        before = said
    return found[::-1]


def _hashes(leaf: str) -> dict[str, str]:
    return {each["name"]: each["sha256"] for each in json.loads(leaf)["public"]["files"]}
