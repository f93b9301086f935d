"""The order in a shared seat, speakers within the rules, dual roles."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session, select

from app.body import day_of, places_on
from app.errors import Refused
from app.models import Member, Membership
from app.roster import holding, seating
from tests.app import builder
from tests.app.builder import Council

MakeMember = Callable[[str], Member]


def membership_of(held: Session, member: Member) -> Membership:
    return held.exec(select(Membership).where(Membership.member_id == member.id)).one()


def test_holders_change_places(
    held: Session, area: Council, person: MakeMember, now: datetime
) -> None:
    for name in ("Ali", "Mina"):
        seating.share(held, area.seats[0], area.term, person(name), now)

    def names() -> list[str]:
        place = places_on(held, area.body, area.term, day_of(now))[0]
        return [member.name.split()[0] for _membership, member in place.holders]

    last = seating.holders_of(held, area.seats[0], area.term, now)[-1]
    holding.move_holder(held, last, now, up=True)
    assert names() == ["Aylin", "Mina", "Ali"]
    holding.move_holder(held, membership_of(held, area.members[0]), now, up=False)
    assert names() == ["Mina", "Aylin", "Ali"]
    holding.move_holder(held, last, now, up=True)
    assert names() == ["Mina", "Aylin", "Ali"]
    seating.vacate(held, last, now)
    with pytest.raises(Refused, match="already_done"):
        holding.move_holder(held, last, now, up=False)


def test_speakers_are_as_many_as_the_rules_say(held: Session, area: Council, now: datetime) -> None:
    builder.set_rules(held, area, speakers=2, speakers__segment="any")
    first, second, partner = (membership_of(held, area.members[at]) for at in (0, 1, 8))
    holding.make_speaker(held, first, now)
    holding.make_speaker(held, first, now)
    holding.make_speaker(held, partner, now)
    with pytest.raises(Refused, match="speakers_enough") as refusal:
        holding.make_speaker(held, second, now)
    assert refusal.value.facts == {"most": 2}
    holding.end_speaker(held, partner)
    holding.make_speaker(held, second, now)
    assert [each.is_speaker for each in (first, second, partner)] == [True, True, False]


def test_by_rule_only_residents_speak(held: Session, area: Council, now: datetime) -> None:
    builder.set_rules(held, area, speakers=2, speakers__segment="resident")
    with pytest.raises(Refused, match="speaker_not_resident"):
        holding.make_speaker(held, membership_of(held, area.members[8]), now)
    holding.make_speaker(held, membership_of(held, area.members[0]), now)


def test_rules_that_say_nothing_of_speakers_forbid_none(
    held: Session, area: Council, now: datetime
) -> None:
    for member in area.members:
        holding.make_speaker(held, membership_of(held, member), now)


def test_a_dual_role_is_named_and_taken_away(held: Session, area: Council) -> None:
    membership = membership_of(held, area.members[0])
    holding.set_dual_role(held, membership, "Kita Sonne")
    assert (membership.is_dual_role, membership.dual_role) == (True, "Kita Sonne")
    holding.set_dual_role(held, membership, "")
    assert (membership.is_dual_role, membership.dual_role) == (False, "")
