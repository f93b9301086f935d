"""Whether residents hold the share of the seats that the rules ask for."""

from dataclasses import dataclass

from voting.rules.form import share_of
from voting.rules.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Composition:
    """Say whether the rule holds: `residents` of `total` seats, at least `need` asked for."""

    holds: bool
    residents: int
    total: int
    need: int


def check(residents: int, total: int, share: str) -> Composition:
    """Judge the filled seats of a body by `body.resident_share`, such as ">1/2" (DOMAIN 3).

    A body without a filled seat is not out of proportion. Raise InputError `share_unknown`.
    """
    need = share_of(share).least(total) if total else 0
    return Composition(residents >= need, residents, total, need)


def planned(procedure: Procedure) -> Composition:
    """Judge the number of seats the rules give each segment; raise LawError `parameter_missing`."""
    residents = procedure.number("body.seats.resident")
    total = residents + procedure.number("body.seats.partner")
    return check(residents, total, procedure.choice("body.resident_share"))
