"""What the phone of somebody who counts has to know of a meeting."""

from typing import Any

from sqlmodel import Session

from app import attendance, rules_of_procedure
from app.commission.waiting import waiting
from app.models import Meeting, Member, Round
from app.round import count_key, releasing


def state(held: Session, meeting: Meeting, member: Member) -> dict[str, Any]:
    """Who counts at this meeting, and which rounds wait for this member's part.

    `own` is the public key of the member's own, `trustees` that of each round tells which key it
    wants: a phone finds the exponent by it.
    """
    group = rules_of_procedure.group_of(held, meeting.body_id)
    keys = count_key.keys_in(held, meeting.id, group)
    own = next((key.public_key for key in keys if key.member_id == member.id), None)
    return {
        "meeting": meeting.id,
        "group": group,
        "is_over": meeting.state in ("closed", "cancelled"),
        "may_count": member.id in attendance.present_at(held, meeting),
        "own": own,
        "there": len(keys),
        "fewest": count_key.EVENING.fewest,
        "most": count_key.EVENING.most,
        "rounds": [waiting(held, each, member) for each in _closed(held, meeting, member)],
    }


def _closed(held: Session, meeting: Meeting, member: Member) -> list[Round]:
    """The rounds of this meeting whose sum waits for keys, one of them this member's."""
    return [
        each
        for each in releasing.unopened_at(held, meeting)
        if releasing.waiting(held, each) and releasing.holder_of(held, each, member)
    ]
