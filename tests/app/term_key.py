"""A counting commission whose key is in force, as its ceremony leaves it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import Session

from app.entropy import rand_scalar
from app.models import CountingCommission, Member, Officer, Trustee
from tests.app.builder import Council
from voting.protocol import canon, ceremony, trustee
from voting.protocol import group as groups
from voting.protocol.ceremony import Made, Setting
from voting.protocol.group import Group

GROUP = groups.by_name("Ed25519")


def make(group: Group = GROUP) -> Made:
    setting = Setting(group)
    seeds = [ceremony.make_seed(rand_scalar) for _ in range(setting.size)]
    return ceremony.make_key(setting, seeds, rand_scalar)


def put_in_force(
    held: Session,
    council: Council,
    people: Sequence[Member | Officer],
    made: Made,
    group: Group = GROUP,
) -> CountingCommission:
    """Store the key of these three; each holds the exponent at the own position."""
    now = datetime.now(UTC)
    commission = CountingCommission(
        area_id=council.area.id,
        body_id=council.body.id,
        term_id=council.term.id,
        group=group.name,
        state="in_force",
        document=made.trustees.decode(),
        public_key=trustee.public_key(group, made.trustees),
        made_at=now,
        in_force_at=now,
    )
    held.add(commission)
    held.flush()
    parsed = trustee.parse_trustees(group, made.trustees)
    for position, person in enumerate(people, 1):
        key = {"public_key": parsed.owners[position].public_key}
        held.add(
            Trustee(
                area_id=council.area.id,
                commission_id=commission.id,
                position=position,
                member_id=person.id if isinstance(person, Member) else None,
                officer_id=person.id if isinstance(person, Officer) else None,
                verification_key=canon.write(key).decode(),
                rehearsed_at=now,
            )
        )
    held.commit()
    return commission
