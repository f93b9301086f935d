"""More protection: what a new device of a member must show beside the card."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from app import db
from app.account import enrolling, entering, kept_passphrase, passkey, proving
from app.account.recognising import Holder
from app.errors import Refused
from app.json_request import text_of
from app.models import Member, Passkey
from app.models.card import MARK


class Protection(NamedTuple):
    """What a member has added to the card."""

    passphrase_since: datetime | None
    passkeys: Sequence[Passkey]

    @property
    def is_on(self) -> bool:
        return bool(self.passphrase_since or self.passkeys)


def of(held: Session, member: Member) -> Protection:
    stored = kept_passphrase.of(held, member)
    return Protection(stored.changed_at if stored else None, passkey.of(held, member))


def asked_here(held: Session, member: Member) -> Protection | None:
    """What this device must show; nothing where the member is signed in already."""
    found = of(held, member)
    return found if found.is_on and not entering.is_signed_in_as(member) else None


def demand(holder: Holder) -> dict[str, Any] | None:
    """What the card's page needs to ask for it."""
    asked = asked_here(db.session(), holder.member)
    if asked is None:
        return None
    held = db.begin_write()
    return {
        "passphrase": asked.passphrase_since is not None,
        "options": passkey.confirmation_options(held, holder.member) if asked.passkeys else None,
        "nonce": enrolling.issue_nonce(held, holder.member, db.clock(held)),
        "term": holder.term.id,
        "group": MARK,
    }


def require_shown(holder: Holder, sent: dict[str, Any]) -> None:
    """Refuse a new device that shows neither passphrase nor passkey nor the voting code."""
    if asked_here(db.session(), holder.member) is None:
        return
    if text_of(sent, "passkey"):
        held = db.begin_write()
        passkey.require_own(held, holder.member, text_of(sent, "passkey"), db.clock(held))
    elif text_of(sent, "nonce"):
        enrolling.require_code(holder, text_of(sent, "nonce"), sent.get("proof"))
    elif not text_of(sent, "passphrase"):
        raise Refused("proof_needed")
    elif not proving.by_own_passphrase(holder.member, text_of(sent, "passphrase")):
        raise Refused("proof_wrong")
