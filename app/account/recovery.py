"""Recovery codes: on paper, each good once, spelled like the words of a card."""

import secrets
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from app import belonging, card_secret
from app.models import Member, Officer, RecoveryCode
from app.visitor import digest

CODES = 5
CODE_BYTES = 16


def renew(held: Session, person: Member | Officer) -> list[str]:
    """New codes in place of all former ones; they can be read here and never again."""
    held.exec(delete(RecoveryCode).where(belonging.of(RecoveryCode, person)))
    made = [secrets.token_bytes(CODE_BYTES) for _ in range(CODES)]
    for secret in made:
        held.add(RecoveryCode(verifier=_verifier(secret), **belonging.owner(person)))
    return [card_secret.spell(secret) for secret in made]


def use(held: Session, person: Member | Officer, typed: str, now: datetime) -> bool:
    """Whether this is a code of the person that was not used yet; it is used up now."""
    secret = card_secret.parse(typed)
    if secret is None:
        return False
    used = held.exec(
        update(RecoveryCode)
        .where(
            belonging.of(RecoveryCode, person),
            col(RecoveryCode.verifier) == _verifier(secret),
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=now)
    )
    return used.rowcount == 1


def left(held: Session, person: Member | Officer) -> int:
    """How many codes the person still has."""
    unused = (
        select(func.count()).select_from(RecoveryCode).where(belonging.of(RecoveryCode, person))
    )
    return held.exec(unused.where(col(RecoveryCode.used_at).is_(None))).one()


def _verifier(secret: bytes) -> str:
    return digest(f"recovery {secret.hex()}")
