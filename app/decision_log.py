"""The decision log of an area: one leaf for every public fact, in a tree that only grows."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from app import head_file, log_text, setback
from app.models import Area, Body, LogEntry, Question
from app.models.round import BLANK
from voting.log import kind as kinds
from voting.log.entry import Entry, commit
from voting.log.merkle import Frontier
from voting.rules.roll import RollFacts


def append(
    held: Session, area: Area, kind: str, facts: Mapping[str, Any], now: datetime
) -> LogEntry:
    """Append one entry in the caller's transaction; writers of one area wait for each other.

    What a person typed stands in the entry as a commitment, and beside it as long as nobody
    removes it.
    """
    setback.require_none(area)
    held.exec(select(Area.id).where(Area.id == area.id).with_for_update()).one()
    last = held.exec(
        select(LogEntry)
        .where(LogEntry.area_id == area.id)
        .order_by(col(LogEntry.seq).desc())
        .limit(1)
    ).first()
    seq = last.seq + 1 if last else 0
    public, typed = kinds.split(kind, facts)
    salted = log_text.salt(typed)
    commitments = {name: commit(*each) for name, each in salted.items()}
    entry = Entry(area.slug, seq, moment(now), kind, public, commitments)
    tree = Frontier(seq, tuple(bytes.fromhex(peak) for peak in last.peaks) if last else ())
    tree = tree.append(entry.leaf_hash())
    row = LogEntry(
        area_id=area.id,
        seq=seq,
        type=kind,
        leaf=entry.write().decode(),
        root=tree.root().hex(),
        peaks=[peak.hex() for peak in tree.peaks],
    )
    held.add(row)
    held.flush()
    log_text.keep(held, row, salted)
    head_file.note_log(held, row)
    return row


def moment(time: datetime) -> str:
    """A time as the log writes it: UTC to the second."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def body_record(body: Body) -> dict[str, str]:
    return {"kind": body.kind, "name": body.name}


def quorum_record(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {name: figures[f"quorum_{name}"] for name in ("rule", "base", "need", "have")}


def roll_record(figures: Mapping[str, Any]) -> dict[str, int]:
    return {name: figures[name] for name in RollFacts.__dataclass_fields__}


def choice_record(question: Question) -> dict[str, Any]:
    """How a choice between options is made."""
    return {
        "options": len(question.answers) - question.has_blank,
        "fewest": question.fewest,
        "most": question.most,
        "places": question.places,
        "blank": question.has_blank,
    }


def chosen_record(question: Question) -> dict[str, Any]:
    """The numbers of the options that got a place, and of a lot; nothing for a yes/no question."""
    outcome = question.outcome or {}
    if outcome.get("counts") is None:
        return {}
    marks = enumerate((each["mark"] for each in outcome["counts"]), 1)
    chosen = [number for number, mark in marks if mark in ("chosen", "drawn")]
    return {"chosen": chosen} | _lot_record(outcome.get("lot"))


def _lot_record(lot: Mapping[str, Any] | None) -> dict[str, Any]:
    """What was drawn from, and the numbers of the options in the order drawn."""
    if lot is None:
        return {}
    seed = {name: lot[name] for name in ("entry", "log_root", "box_head")}
    return {"lot": seed | {"drawn": [slip["option"] for slip in lot["slips"]]}}


def tally_record(question: Question) -> dict[str, Any] | None:
    """The counts of a judged question; None where the box stayed closed."""
    outcome = question.outcome or {}
    if outcome.get("counts") is not None:
        votes = {each["answer"]: each["votes"] for each in outcome["counts"]}
        return {"blank": votes.pop(BLANK, 0), "options": [*votes.values()]}
    if outcome.get("yes") is None:
        return None
    counts = {name: outcome[name] for name in ("yes", "no", "abstain")}
    return counts | {"invalid": outcome.get("invalid", 0)}
