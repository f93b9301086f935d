"""Residents in the majority, or another share."""

from typing import Any

import pytest

from voting.errors import LawError
from voting.rules import composition
from voting.rules.composition import Composition
from voting.rules.procedure import Procedure


@pytest.mark.parametrize(
    ("residents", "total", "share", "expected"),
    [
        (10, 18, ">1/2", Composition(True, 10, 18, 10)),
        (9, 18, ">1/2", Composition(False, 9, 18, 10)),
        (9, 18, ">=1/2", Composition(True, 9, 18, 9)),
        (14, 29, ">=51/100", Composition(False, 14, 29, 15)),
        (4, 5, ">=1/1", Composition(False, 4, 5, 5)),
        (0, 0, ">1/2", Composition(True, 0, 0, 0)),
    ],
)
def test_filled_seats(residents: int, total: int, share: str, expected: Composition) -> None:
    assert composition.check(residents, total, share) == expected


@pytest.mark.parametrize(
    ("parameters", "holds"),
    [
        ({"body.seats.resident": 21, "body.seats.partner": 8}, True),
        ({"body.seats.resident": 8, "body.seats.partner": 8}, False),
        (
            {
                "body.seats.resident": 21,
                "body.seats.partner": 8,
                "body.resident_share": ">=1/1",
            },
            False,
        ),
    ],
)
def test_the_seats_a_body_plans(parameters: dict[str, Any], holds: bool) -> None:
    assert composition.planned(Procedure(parameters)).holds is holds


def test_a_body_without_planned_seats_names_what_is_missing() -> None:
    with pytest.raises(LawError) as refusal:
        composition.planned(Procedure({"body.seats.resident": 21}))
    assert refusal.value.facts == {"name": "body.seats.partner"}
