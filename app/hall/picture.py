"""Addresses that phones take from the hall, as pictures."""

from typing import Any

import segno
from flask import current_app, request, url_for

from app import hall_key
from app.models import Meeting, Round


def code(address: str) -> str:
    """An address for the camera of a phone, as a data address."""
    picture = segno.make(address, micro=False, error="m")
    return picture.svg_data_uri(border=3, dark="#000", light="#fff")


def arriving_address(meeting: Meeting, **how: str) -> str:
    key = hall_key.for_arriving(meeting.hall_key)
    return _address("hall.arriving", meeting_id=meeting.id, key=key, **how)


def voting_address(round_: Round) -> str:
    return _address("booth.questions", round_id=round_.id)


def _address(endpoint: str, **values: Any) -> str:
    """The whole address in no language: whoever scans it has their own."""
    path = url_for(endpoint, **values).removeprefix(request.script_root)
    return f"{current_app.config['PUBLIC_URL']}{path}"
