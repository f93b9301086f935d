"""What people typed for the decision log: beside its entry, with the salt that opens it."""

import secrets
from collections.abc import Iterable, Iterator, Mapping

from sqlmodel import Session, col, select

from app.models import Area, LogEntry, LogText
from voting.log import register
from voting.log.entry import SALT_BYTES

Salted = Mapping[str, tuple[bytes, str]]


def salt(typed: Mapping[str, str]) -> Salted:
    """A fresh salt for each text."""
    return {name: (secrets.token_bytes(SALT_BYTES), value) for name, value in typed.items()}


def keep(held: Session, entry: LogEntry, salted: Salted) -> None:
    """Store what opens the commitments of an entry."""
    held.add_all(
        LogText(area_id=entry.area_id, seq=entry.seq, field=name, salt=salt.hex(), value=value)
        for name, (salt, value) in salted.items()
    )
    held.flush()


def of_entries(held: Session, area: Area, seqs: Iterable[int]) -> dict[int, list[LogText]]:
    """The texts beside these entries, also removed ones, by number."""
    found: dict[int, list[LogText]] = {}
    wanted = select(LogText).where(LogText.area_id == area.id, col(LogText.seq).in_(list(seqs)))
    for text in held.exec(wanted):
        found.setdefault(text.seq, []).append(text)
    return found


def lines(held: Session, area: Area) -> Iterator[bytes]:
    """The whole log of an area as `python -m voting log` reads it."""
    texts: dict[int, dict[str, tuple[bytes, str]]] = {}
    for text in held.exec(select(LogText).where(LogText.area_id == area.id)):
        if text.salt and text.value:
            texts.setdefault(text.seq, {})[text.field] = (bytes.fromhex(text.salt), text.value)
    entries = (
        select(LogEntry.seq, LogEntry.leaf)
        .where(LogEntry.area_id == area.id)
        .order_by(col(LogEntry.seq))
    )
    for seq, leaf in held.exec(entries):
        yield register.write(leaf, texts.get(seq, {}))
