"""What a program sends: one JSON object, read strictly."""

from typing import Any

from flask import request

from app.errors import Refused
from voting.errors import RefusalError
from voting.protocol import canon


def read_object(refusal: str = "bad_request") -> dict[str, Any]:
    """The object in the request's body; refused for other types, repeated keys and odd numbers."""
    if not request.is_json:
        raise Refused(refusal)
    try:
        sent = canon.peek(request.get_data(cache=False))
    except RefusalError:
        raise Refused(refusal) from None
    if not isinstance(sent, dict):
        raise Refused(refusal)
    return sent


def text_of(sent: dict[str, Any], name: str) -> str:
    """A text among the object's values; anything else reads as empty."""
    value = sent.get(name)
    return value if isinstance(value, str) else ""
