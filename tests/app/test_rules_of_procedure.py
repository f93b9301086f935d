"""What a roster asks of the rules is known before a round needs it."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from app import rules_of_procedure
from app.body import day_of
from app.models import Member
from app.roster import beginning, reserving, seating, standing_in
from tests.app import builder
from tests.app.builder import Council


@pytest.fixture
def now(held: Session, area: Council) -> datetime:
    """The moment at which two people let the roster change."""
    builder.release_roster(held, area)
    return datetime.now(UTC)


def newcomer(held: Session, area: Council, name: str) -> Member:
    """Somebody without a place."""
    made: Member = builder.store(held, builder.new_member(area.area, name))
    return made


def test_what_the_roster_asks_of_the_rules_is_known_beforehand(
    held: Session, area: Council, now: datetime
) -> None:
    def missing() -> list[str]:
        return rules_of_procedure.missing(held, area.body.id)

    assert missing() == []
    seating.share(held, area.seats[0], area.term, newcomer(held, area, "Mina"), now)
    assert missing() == ["recusal.shared_seat"]
    deputy = standing_in.add_deputy(
        held, area.seats[1], area.term, newcomer(held, area, "Ole"), now
    )
    stand_ins = ["deputy.mode", "deputy.on_absence", "deputy.on_recusal", "deputy.on_vacant"]
    assert missing() == ["recusal.shared_seat", *stand_ins]
    standing_in.end_deputy(held, deputy, now)
    reserving.add_reserve(held, area.term, newcomer(held, area, "Ada"), "resident", now)
    assert missing() == ["recusal.shared_seat", *stand_ins]
    builder.set_rules(held, area, deputy__mode="none", recusal__shared_seat="seat")
    assert missing() == []
    builder.set_rules(held, area, ballot__min_turnout=10)
    assert missing() == ["small_roll.effect"]


def test_the_needs_of_a_term_to_come_are_known_too(
    held: Session, area: Council, now: datetime
) -> None:
    area.term.ends_on = day_of(now) - seating.ONE_DAY
    held.add(area.term)
    term = beginning.begin_term(
        held, area.body, day_of(now).replace(year=2199), day_of(now).replace(year=2201)
    )
    for name in ("Mina", "Ole"):
        act = seating.share if name == "Ole" else seating.fill
        act(held, area.seats[0], term, newcomer(held, area, name), now)
    missing = rules_of_procedure.missing(held, area.body.id)
    assert missing == ["recusal.shared_seat", "small_roll.effect"]
