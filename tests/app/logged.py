"""What an entry of the decision log says, with the texts that stand beside it."""

import json
from typing import Any

from sqlmodel import Session, select

from app.models import LogEntry, LogText


def told(held: Session, entry: LogEntry) -> dict[str, Any]:
    """The public part and what was typed; nothing of the latter is in the entry."""
    texts = held.exec(
        select(LogText).where(LogText.area_id == entry.area_id, LogText.seq == entry.seq)
    ).all()
    assert not any(json.dumps(each.value, ensure_ascii=False) in entry.leaf for each in texts)
    return json.loads(entry.leaf)["public"] | {each.field: each.value for each in texts}
