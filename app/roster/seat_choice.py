"""Which seat each row of a file means; who has none yet gets a vacant or a new one."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _

from app.roster.edit import Edit, merge
from app.roster.line import Line
from app.roster.placed import NOUNS, Placing
from app.roster.standing import Link

OF_SEAT = ("segment", "label")
MOST_AT_SEAT = 50


def choose_seats(
    placing: Placing, lines: Sequence[Line], matched: Mapping[int, Link], staying: Sequence[Link]
) -> None:
    """Find the seat of each line; a holder without a seat gets the next vacant one of the group."""
    searching = []
    for line in lines:
        position = line.get("seat") or placing.standing.position_of(matched.get(line.row))
        if position is not None:
            _take_seat(placing, line, position)
        elif NOUNS[line.kind] == "member":
            searching.append(line)
        elif line.kind == "seat":
            placing.fault(line, "name", _("Hier fehlt der Name oder der Sitz."))
    taken = {placing.by_row[line.row] for line in lines if line.row in placing.by_row}
    next_vacant = _vacant(placing, taken, {placing.standing.position_of(link) for link in staying})
    for line in searching:
        if line.get("segment") is None:
            placing.fault(line, "segment", _("Hier fehlt die Gruppe."))
        else:
            _take_seat(placing, line, next_vacant(line.values["segment"]))


def _vacant(placing: Placing, mentioned: set[Edit], held: set[int | None]) -> Callable[[str], int]:
    """Hand out vacant seats by group, lowest first, then new ones behind all others."""
    standing = placing.standing
    free: dict[str, list[int]] = defaultdict(list)
    for position, seat in standing.seats.items():
        is_told = position in placing.seats and placing.seats[position] in mentioned
        if not (is_told or position in held or standing.is_given_up(seat)):
            free[seat.segment].append(position)
    last = max((*standing.seats, *placing.seats), default=0)

    def take(segment: str) -> int:
        nonlocal last
        if free[segment]:
            return free[segment].pop(0)
        last += 1
        return last

    return take


def _take_seat(placing: Placing, line: Line, position: int) -> None:
    seat = placing.seat(position)
    placing.mentions[position] += 1
    if placing.mentions[position] > MOST_AT_SEAT:
        placing.fault(line, "seat", _("Zu viele Zeilen nennen diesen Sitz."))
        return
    placing.by_row[line.row] = seat
    placing.faults.extend(merge(seat, line, OF_SEAT))
    if seat.stored is None:
        seat.values["position"] = position
    elif placing.standing.is_given_up(seat.stored):
        placing.fault(line, "seat", _("Diesen Sitz gibt es nicht mehr."))
