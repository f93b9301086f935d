"""All seats and places of a term while a file is compared with them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.roster import column
from app.roster.edit import Edit, Noun, PlaceEdit
from app.roster.identifying import People
from app.roster.importing_areas import Fault
from app.roster.line import Line
from app.roster.standing import Standing

# What a row is about, by its kind.
NOUNS: Mapping[str, Noun] = {
    "seat": "seat",
    "member": "member",
    "speaker": "member",
    "deputy": "deputy",
    "reserve": "reserve",
}


@dataclass
class Placing:
    """The seats and places of a term, each with what the file says about it."""

    standing: Standing
    people: People
    seats: dict[int, Edit] = field(default_factory=dict)
    places: list[PlaceEdit] = field(default_factory=list)
    by_row: dict[int, Edit] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    mentions: Counter[int] = field(default_factory=Counter)

    def seat(self, position: int) -> Edit:
        """The one edit of a seat, whoever asks."""
        stored = self.standing.seats.get(position)
        return self.seats.setdefault(position, Edit(noun="seat", stored=stored))

    def lasting(self, *nouns: Noun) -> list[PlaceEdit]:
        """The places of these kinds that are not of the past afterwards."""
        today = self.standing.today
        return [each for each in self.places if each.noun in nouns and not each.is_over(today)]

    def fault(self, line: Line, field_name: str, reason: str) -> None:
        self.faults.append(Fault(line.row, column.name(field_name), reason))
