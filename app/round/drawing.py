"""A lot between equal answers: drawn at the count, from what the log said when the round closed."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlmodel import Session, col, select

from app.models import LogEntry, Question, Round
from voting.rules import drawing
from voting.rules.drawing import Seed

Figures = dict[str, Any]


def draw(held: Session, round_: Round, question: Question, tied: Sequence[str]) -> Figures:
    """What the lot is drawn from, and a slip for each of these answers in the order drawn."""
    closed, box_head = _closing(held, round_, question)
    seed = Seed(closed.root, box_head, question.id)
    numbers = [number for number, each in enumerate(question.answers, 1) if each in tied]
    return {
        "entry": closed.seq,
        "log_root": seed.log_root,
        "box_head": seed.box_head,
        "slips": [asdict(slip) for slip in drawing.draw(seed, numbers)],
    }


def taken(question: Question, lot: Figures, places: int) -> list[str]:
    """The answers that get so many places by a lot."""
    return [question.answers[slip["option"] - 1] for slip in lot["slips"][:places]]


def _closing(held: Session, round_: Round, question: Question) -> tuple[LogEntry, str]:
    """The log entry that closed the round, and the head of the question's box in it."""
    closings = held.exec(
        select(LogEntry)
        .where(LogEntry.area_id == round_.area_id, LogEntry.type == "round_closed")
        .order_by(col(LogEntry.seq).desc())
    )
    for entry in closings:
        for box in json.loads(entry.leaf)["public"]["ballots"]:
            if box["question"] == question.id:
                return entry, box["head"]
    raise LookupError(question.id)
