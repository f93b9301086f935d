"""The office key: one exponent held by the server, in a file outside the database."""

import json
import secrets
from pathlib import Path

from flask import current_app

from app.config import create_once
from voting.protocol import group as groups
from voting.protocol.group import Group


class OfficeKeyUnsafe(RuntimeError):
    """The key's file is missing, holds another key or can be read by others; the message says."""


def load(group_name: str) -> int:
    """The secret exponent for a group; the file is made at the first use."""
    path = _path(group_name)
    if not path.exists():
        group = groups.by_name(group_name)
        exponent = secrets.randbelow(group.q - 1) + 1
        path.parent.mkdir(mode=0o700, exist_ok=True)
        create_once(path, json.dumps({"group": group_name, "exponent": str(exponent)}))
    if path.stat().st_mode & 0o077:
        raise OfficeKeyUnsafe(f"{path} is open to others: chmod 600 {path}")
    return int(json.loads(path.read_text())["exponent"])


def require(group: Group, public_key: str) -> int:
    """The exponent of a key that is in use; it is never made anew."""
    path = _path(group.name)
    if not path.exists():
        raise OfficeKeyUnsafe(f"{path} is missing")
    exponent = load(group.name)
    if group.text(group.power_g_secret(exponent)) != public_key:
        raise OfficeKeyUnsafe(f"{path} holds another key than this round's")
    return exponent


def _path(group_name: str) -> Path:
    instance: Path = current_app.extensions["settings"].instance
    return instance / "keys" / f"office-{group_name}.json"
