"""Whose keys open the count of a round.

Those on phones at the meeting, those of the counting commission, or the office's.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app import attendance, counting_commission, office_key, rules_of_procedure
from app.body import day_of
from app.entropy import rand_scalar
from app.errors import Refused
from app.models import CountingCommission, EveningKey, Meeting, Member, Officer, Round, Trustee
from voting.errors import RefusalError
from voting.protocol import group as groups
from voting.protocol import trustee
from voting.protocol.group import Group
from voting.rules import trust
from voting.rules.parameter import CATALOGUE
from voting.rules.procedure import Procedure

EVENING = trust.of(Procedure({"trust.meeting": "evening"}, mode="meeting"))


def trust_of(held: Session, round_: Round) -> str:
    """Who counts by the rules; the office where nobody could hold a key.

    Rules that say nothing mean people at the meeting, and the office over days.
    """
    if not round_.has_box or round_.is_practice:
        return "office"
    chosen = _by_rule(held, round_.body_id, round_.mode)
    return "office" if chosen == "evening" and round_.meeting_id is None else chosen


def is_evening(held: Session, body_id: int) -> bool:
    """Whether people at the meeting count for this body."""
    return _by_rule(held, body_id, "meeting") == "evening"


def _by_rule(held: Session, body_id: int, mode: str) -> str:
    rules, name = rules_of_procedure.in_force(held, body_id), f"trust.{mode}"
    said = rules.parameters.get(name, CATALOGUE[name].default) if rules else None
    return said or "office"


def trustees(held: Session, round_: Round, now: datetime) -> bytes:
    """The trustees document of all elections of a round that opens now."""
    group = groups.by_name(round_.group)
    if round_.trust == "commission":
        return _of_commission(held, round_, now)
    if round_.trust != "evening":
        return trustee.make_single(group, office_key.load(group.name), rand_scalar)
    keys = keys_in(held, round_.meeting_id, group.name)
    if len(keys) < EVENING.fewest:
        raise Refused("evening_keys_missing", needed=EVENING.fewest, there=len(keys))
    if gone := left(held, round_.meeting_id):
        raise Refused("evening_holder_left", names=", ".join(each.name for each in gone))
    return trustee.join(group, [key.document.encode() for key in keys])


def trustees_now(
    held: Session, round_: Round, now: datetime
) -> list[tuple[Trustee, Member | Officer]]:
    """The three whose key a round takes that opens now; nobody where it takes another one."""
    commission = _commission(held, round_, now) if round_.trust == "commission" else None
    found = counting_commission.trustees_of(held, commission) if commission else []
    return [(each, counting_commission.person_of(held, each)) for each in found]


def _commission(held: Session, round_: Round, now: datetime) -> CountingCommission | None:
    found = counting_commission.in_force(held, round_.body_id, day_of(now))
    return found if found and found.group == round_.group else None


def _of_commission(held: Session, round_: Round, now: datetime) -> bytes:
    """The commission's document, byte for byte as its three compared it."""
    return require_commission(held, round_, now).document.encode()


def require_commission(held: Session, round_: Round, now: datetime) -> CountingCommission:
    """The commission that is to count; refuse while it has no key in force."""
    commission = counting_commission.in_force(held, round_.body_id, day_of(now))
    if commission is None:
        raise Refused("commission_missing")
    if commission.group != round_.group:
        raise Refused("commission_other_group", group=round_.group)
    return commission


def lacks_commission(held: Session, body_id: int, now: datetime) -> bool:
    """Whether by the rules a commission counts over days and has no key in force in their group."""
    if _by_rule(held, body_id, "circular") != "commission":
        return False
    found = counting_commission.in_force(held, body_id, day_of(now))
    return found is None or found.group != rules_of_procedure.group_of(held, body_id)


def keys_of(held: Session, meeting_id: int | None) -> Sequence[EveningKey]:
    """The keys that the next round of a meeting opens with, in their order."""
    return held.exec(
        select(EveningKey)
        .where(EveningKey.meeting_id == meeting_id)
        .where(col(EveningKey.dismissed_at).is_(None))
        .order_by(col(EveningKey.id))
    ).all()


def keys_in(held: Session, meeting_id: int | None, group: str) -> list[EveningKey]:
    """Those of them that were made in this group."""
    return [each for each in keys_of(held, meeting_id) if each.group == group]


def holders(held: Session, meeting_id: int | None) -> list[Member]:
    """Who counts at this meeting."""
    return [held.get_one(Member, key.member_id) for key in keys_of(held, meeting_id)]


def has_made(held: Session, meeting: Meeting, member: Member) -> bool:
    """Whether this member made a key at this meeting, be it one that was dismissed."""
    found = select(EveningKey.id).where(
        EveningKey.meeting_id == meeting.id, EveningKey.member_id == member.id
    )
    return held.exec(found).first() is not None


def left(held: Session, meeting_id: int | None) -> list[Member]:
    """Who counts at this meeting and is no longer there."""
    found = holders(held, meeting_id)
    if not found:
        return []
    present = attendance.present_at(held, held.get_one(Meeting, meeting_id))
    return [each for each in found if each.id not in present]


def add(
    held: Session, meeting: Meeting, member: Member, document: str, now: datetime
) -> EveningKey:
    """Take the public half of a key that a phone at the meeting made; the phone's old one goes.

    The caller has locked the meeting.
    """
    if member.id not in attendance.present_at(held, meeting):
        raise Refused("not_present")
    own = [key for key in keys_of(held, meeting.id) if key.member_id == member.id]
    group = rules_of_procedure.group_of(held, meeting.body_id)
    if not own and len(keys_in(held, meeting.id, group)) >= EVENING.most:
        raise Refused("evening_keys_full", most=EVENING.most)
    public_key = _single(groups.by_name(group), document)
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
        group=group,
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


def _single(group: Group, document: str) -> str:
    """The public key of a document with one entry, whose proof of possession holds."""
    try:
        parsed = trustee.parse_trustees(group, document.encode())
    except (RefusalError, UnicodeEncodeError):
        raise Refused("count_key_broken") from None
    if [len(entry.owners) for entry in parsed.entries] != [1]:
        raise Refused("count_key_broken")
    return parsed.public_key
