"""Whose keys open the count of a round: the office's, or those on phones at the meeting."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app import attendance, electoral_roll, office_key
from app.electoral_roll import GROUP
from app.entropy import rand_scalar
from app.errors import Refused
from app.models import EveningKey, Meeting, Member, Round
from voting.errors import RefusalError
from voting.protocol import group as groups
from voting.protocol import trustee
from voting.rules import trust
from voting.rules.procedure import Procedure

EVENING = trust.of(Procedure({"trust.meeting": "evening"}, mode="meeting"))


def trust_of(held: Session, round_: Round) -> str:
    """Who counts by the rules; the office where they say nothing or nobody could hold a key."""
    has_holders = round_.meeting_id is not None and round_.has_box and not round_.is_practice
    return "evening" if has_holders and is_evening(held, round_.body_id) else "office"


def is_evening(held: Session, body_id: int) -> bool:
    """Whether people at the meeting count for this body."""
    rules = electoral_roll.rules_in_force(held, body_id)
    return bool(rules and rules.parameters.get("trust.meeting") == "evening")


def trustees(held: Session, round_: Round) -> bytes:
    """The trustees document of all elections of a round that opens now."""
    group = groups.by_name(GROUP)
    if round_.trust != "evening":
        return trustee.make_single(group, office_key.load(GROUP), rand_scalar)
    keys = keys_of(held, round_.meeting_id)
    if len(keys) < EVENING.fewest:
        raise Refused("evening_keys_missing", needed=EVENING.fewest, there=len(keys))
    return trustee.join(group, [key.document.encode() for key in keys])


def keys_of(held: Session, meeting_id: int | None) -> Sequence[EveningKey]:
    """The keys that the next round of a meeting opens with, in their order."""
    return held.exec(
        select(EveningKey)
        .where(EveningKey.meeting_id == meeting_id)
        .where(col(EveningKey.dismissed_at).is_(None))
        .order_by(col(EveningKey.id))
    ).all()


def holders(held: Session, meeting_id: int | None) -> list[Member]:
    """Who counts at this meeting."""
    return [held.get_one(Member, key.member_id) for key in keys_of(held, meeting_id)]


def add(
    held: Session, meeting: Meeting, member: Member, document: str, now: datetime
) -> EveningKey:
    """Take the public half of a key that a phone at the meeting made; the phone's old one goes.

    The caller has locked the meeting.
    """
    if member.id not in attendance.present_at(held, meeting):
        raise Refused("not_present")
    own = [key for key in keys_of(held, meeting.id) if key.member_id == member.id]
    if not own and len(keys_of(held, meeting.id)) >= EVENING.most:
        raise Refused("evening_keys_full", most=EVENING.most)
    public_key = _single(document)
    for key in own:
        key.dismissed_at = now
    held.flush()
    if held.exec(
        select(EveningKey.id).where(
            EveningKey.meeting_id == meeting.id, EveningKey.public_key == public_key
        )
    ).first():
        raise Refused("count_key_broken")
    made = EveningKey(
        area_id=meeting.area_id,
        meeting_id=meeting.id,
        member_id=member.id,
        public_key=public_key,
        document=document,
        made_at=now,
    )
    held.add(made)
    held.flush()
    return made


def dismiss(held: Session, key: EveningKey, now: datetime) -> None:
    """Let a key serve no further round; who held it may have left or lost the phone."""
    if key.dismissed_at:
        raise Refused("already_done")
    key.dismissed_at = now
    held.flush()


def _single(document: str) -> str:
    """The public key of a document with one entry, whose proof of possession holds."""
    group = groups.by_name(GROUP)
    try:
        parsed = trustee.parse_trustees(group, document.encode())
    except (RefusalError, UnicodeEncodeError):
        raise Refused("count_key_broken") from None
    if [len(entry.owners) for entry in parsed.entries] != [1]:
        raise Refused("count_key_broken")
    return parsed.public_key
