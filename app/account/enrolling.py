"""A voting key comes to the roster: the server learns its points and keeps a locked copy."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_wtf.csrf import generate_csrf
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app import alias, db
from app.account.recognising import Holder, require_card
from app.errors import Refused
from app.json_request import text_of
from app.models import Card, EnrolmentNonce, Member, VotingKey
from app.models.card import MARK
from voting.errors import RefusalError
from voting.protocol import group
from voting.protocol.credential import verify_enrolment
from voting.protocol.group import NAMES as GROUPS

NONCE_LIFETIME = timedelta(minutes=10)
# 12 bytes of nonce, a code of 27 characters and 16 bytes of tag, in base64url.
WRAPPED = re.compile(r"[A-Za-z0-9_-]{74}")


def entrance(held: Session, holder: Holder, next_page: str, now: datetime) -> dict[str, Any]:
    """What a phone needs to make or restore the voting key of the member signed in on it."""
    return {
        "csrf": generate_csrf(),
        "term": holder.term.id,
        "group": MARK,
        "groups": list(GROUPS),
        "member": alias.of(holder.member),
        "nonce": issue_nonce(held, holder.member, now),
        "wrapped": holder.card.wrapped,
        "point": points_of(held, holder.member, holder.term.id).get(MARK),
        "next": next_page,
    }


def register(member: Member, sent: dict[str, Any]) -> datetime:
    """Register the points of the member's own card and keep the copy that only the card opens.

    Raise Refused: card_unknown, card_revoked, bad_request, key_proof_broken or key_exists.
    """
    holder = require_own_card(member, text_of(sent, "signin"))
    nonce, wrapped = text_of(sent, "nonce"), text_of(sent, "wrapped")
    if not WRAPPED.fullmatch(wrapped):
        raise Refused("bad_request")
    points = proven_points(holder.term.id, nonce, sent)
    held = db.begin_write()
    now = db.clock(held)
    _require_still_valid(held, holder)
    use_nonce(held, holder.member, nonce, now)
    add_points(held, holder.member, holder.term.id, points, now)
    holder.card.wrapped = wrapped
    holder.card.used_at = holder.card.used_at or now
    return _known_since(held, holder)


def proven_points(term_id: str, nonce: str, sent: dict[str, Any]) -> Mapping[str, str]:
    """By group: what a phone sent that knows the exponent of each; all groups or none."""
    points = sent.get("points")
    if not isinstance(points, list) or not all(isinstance(each, dict) for each in points):
        raise Refused("bad_request")
    found = {text_of(each, "group"): text_of(each, "point") for each in points}
    if sorted(found) != sorted(GROUPS) or len(points) != len(GROUPS):
        raise Refused("bad_request")
    for each in points:
        _require_possession(each["group"], term_id, nonce, each["point"], each.get("proof"))
    return found


def points_of(held: Session, member: Member, term_id: str) -> Mapping[str, str]:
    """By group: the public points of a member's voting key."""
    found = held.exec(
        select(VotingKey.group, VotingKey.point).where(
            VotingKey.area_id == member.area_id,
            VotingKey.member_id == member.id,
            VotingKey.term_id == term_id,
        )
    )
    return dict(found.all())


def add_points(
    held: Session, member: Member, term_id: str, points: Mapping[str, str], now: datetime
) -> None:
    """Store the points that are missing; refuse those of another key than the stored one."""
    there = points_of(held, member, term_id)
    if any(points[each] != there[each] for each in there):
        raise Refused("key_exists")
    held.add_all(
        VotingKey(
            area_id=member.area_id,
            member_id=member.id,
            term_id=term_id,
            group=each,
            point=points[each],
            registered_at=now,
        )
        for each in GROUPS
        if each not in there
    )
    try:
        held.flush()
    except IntegrityError:
        raise Refused("key_exists") from None


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
    point = points_of(held, holder.member, holder.term.id).get(MARK)
    if point is None:
        raise Refused("proof_wrong")
    _require_possession(MARK, holder.term.id, nonce, point, proof)
    use_nonce(held, holder.member, nonce, db.clock(held))


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


def _known_since(held: Session, holder: Holder) -> datetime:
    key = select(VotingKey.registered_at).where(VotingKey.group == MARK)
    owned = key.where(VotingKey.member_id == holder.member.id, VotingKey.term_id == holder.term.id)
    return held.exec(owned).one()


def _require_still_valid(held: Session, holder: Holder) -> None:
    """Refuse a card that was replaced since it was shown; who replaces it waits."""
    card = select(Card.id).where(Card.id == holder.card.id, col(Card.revoked_at).is_(None))
    if held.exec(card.with_for_update()).first() is None:
        raise Refused("card_revoked")


def _require_possession(name: str, term_id: str, nonce: str, point: str, proof: object) -> None:
    try:
        verify_enrolment(group.by_name(name), term_id, nonce, point, proof)
    except RefusalError:
        raise Refused("key_proof_broken") from None


def use_nonce(held: Session, member: Member, nonce: str, now: datetime) -> None:
    """Let a number prove possession once; another one's or an old one proves nothing."""
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
