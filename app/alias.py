"""The opaque name under which a phone keeps a member's key: it tells members of one area apart."""

import hmac

from flask import current_app

from app.models import Member


def of(member: Member) -> str:
    label = f"member|{member.area_id}|{member.id}"
    return hmac.new(_key(), label.encode(), "sha256").hexdigest()[:24]


def _key() -> bytes:
    return str(current_app.config["SECRET_KEY"]).encode()
