"""An officer's access: a passphrase with codes of an app, or a passkey."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete
from sqlmodel import Session, col

from app.account import device, inviting, kept_passphrase, passkey, recovery, second_factor
from app.models import Officer, Passkey


class Access(NamedTuple):
    """What an officer has set up."""

    passphrase_since: datetime | None
    app_since: datetime | None
    passkeys: Sequence[Passkey]
    recovery_codes: int

    @property
    def is_complete(self) -> bool:
        return bool(self.passkeys or (self.passphrase_since and self.app_since))

    def is_complete_without(self, passkey_id: str) -> bool:
        """Whether the officer would still get in without this passkey."""
        others = [each for each in self.passkeys if each.id != passkey_id]
        return self._replace(passkeys=others).is_complete


def of(held: Session, officer: Officer) -> Access:
    stored = kept_passphrase.of(held, officer)
    return Access(
        passphrase_since=stored.changed_at if stored else None,
        app_since=second_factor.confirmed_at(held, officer),
        passkeys=passkey.of(held, officer),
        recovery_codes=recovery.left(held, officer),
    )


def renew(held: Session, officer: Officer, here: str, now: datetime) -> None:
    """After a change: other sessions end; a complete access opens all doors, the link none."""
    held.flush()
    device.end_all(held, officer, now, but=here)
    if of(held, officer).is_complete:
        officer.has_access = True
        held.add(officer)
        inviting.use_up(held, officer, now)


def reset(held: Session, officer: Officer, now: datetime) -> None:
    """A recovery code was used: app and passkeys are lost and must be set up again."""
    second_factor.forget(held, officer)
    held.exec(delete(Passkey).where(col(Passkey.officer_id) == officer.id))
    officer.has_access = False
    held.add(officer)
    device.end_all(held, officer, now)
