"""Addresses that phones take from the hall."""

from functools import lru_cache
from typing import Any

from flask import current_app, request, url_for

from app import hall_key, qr_code
from app.models import Meeting, Round

# Drawing one takes longer than all else on the screen, and it is the same all evening.
code = lru_cache(maxsize=64)(qr_code.picture)


def arriving_address(meeting: Meeting, **how: str) -> str:
    key = hall_key.for_arriving(meeting.hall_key)
    return _address("hall.arriving", meeting_id=meeting.id, key=key, **how)


def voting_address(round_: Round) -> str:
    return _address("booth.questions", round_id=round_.id)


def screen_path(meeting: Meeting) -> str:
    """The screen in German, whatever language the desk is in; it says the rest a second time."""
    return _path("hall.screen", meeting_id=meeting.id)


def _address(endpoint: str, **values: Any) -> str:
    """The whole address in no language: whoever scans it has their own."""
    return f"{current_app.config['PUBLIC_URL']}{_path(endpoint, **values)}"


def _path(endpoint: str, **values: Any) -> str:
    return url_for(endpoint, **values).removeprefix(request.script_root)
