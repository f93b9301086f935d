"""The evening that the examples tell of."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts
from voting.rules.share import share

FALLBACK: dict[str, Any] = {
    "quorum.rule": "two_thirds",
    "quorum.fixed": 5,
    "quorum.base": "all_seats",
    "majority.funding": "two_thirds",
    "majority.base": "present",
    "recusal.quorum": "counts_present",
    "recusal.majority": "leaves_base",
    "recusal.shared_seat": "person",
    "ballot.min_turnout": 5,
}
FEWEST_SEATS = 9
FEW = (6, 3)


@dataclass(frozen=True)
class Evening:
    """A meeting of a body of this size, two thirds of it here; a very small one is made larger."""

    residents: int
    partners: int
    today: date
    parameters: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.residents + self.partners < FEWEST_SEATS:
            object.__setattr__(self, "residents", FEW[0])
            object.__setattr__(self, "partners", FEW[1])

    @property
    def seats(self) -> int:
        return self.residents + self.partners

    @property
    def present(self) -> int:
        return share("two_thirds", self.seats)

    def rules(self, **changes: Any) -> Procedure:
        """The rules as they stand, what is empty filled for the example only."""
        named = {name.replace("__", "."): value for name, value in changes.items()}
        mode = named.pop("mode", "meeting")
        return Procedure({**FALLBACK, **self.parameters, **named}, mode=mode)

    def facts(self, *, recused: int = 0, vacant: int = 0, present: int | None = None) -> RollFacts:
        """A roll with this many here; who is recused is here too but not on the roll."""
        here = self.present if present is None else present
        return RollFacts(
            seats=self.seats,
            residents=here - recused,
            partners=0,
            vacant=vacant,
            recused=recused,
            absent=self.seats - vacant - here,
        )
