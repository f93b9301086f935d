"""Two desks at one table."""

import pytest

from app.money.merging import merge

ROW = {"cents": 900, "conditions": [], "own_condition": {}, "is_left_out": False}


@pytest.mark.parametrize(
    ("typed", "stored", "holds", "taken"),
    [
        (900, 900, 900, False),
        (600, 900, 600, False),
        (900, 700, 700, False),
        (700, 700, 700, False),
        (600, 700, 700, True),
    ],
)
def test_what_holds_after_two_desks_wrote(typed, stored, holds, taken):
    merged = merge({**ROW, "cents": typed}, ROW, {**ROW, "cents": stored})
    assert merged.values["cents"] == holds
    assert merged.taken == ({"cents"} if taken else set())


def test_fields_are_merged_one_by_one():
    merged = merge(
        {**ROW, "conditions": ["report"]}, ROW, {**ROW, "cents": 500, "is_left_out": True}
    )
    assert merged.values == {**ROW, "conditions": ["report"], "cents": 500, "is_left_out": True}
    assert not merged.taken
