"""Orders and ranks of new places, when all that are there are known."""

from collections import defaultdict

from app.roster.edit import Edit, PlaceEdit
from app.roster.placed import Placing


def number_holders(placing: Placing) -> None:
    """New holders without an order stand behind those who share the seat with them."""
    seats: dict[Edit, list[PlaceEdit]] = defaultdict(list)
    for edit in placing.lasting("member"):
        seats[edit.seat].append(edit)  # type: ignore[index]
    for edits in seats.values():
        for edit in edits:
            if edit.stored is None and "position" not in edit.values:
                others = [each for each in edits if _is_numbered(each) and each.overlaps(edit)]
                edit.values["position"] = 1 + max(
                    (each.after("position") for each in others), default=0
                )


def _is_numbered(edit: PlaceEdit) -> bool:
    return edit.stored is not None or "position" in edit.values


def number_ranks(placing: Placing) -> None:
    """New deputies stand behind the others of the seat, new reserves behind all there ever were."""
    last: dict[Edit | None, int] = defaultdict(int)
    last[None] = max((each.rank for each in placing.standing.reserves), default=0)
    waiting = []
    for edit in placing.lasting("deputy", "reserve"):
        if edit.stored is None and "rank" not in edit.values:
            waiting.append(edit)
        else:
            last[edit.seat] = max(last[edit.seat], edit.after("rank"))
    for edit in waiting:
        last[edit.seat] += 1
        edit.values["rank"] = last[edit.seat]
