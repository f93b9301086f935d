"""The access of an officer or a trustee: a passphrase with codes of an app, or a passkey."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete
from sqlmodel import Session

from app import belonging, entrance_link
from app.account import device, kept_passphrase, passkey, recovery, second_factor
from app.models import Member, Officer, Passkey


class Access(NamedTuple):
    """What somebody has set up."""

    passphrase_since: datetime | None
    app_since: datetime | None
    passkeys: Sequence[Passkey]
    recovery_codes: int

    @property
    def is_complete(self) -> bool:
        return bool(self.passkeys or (self.passphrase_since and self.app_since))

    def is_complete_without(self, passkey_id: str) -> bool:
        """Whether the person would still get in without this passkey."""
        others = [each for each in self.passkeys if each.id != passkey_id]
        return self._replace(passkeys=others).is_complete


def of(held: Session, person: Member | Officer) -> Access:
    stored = kept_passphrase.of(held, person)
    return Access(
        passphrase_since=stored.changed_at if stored else None,
        app_since=second_factor.confirmed_at(held, person),
        passkeys=passkey.of(held, person),
        recovery_codes=recovery.left(held, person),
    )


def renew(held: Session, person: Member | Officer, here: str, now: datetime) -> None:
    """After a change: other sessions end; a complete access opens all doors, the link none."""
    held.flush()
    device.end_all(held, person, now, but=here)
    if of(held, person).is_complete:
        person.has_access = True
        held.add(person)
        entrance_link.use_up(held, person, now)


def reset(held: Session, person: Member | Officer, now: datetime, here: str | None = None) -> None:
    """A recovery code was used: app and passkeys are lost and must be set up again."""
    second_factor.forget(held, person)
    held.exec(delete(Passkey).where(belonging.of(Passkey, person)))
    person.has_access = False
    held.add(person)
    device.end_all(held, person, now, but=here)
