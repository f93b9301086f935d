"""What is said about a meeting changes; calendars and those who were invited have to know."""

from collections.abc import Mapping
from typing import Any

from app.models import Meeting


def write(meeting: Meeting, said: Mapping[str, Any]) -> bool:
    """Keep what is said now; whether anything is different from before."""
    changed = {name for name, value in said.items() if getattr(meeting, name) != value}
    for name in changed:
        setattr(meeting, name, said[name])
    if changed:
        note(meeting)
    return bool(changed)


def note(meeting: Meeting) -> None:
    """Count one more change; those who were invited do not know of it yet."""
    meeting.sequence += 1


def is_untold(meeting: Meeting) -> bool:
    """Whether something changed since the invitations went out."""
    return meeting.told_sequence is not None and meeting.told_sequence != meeting.sequence
