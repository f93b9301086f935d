"""An officer leaves and is forgotten: the access goes at once, the name when nobody asks for it.

For a year members see who looked at their record; so long the name stays beside what was done.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, SQLModel, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from app import counting_commission, erasure_list
from app.models import (
    Invitation,
    Mail,
    Officer,
    Passkey,
    Passphrase,
    RecoveryCode,
    SecondFactor,
    SecurityEvent,
    SignInLink,
    UserSession,
)
from app.policy import POLICY, Action, allows
from app.visitor import role_of

NAME_KEPT = timedelta(days=365)
OWN_ROWS: tuple[type[SQLModel], ...] = (
    *(UserSession, Invitation, SignInLink, SecurityEvent),
    *(Passphrase, SecondFactor, Passkey, RecoveryCode),
)


def obstacle(held: Session, officer: Officer) -> str | None:
    """Why this officer cannot leave yet, as a refusal's code; None where nothing stands against."""
    if allows(role_of(officer), Action.INVITE_OFFICERS) and not _who_else_invites(held, officer):
        return "last_administrator"
    return "holds_key_part" if counting_commission.held_by(held, officer) else None


def leave(held: Session, officer: Officer, now: datetime) -> None:
    """End the access and forget the address and everything that opens a door or tells of one."""
    erasure_list.note(held, erasure_list.LEFT, officer, now)
    for table in OWN_ROWS:
        held.exec(delete(table).where(table.officer_id == officer.id))  # type: ignore[attr-defined]
    if officer.mail:
        held.exec(delete(Mail).where(col(Mail.recipient) == officer.mail))
    officer.mail = officer.login = None
    officer.has_access, officer.ended_at = False, now
    held.add(officer)
    held.flush()


def named(held: Session, until: datetime) -> Sequence[Officer]:
    """Those whose access had ended by this moment and whose name still stands."""
    ended = held.exec(select(Officer).where(col(Officer.ended_at) <= until)).all()
    return [each for each in ended if each.name != _number(each)]


def forget(held: Session, officer: Officer) -> None:
    """Replace the name by a number."""
    officer.name, officer.mail = _number(officer), None
    held.add(officer)
    held.flush()


def fresh(now: datetime, span: timedelta) -> SelectOfScalar[int]:
    """Those who left, or whose name went, within this span before now."""
    left = col(Officer.ended_at) > now - span
    renamed = col(Officer.ended_at).between(now - NAME_KEPT - span, now - NAME_KEPT)
    return select(Officer.id).where(or_(left, renamed))


def _number(officer: Officer) -> str:
    return f"Ehemals QM-Team oder Begleitung {officer.id}"


def _who_else_invites(held: Session, officer: Officer) -> Sequence[int]:
    """The other administrators whose access is set up, or who are invented."""
    return held.exec(
        select(Officer.id)
        .where(Officer.area_id == officer.area_id)
        .where(col(Officer.role).in_(POLICY[Action.INVITE_OFFICERS]))
        .where(Officer.id != officer.id, col(Officer.ended_at).is_(None))
        .where(or_(col(Officer.has_access), col(Officer.is_demo)))
    ).all()
