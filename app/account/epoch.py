"""A new epoch: two people let an area go on whose database is older than what was known."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from app import decision_log, head_file, second_person, setback, text_removal
from app.errors import Refused
from app.models import Area, Confirmation, LogEntry, Member, Officer, Question, Round
from app.round import confirming


class Loss(NamedTuple):
    """What is there of a log and what was known, and the rounds whose box is not what it was."""

    entries: int
    known: int
    known_root: str | None
    rounds: list[Round]


def loss(held: Session, area_id: int) -> Loss:
    """What a restored database lacks, as far as the heads beside it tell."""
    entries = held.exec(select(func.count()).where(LogEntry.area_id == area_id)).one()
    known = head_file.read().get(area_id)
    head = known.log if known else None
    return Loss(
        entries=entries,
        known=head.size if head else entries,
        known_root=head.digest if head else None,
        rounds=_rounds(held, setback.lost_boxes(held, area_id)),
    )


def asked(held: Session, area_id: int, now: datetime) -> Confirmation | None:
    """The request for a second person that still waits."""
    waiting = second_person.waiting(held, area_id, now)
    return next((each for each in waiting if each.act == "open_epoch"), None)


def ask(held: Session, officer: Officer, reason: str, now: datetime) -> Confirmation:
    """Ask a second person whether the area may go on."""
    _lock(held, officer.area_id)
    if asked(held, officer.area_id, now):
        raise Refused("already_done")
    return second_person.ask(held, "open_epoch", officer, now, reason=reason)


def confirm(held: Session, request: Confirmation, person: Officer | Member, now: datetime) -> None:
    """Go on from what is there: the log says so, and rounds that lost ballots are void."""
    second_person.require_second(held, request, person, now)
    area = _lock(held, request.area_id)
    second_person.agree(held, request, person, now)
    lost = loss(held, area.id)
    area.set_back_at = None
    held.flush()
    head_file.note_epoch(held, area.id)
    public = {
        "reason": request.reason,
        "entries": lost.entries,
        "known": lost.known,
        "known_root": lost.known_root,
        "rounds": [each.id for each in lost.rounds if not each.is_practice],
    }
    decision_log.append(held, area, "epoch_opened", public, now)
    text_removal.tell(held, area, now)
    for round_ in lost.rounds:
        confirming.void(held, round_, request.reason, now)


def _lock(held: Session, area_id: int) -> Area:
    """The area that is set back, locked; refused when somebody was faster."""
    area = held.exec(select(Area).where(Area.id == area_id).with_for_update()).one()
    if area.set_back_at is None:
        raise Refused("already_done")
    return area


def _rounds(held: Session, question_ids: list[str]) -> list[Round]:
    found = (
        select(Round)
        .join(Question, col(Question.round_id) == Round.id)
        .where(col(Question.id).in_(question_ids))
        .order_by(col(Round.id))
        .distinct()
    )
    return list(held.exec(found))
