"""An entry about a lot proves itself: whoever reads it draws again."""

from typing import Any

import pytest

from voting.errors import RefusalError
from voting.log import kind
from voting.rules.drawing import Seed, draw

SEED = Seed("a" * 64, "b" * 64, "BBBBBBBBBBBBBB")
ORDER = [slip.option for slip in draw(SEED, [1, 2, 4])]
COUNTED: dict[str, Any] = {
    "round": "CCCCCCCCCCCCCC",
    "question": SEED.question,
    "outcome": "tie_lot",
    "ballots": 13,
    "tally": {"options": [4, 4, 1, 4], "blank": 0},
    "archive_hash": "c" * 64,
    "strong_hash": None,
    "chosen": sorted(ORDER[:1]),
    "lot": {"entry": 7, "log_root": SEED.log_root, "box_head": SEED.box_head, "drawn": ORDER},
}


def with_lot(**values: object) -> dict[str, Any]:
    return COUNTED | {"lot": COUNTED["lot"] | values}


@pytest.mark.parametrize("places", [1, 2])
def test_who_was_drawn_first_is_chosen(places: int) -> None:
    kind.check("counted", COUNTED | {"chosen": sorted([3, *ORDER[:places]])})


@pytest.mark.parametrize(
    "public",
    [
        with_lot(drawn=ORDER[::-1]),
        with_lot(drawn=ORDER[:1]),
        with_lot(drawn=[*ORDER, ORDER[0]]),
        with_lot(log_root="d" * 64),
        with_lot(box_head="d" * 64),
        COUNTED | {"question": "DDDDDDDDDDDDDD"},
        COUNTED | {"chosen": ORDER[1:2]},
        COUNTED | {"chosen": []},
        COUNTED | {"outcome": "tie_repeat"},
    ],
)
def test_a_lot_that_was_not_drawn_so_is_refused(public: dict[str, Any]) -> None:
    with pytest.raises(RefusalError) as refusal:
        kind.check("counted", public)
    assert refusal.value.facts["path"].startswith("public.lot")
