"""What the steering round makes of a council's vote on a project."""

from dataclasses import dataclass
from typing import Literal

Flag = Literal["without_council_vote", "deviates"]


@dataclass(frozen=True, slots=True)
class Advice:
    """Hold the council's vote: whether it adopted, the sum in cents and the conditions."""

    is_adopted: bool
    cents: int
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what the steering round decided, with its reason."""

    is_agreed: bool
    cents: int
    reason: str = ""
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Steered:
    """Hold the judgement: `missing` names what the round still owes, `reserve` is in cents.

    `label` is the word for the council's vote in the log, None without one.
    """

    missing: tuple[str, ...]
    flags: tuple[Flag, ...]
    reserve: int
    label: Literal["recommendation"] | None

    @property
    def is_ok(self) -> bool:
        return not self.missing


def decide(advice: Advice | None, verdict: Verdict) -> Steered:
    """Judge a steering decision; `advice` is None without a council vote (DOMAIN 11).

    A deviation needs a reason, a blank one counts as none; without it nothing is reserved.
    """
    flags: list[Flag] = []
    if advice is None:
        flags.append("without_council_vote")
    if advice is None or _deviates(advice, verdict):
        flags.append("deviates")
    missing = ("reason",) if "deviates" in flags and not verdict.reason.strip() else ()
    reserve = verdict.cents if verdict.is_agreed and not missing else 0
    return Steered(missing, tuple(flags), reserve, "recommendation" if advice else None)


def _deviates(advice: Advice, verdict: Verdict) -> bool:
    sums = (verdict.is_agreed * verdict.cents, advice.is_adopted * advice.cents)
    return (
        sums[0] != sums[1]
        or verdict.is_agreed != advice.is_adopted
        or sorted(verdict.conditions) != sorted(advice.conditions)
    )
