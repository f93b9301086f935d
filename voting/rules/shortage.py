"""Which adopted items of a round are funded when the pot does not hold enough for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from voting.errors import InputError
from voting.rules.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one adopted item: its sum in cents and its yes votes."""

    id: str
    cents: int
    yes: int


@dataclass(frozen=True, slots=True)
class Funding:
    """Hold what the pot pays for; all sums in cents.

    `needs_lot` is a group of equal yes votes that does not fit as a whole; items below it are in no
    list until the lot is drawn.
    """

    adopted_cents: int
    short_cents: int
    funded: tuple[str, ...]
    unfunded: tuple[str, ...]
    needs_lot: tuple[str, ...]
    left_cents: int


def share_out(
    items: Sequence[Item], available: int, procedure: Procedure, drawn: Sequence[str] = ()
) -> Funding:
    """Fund the adopted items of a round, given in the order of the agenda (DOMAIN 6, 11).

    Under `cut_by_vote` nothing is funded in a shortage before lower sums are voted. `drawn` holds
    the ids of tied items in the order of the lot, which then takes them one by one. Raise
    InputError `cents_negative`, LawError `parameter_missing`.
    """
    if min((available, *(each.cents for each in items))) < 0:
        raise InputError("cents_negative")
    adopted = sum(each.cents for each in items)
    if adopted <= available:
        return Funding(adopted, 0, _ids(items), (), (), available - adopted)
    match procedure.choice("shortage.rule"):
        case "agenda_order":
            walk = _walk([[each] for each in items], available)
        case "rank_yes":
            walk = _walk(_ranks(items, drawn), available, drawn)
        case _:
            walk = ((), _ids(items), (), available)
    return Funding(adopted, adopted - available, *walk)


def _ranks(items: Sequence[Item], drawn: Sequence[str]) -> list[list[Item]]:
    """The items by yes votes, most first; equal ones that a lot put in order stand in it."""
    place = {each: at for at, each in enumerate(drawn)}
    ranked = sorted(items, key=lambda each: (-each.yes, place.get(each.id, len(place))))
    return [list(group) for _, group in groupby(ranked, key=lambda each: each.yes)]


def _walk(
    groups: Sequence[Sequence[Item]], available: int, drawn: Sequence[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], int]:
    """Fund group after group; one item too large is passed over, a group of equals needs a lot."""
    funded: list[Item] = []
    unfunded: list[Item] = []
    waiting = list(groups)
    while waiting:
        group = waiting.pop(0)
        cents = sum(each.cents for each in group)
        if cents <= available:
            funded += group
            available -= cents
        elif len(group) == 1:
            unfunded += group
        elif {each.id for each in group} <= set(drawn):
            waiting = [[each] for each in group] + waiting
        else:
            return _ids(funded), _ids(unfunded), _ids(group), available
    return _ids(funded), _ids(unfunded), (), available


def _ids(items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(each.id for each in items)
