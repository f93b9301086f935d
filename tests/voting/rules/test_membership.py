"""Ages, terms and lost seats."""

from datetime import date

import pytest

from voting.errors import LawError
from voting.rules import membership
from voting.rules.procedure import Procedure


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2010, 11, 22), date(2026, 11, 22), 16),
        (date(2010, 11, 23), date(2026, 11, 22), 15),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
    ],
)
def test_years_completed(born: date, day: date, age: int) -> None:
    assert membership.age_on(born, day) == age


@pytest.mark.parametrize(
    ("age", "lives_here", "works_here", "allowed"),
    [(16, True, False, True), (15, True, True, False), (40, False, True, False)],
)
def test_without_rules_of_its_own_a_body_takes_residents_from_sixteen(
    age: int, lives_here: bool, works_here: bool, allowed: bool
) -> None:
    found = membership.may_take_part(
        age, lives_here=lives_here, works_here=works_here, procedure=Procedure({})
    )
    assert found is allowed


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (date(2026, 1, 1), 24, date(2027, 12, 31)),
        (date(2026, 3, 15), 24, date(2028, 3, 14)),
        (date(2026, 1, 31), 1, date(2026, 2, 27)),
        (date(2027, 8, 31), 6, date(2028, 2, 28)),
    ],
)
def test_the_last_day_of_a_term(start: date, months: int, last: date) -> None:
    assert membership.last_day(start, Procedure({"term.months": months})) == last


def test_a_limit_nobody_set_takes_no_seat() -> None:
    with pytest.raises(LawError) as refusal:
        membership.is_lost(9, Procedure({}))
    assert refusal.value.facts == {"name": "absence_limit"}
