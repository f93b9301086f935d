"""What the phones of invented members know, in a file outside the database."""

import json
from pathlib import Path
from typing import NamedTuple

from flask import current_app

from app import card_secret
from app.config import create_once
from app.demo.phone import Phone


class Owner(NamedTuple):
    """An invented member and the phone that is theirs."""

    member_id: int
    phone: Phone


Keychain = dict[str, Owner]


def file() -> Path:
    """Where the secrets lie."""
    instance: Path = current_app.extensions["settings"].instance
    return instance / "demo.json"


def write(owners: Keychain) -> None:
    """Keep the secrets of all members, readable by the operator only."""
    content = {
        key: {
            "member": owner.member_id,
            "term": owner.phone.term,
            "card": owner.phone.card_text,
            "code": owner.phone.code,
        }
        for key, owner in owners.items()
    }
    file().unlink(missing_ok=True)
    create_once(file(), json.dumps(content, indent=1))


def read() -> Keychain:
    """The members' phones by the keys of the files; raise FileNotFoundError where it is gone."""
    return {
        key: Owner(kept["member"], Phone(kept["term"], _secret(kept["card"]), kept["code"]))
        for key, kept in json.loads(file().read_text()).items()
    }


def _secret(words: str) -> bytes:
    secret = card_secret.parse(words)
    if secret is None:
        raise ValueError(f"{file()} holds a card that is none")
    return secret
