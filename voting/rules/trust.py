"""Who holds the keys that open a count."""

from collections.abc import Mapping
from dataclasses import dataclass

from voting.rules.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Trust:
    """Hold a mode, between how many persons the key lies, and how many of them count.

    `needed` is None where all who hold a key are needed. With `office` the server holds it.
    """

    mode: str
    fewest: int
    most: int
    needed: int | None


_MODES: Mapping[str, Trust] = {
    "evening": Trust("evening", 2, 3, None),
    "commission": Trust("commission", 3, 3, 2),
    "office": Trust("office", 0, 0, 0),
}


def of(procedure: Procedure) -> Trust:
    """Return who counts, by `trust.meeting` or `trust.circular`; LawError if this is empty."""
    return _MODES[procedure.choice(f"trust.{procedure.mode}")]
