"""Who gets the places of a lot, from the order in which the candidates were drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from voting.errors import InputError
from voting.rules.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Ticket:
    """Hold one candidate of a draw; `stratum` is None where no strata are drawn."""

    id: str
    stratum: str | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold the result of a draw; `vacant` places stay empty.

    Without need for a draw everybody gets a place.
    """

    draw_needed: bool
    elected: tuple[str, ...]
    reserve_list: tuple[str, ...]
    vacant: int


def decide(places: int, drawn_order: Sequence[Ticket], procedure: Procedure) -> Drawn:
    """Give out the places in the order drawn, by `lot.quota` if it is set (DOMAIN 3.1, 11).

    A place no stratum can fill goes to the rest in the order drawn, or stays vacant. Raise
    InputError `candidate_twice` with the `id`, `quota_too_large` if strata have more places than
    there are, LawError `parameter_missing`.
    """
    _require_unique(drawn_order)
    if len(drawn_order) <= places:
        return Drawn(False, _ids(drawn_order), (), places - len(drawn_order))
    quota = procedure.quota()
    if quota is None:
        return Drawn(True, _ids(drawn_order[:places]), _ids(drawn_order[places:]), 0)
    if sum(quota.values()) > places:
        raise InputError("quota_too_large", places=places)
    return _by_quota(places, drawn_order, quota, procedure)


def _require_unique(drawn_order: Sequence[Ticket]) -> None:
    seen: set[str] = set()
    for each in drawn_order:
        if each.id in seen:
            raise InputError("candidate_twice", id=each.id)
        seen.add(each.id)


def _by_quota(
    places: int, drawn_order: Sequence[Ticket], quota: dict[str, int], procedure: Procedure
) -> Drawn:
    left = dict(quota)
    elected: list[Ticket] = []
    rest: list[Ticket] = []
    for each in drawn_order:
        has_place = left.get(each.stratum or "", 0) > 0
        (elected if has_place else rest).append(each)
        if has_place:
            left[each.stratum or ""] -= 1
    free = places - len(elected)
    if free and procedure.choice("lot.unfilled") == "open_to_others":
        elected, rest = elected + rest[:free], rest[free:]
    return Drawn(True, _ids(elected), _ids(rest), places - len(elected))


def _ids(tickets: Sequence[Ticket]) -> tuple[str, ...]:
    return tuple(each.id for each in tickets)
