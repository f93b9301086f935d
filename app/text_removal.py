"""A text goes from beside the decision log by two persons, and from wherever else it stands."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select, update

from app import decision_log, erasure_list, second_person
from app.body import day_of
from app.errors import Refused
from app.models import (
    Area,
    Confirmation,
    CountEntry,
    Handover,
    LogEntry,
    LogText,
    Mail,
    Member,
    Minutes,
    MinutesCorrection,
    Movement,
    Objection,
    Officer,
    PaperEnterer,
    RollCall,
    Round,
)

ACT = "remove_text"
# Where the same text stands whole.
COPIES: tuple[Any, ...] = (
    *(Confirmation.reason, CountEntry.reason, Handover.reason, Movement.reason),
    *(Objection.answer, PaperEnterer.reason, RollCall.reason),
    *(Round.close_reason, Round.repeat_reason, Round.void_reason),
)
IN_MINUTES = ("repeat_reason", "void_reason")
WORDS = {
    "names_somebody": "nennt einen Namen",
    "tells_of_somebody": "verrät etwas über eine Person",
    "insults_somebody": "beleidigt jemanden",
}


def asked(held: Session, text: LogText, now: datetime) -> Confirmation | None:
    """The request to remove this text that still waits."""
    waiting = second_person.waiting(held, text.area_id, now)
    return next((each for each in waiting if each.log_text_id == text.id), None)


def ask(held: Session, text: LogText, ground: str, officer: Officer, now: datetime) -> Confirmation:
    """Ask a second person whether the text may go."""
    held.refresh(text, with_for_update=True)
    if text.value is None or asked(held, text, now):
        raise Refused("already_done")
    return second_person.ask(held, ACT, officer, now, reason=ground, log_text_id=text.id)


def confirm(held: Session, request: Confirmation, person: Officer | Member, now: datetime) -> None:
    """Remove it as the second person; the log says so of every entry with this very text."""
    second_person.require_second(held, request, person, now)
    area = held.exec(select(Area).where(Area.id == request.area_id).with_for_update()).one()
    second_person.agree(held, request, person, now)
    asked_for = held.get_one(LogText, request.log_text_id)
    for text in _same(held, asked_for):
        forget(held, text, request.reason, now)
    tell(held, area, now)


def tell(held: Session, area: Area, now: datetime) -> None:
    """Say in the log what is gone, as far as it does not say so.

    The log of a backup does not when the text was removed after it.
    """
    told = _told(held, area)
    gone = select(LogText).where(LogText.area_id == area.id, col(LogText.removed_at).is_not(None))
    for text in held.exec(gone.order_by(col(LogText.seq), LogText.field)).all():
        if (text.seq, text.field) not in told:
            public = {"entry": text.seq, "field": text.field, "reason": text.ground}
            decision_log.append(held, area, "text_removed", public, now)


def forget(held: Session, text: LogText, ground: str, now: datetime) -> None:
    """Delete text and salt, and write over every copy; the list beside the database knows it."""
    erasure_list.note(held, ground, text, now)
    if text.value is not None:
        _write_over(held, text.area_id, text.value, instead(ground, now))
    text.salt = text.value = None
    text.removed_at, text.ground = now, ground
    held.add(text)
    held.flush()


def instead(ground: str, now: datetime) -> str:
    """What is read where the text stood."""
    return f"[Text entfernt am {day_of(now):%d.%m.%Y}. Grund: {WORDS[ground]}]"


def _told(held: Session, area: Area) -> set[tuple[int, str]]:
    """Of which entries and fields the log says that the text is gone."""
    entries = select(LogEntry.leaf).where(
        LogEntry.area_id == area.id, LogEntry.type == "text_removed"
    )
    found = [json.loads(leaf)["public"] for leaf in held.exec(entries)]
    return {(public["entry"], public["field"]) for public in found}


def _same(held: Session, text: LogText) -> Sequence[LogText]:
    if text.value is None:
        raise Refused("already_done")
    found = select(LogText).where(LogText.area_id == text.area_id, LogText.value == text.value)
    return held.exec(found.order_by(col(LogText.seq))).all()


def _write_over(held: Session, area_id: int, value: str, new: str) -> None:
    for column in COPIES:
        table = column.class_
        held.exec(
            update(table).where(table.area_id == area_id, column == value).values({column: new})
        )
    for stored in held.exec(select(Minutes).where(Minutes.area_id == area_id)):
        stored.content = _without(stored.content, value, new)
        held.add(stored)
    _write_over_in_sentences(held, area_id, value, new)


def _without(told: Any, value: str, new: str) -> Any:
    """The same facts; only reasons of rounds hold what was typed for the log."""
    if isinstance(told, list):
        return [_without(each, value, new) for each in told]
    if not isinstance(told, dict):
        return told
    return {
        name: new if name in IN_MINUTES and each == value else _without(each, value, new)
        for name, each in told.items()
    }


def _write_over_in_sentences(held: Session, area_id: int, value: str, new: str) -> None:
    """Corrected minutes and letters that wait have it after a colon: "Grund: …"."""
    after_colon = re.compile(rf"(:\s){re.escape(value)}(?=\s|\Z)")

    def replaced(words: str) -> str:
        return after_colon.sub(lambda found: found[1] + new, words)

    here = (MinutesCorrection.before, MinutesCorrection.text)
    corrected = select(MinutesCorrection).where(
        MinutesCorrection.area_id == area_id,
        or_(*(col(each).contains(value, autoescape=True) for each in here)),
    )
    for correction in held.exec(corrected):
        correction.before, correction.text = replaced(correction.before), replaced(correction.text)
        held.add(correction)
    for mail in held.exec(select(Mail).where(col(Mail.body).contains(value, autoescape=True))):
        mail.body = replaced(mail.body)
        held.add(mail)
