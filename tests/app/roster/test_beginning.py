"""The next term: no overlap, an id of its own, seats carry over and people do not."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from app.body import day_in, day_of, places_on, reserves_on, term_to_fill
from app.errors import Refused
from app.models import Member, Term
from app.roster import beginning, reserving
from tests.app import builder
from tests.app.builder import Council

DAY = timedelta(days=1)


def test_the_next_term_follows_the_last_for_as_long_as_the_rules_say(
    held: Session, area: Council, now: datetime
) -> None:
    start = area.term.ends_on + DAY
    first, last = beginning.next_dates(held, area.body, day_of(now))
    assert (first, last) == (start, start.replace(year=start.year + 2) - DAY)
    builder.set_rules(held, area, term__months=12)
    assert beginning.next_dates(held, area.body, day_of(now))[1] == (
        start.replace(year=start.year + 1) - DAY
    )


def test_seats_carry_over_and_people_do_not(held: Session, area: Council, now: datetime) -> None:
    reserving.add_reserve(
        held, area.term, Member(area_id=area.area.id, name="Ali"), "resident", now
    )
    term = beginning.begin_term(held, area.body, date(2199, 1, 1), date(2200, 12, 31))
    assert term.id == "anger-rat-2199"
    places = places_on(held, area.body, term, term.starts_on)
    assert (len(places), [place.holders for place in places]) == (9, [[]] * 9)
    assert reserves_on(held, term, term.starts_on) == []


def test_terms_do_not_overlap(held: Session, area: Council) -> None:
    for first, last in (
        (area.term.ends_on, area.term.ends_on + 9 * DAY),
        (area.term.starts_on - 9 * DAY, area.term.starts_on),
        (area.term.starts_on + DAY, area.term.ends_on - DAY),
        (area.term.starts_on - DAY, area.term.ends_on + DAY),
    ):
        with pytest.raises(Refused, match="terms_overlap"):
            beginning.begin_term(held, area.body, first, last)
    with pytest.raises(Refused, match="term_backwards"):
        beginning.begin_term(held, area.body, date(2199, 1, 2), date(2199, 1, 1))
    beginning.begin_term(held, area.body, area.term.ends_on + DAY, area.term.ends_on + 9 * DAY)


def test_a_public_id_is_given_once(held: Session, area: Council) -> None:
    first = beginning.begin_term(held, area.body, date(2199, 1, 1), date(2199, 5, 31))
    second = beginning.begin_term(held, area.body, date(2199, 7, 1), date(2200, 6, 30))
    assert (first.id, second.id) == ("anger-rat-2199", "anger-rat-2199-2")


def test_what_is_filled_now_is_the_running_term_or_the_next(
    held: Session, area: Council, now: datetime
) -> None:
    later = beginning.begin_term(held, area.body, date(2199, 1, 1), date(2200, 12, 31))
    assert term_to_fill(held, area.body, day_of(now)) == area.term
    held.get_one(Term, area.term.id).ends_on = day_of(now) - DAY
    held.flush()
    assert term_to_fill(held, area.body, day_of(now)) == later
    assert day_in(later, day_of(now)) == date(2199, 1, 1)
    assert day_in(area.term, day_of(now)) == day_of(now)
