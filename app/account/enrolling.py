"""A voting key comes to the roster: the server learns its point and keeps a locked copy."""

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from flask_wtf.csrf import generate_csrf
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app import alias, db
from app.account.recognising import Holder, require_card
from app.electoral_roll import GROUP
from app.errors import Refused
from app.json_request import text_of
from app.models import Card, EnrolmentNonce, Member, VotingKey
from voting.errors import RefusalError
from voting.protocol import group
from voting.protocol.credential import verify_enrolment

NONCE_LIFETIME = timedelta(minutes=10)
# 12 bytes of nonce, a code of 27 characters and 16 bytes of tag, in base64url.
WRAPPED = re.compile(r"[A-Za-z0-9_-]{74}")


def entrance(held: Session, holder: Holder, next_page: str, now: datetime) -> dict[str, Any]:
    """What a phone needs to make or restore the voting key of the member signed in on it."""
    key = _key_of(held, holder)
    return {
        "csrf": generate_csrf(),
        "term": holder.term.id,
        "group": GROUP,
        "member": alias.of(holder.member),
        "nonce": issue_nonce(held, holder.member, now),
        "wrapped": holder.card.wrapped,
        "point": key.point if key else None,
        "next": next_page,
    }


def register(member: Member, sent: dict[str, Any]) -> datetime:
    """Register the point of the member's own card and keep the copy that only the card opens.

    Raise Refused: card_unknown, card_revoked, bad_request, key_proof_broken or key_exists.
    """
    holder = require_own_card(member, text_of(sent, "signin"))
    point, nonce, wrapped = (text_of(sent, name) for name in ("point", "nonce", "wrapped"))
    if not WRAPPED.fullmatch(wrapped):
        raise Refused("bad_request")
    _require_possession(holder.term.id, nonce, point, sent.get("proof"))
    held = db.begin_write()
    now = db.clock(held)
    _require_still_valid(held, holder)
    _use_nonce(held, holder.member, nonce, now)
    key = _key_of(held, holder) or _add_key(held, holder, point, now)
    if key.point != point:
        raise Refused("key_exists")
    holder.card.wrapped = wrapped
    holder.card.used_at = holder.card.used_at or now
    return key.registered_at


def require_own_card(member: Member, signin: str) -> Holder:
    """The member as holder of the card shown; another member's card is no card here."""
    holder = require_card(signin)
    if holder.member.id != member.id:
        raise Refused("card_unknown")
    return holder


def issue_nonce(held: Session, member: Member, now: datetime) -> str:
    """A number for one proof of possession by this member."""
    held.exec(delete(EnrolmentNonce).where(col(EnrolmentNonce.expires_at) <= now))
    nonce = secrets.token_hex(16)
    held.add(
        EnrolmentNonce(
            nonce=nonce,
            area_id=member.area_id,
            member_id=member.id,
            expires_at=now + NONCE_LIFETIME,
        )
    )
    return nonce


def require_code(holder: Holder, nonce: str, proof: object) -> None:
    """Refuse who does not know the voting code; the code itself is not shown."""
    held = db.begin_write()
    key = _key_of(held, holder)
    if key is None:
        raise Refused("proof_wrong")
    _require_possession(holder.term.id, nonce, key.point, proof)
    _use_nonce(held, holder.member, nonce, db.clock(held))


def delete_copies(held: Session, member: Member) -> None:
    """Forget the locked voting codes that the member's cards open."""
    held.exec(
        update(Card)
        .where(col(Card.area_id) == member.area_id, col(Card.member_id) == member.id)
        .values(wrapped=None)
    )


def has_copy(held: Session, member: Member) -> bool:
    """Whether a card of the member still opens a copy."""
    copies = select(Card.id).where(
        Card.area_id == member.area_id,
        Card.member_id == member.id,
        col(Card.wrapped).is_not(None),
    )
    return held.exec(copies).first() is not None


def _require_still_valid(held: Session, holder: Holder) -> None:
    """Refuse a card that was replaced since it was shown; who replaces it waits."""
    card = select(Card.id).where(Card.id == holder.card.id, col(Card.revoked_at).is_(None))
    if held.exec(card.with_for_update()).first() is None:
        raise Refused("card_revoked")


def _require_possession(term_id: str, nonce: str, point: str, proof: object) -> None:
    try:
        verify_enrolment(group.by_name(GROUP), term_id, nonce, point, proof)
    except RefusalError:
        raise Refused("key_proof_broken") from None


def _use_nonce(held: Session, member: Member, nonce: str, now: datetime) -> None:
    used = held.exec(
        delete(EnrolmentNonce).where(
            col(EnrolmentNonce.nonce) == nonce,
            col(EnrolmentNonce.area_id) == member.area_id,
            col(EnrolmentNonce.member_id) == member.id,
            col(EnrolmentNonce.expires_at) > now,
        )
    )
    if used.rowcount != 1:
        raise Refused("key_proof_broken")


def _key_of(held: Session, holder: Holder) -> VotingKey | None:
    return held.exec(
        select(VotingKey).where(
            VotingKey.area_id == holder.area.id,
            VotingKey.member_id == holder.member.id,
            VotingKey.term_id == holder.term.id,
            VotingKey.group == GROUP,
        )
    ).first()


def _add_key(held: Session, holder: Holder, point: str, now: datetime) -> VotingKey:
    key = VotingKey(
        area_id=holder.area.id,
        member_id=holder.member.id,
        term_id=holder.term.id,
        group=GROUP,
        point=point,
        registered_at=now,
    )
    held.add(key)
    try:
        held.flush()
    except IntegrityError:
        raise Refused("key_exists") from None
    return key
