"""A name goes from what people wrote into minutes, wherever it is stored."""

from typing import Any

from sqlmodel import Session, col, or_, select

from app.models import AgendaItem, Member, Minutes, MinutesCorrection


def take_out(held: Session, member: Member, instead: str) -> None:
    """Write `instead` where the member's name stands in notes, corrections and fixed minutes."""
    for item in _noted(held, member):
        item.notes = item.notes.replace(member.name, instead)
        held.add(item)
    for correction in _corrected(held, member):
        correction.before = correction.before.replace(member.name, instead)
        correction.text = correction.text.replace(member.name, instead)
        held.add(correction)
    for stored in held.exec(select(Minutes).where(Minutes.area_id == member.area_id)):
        if stored.content is not None:
            stored.content = _without(stored.content, member.name, instead)
            held.add(stored)
    held.flush()


def _noted(held: Session, member: Member) -> list[AgendaItem]:
    found = (
        select(AgendaItem)
        .where(AgendaItem.area_id == member.area_id)
        .where(col(AgendaItem.notes).contains(member.name, autoescape=True))
    )
    return list(held.exec(found))


def _corrected(held: Session, member: Member) -> list[MinutesCorrection]:
    here = (MinutesCorrection.before, MinutesCorrection.text)
    found = (
        select(MinutesCorrection)
        .where(MinutesCorrection.area_id == member.area_id)
        .where(or_(*(col(each).contains(member.name, autoescape=True) for each in here)))
    )
    return list(held.exec(found))


def _without(told: Any, name: str, instead: str) -> Any:
    """The same facts with every text changed; only words of people hold names."""
    if isinstance(told, dict):
        return {key: _without(value, name, instead) for key, value in told.items()}
    if isinstance(told, list):
        return [_without(each, name, instead) for each in told]
    return told.replace(name, instead) if isinstance(told, str) else told
