"""The shape of the input of each kind of scenario."""

from collections.abc import Mapping
from typing import get_args

from voting.rules.outcome import Code
from voting.rules.parameter import CATALOGUE
from voting.shape import (
    Shape,
    choice,
    inside,
    listed,
    mapped,
    nullable,
    record,
    refuse,
    text,
    whole,
)

_LONGEST = 2000

_id = text(200)
_ids = listed(_id)
_segment = choice("resident", "partner")
_ballots = record({"yes": whole(), "no": whole(), "abstain": whole()}, {"invalid": whole()})
_grant = {"do": _id, "grant": _id}
_sum = {"amount_cents": whole()}


def _rules(value: object, path: str) -> None:
    """Accept parameters of the catalogue, and the two names that only scenarios have."""
    if type(value) is not dict:
        refuse(path)
    for name, given in value.items():
        _rule(name, given, inside(path, name))


def _rule(name: str, value: object, path: str) -> None:
    """Accept one parameter; null is an empty one."""
    if name == "cap_per_action_cents":
        nullable(whole())(value, path)
        return
    parameter = CATALOGUE.get("majority.funding" if name == "majority.rule" else name)
    if parameter is None or not (value is None or parameter.accepts(value)):
        refuse(path)


def _quota(value: object, path: str) -> None:
    """Accept places of strata; none at all is no quota."""
    if value != {}:
        _rule("lot.quota", value, path)


def _event(value: object, path: str) -> None:
    """Accept one event of a ledger; each act has its own fields."""
    if type(value) is not dict:
        refuse(path)
    act = value.get("do")
    if type(act) is not str or act not in _EVENTS:
        refuse(f"{path}.do")
    _EVENTS[act](value, path)


_EVENTS: Mapping[str, Shape] = {
    "approve": record({**_grant, **_sum, "requested_cents": whole()}),
    "reduce": record({**_grant, **_sum}),
    "pay": record({**_grant, **_sum}),
    "settle": record({**_grant, **_sum}),
    "repay": record({**_grant, **_sum}),
    "cancel": record(_grant),
    "withdraw": record(_grant),
    "pot_change": record({"do": _id, **_sum}),
}


def _reason(value: object, path: str) -> None:
    """Accept a reason; a blank one is judged by the rules."""
    if type(value) is not str or len(value) > _LONGEST:
        refuse(path)


def _conditions(value: object, path: str) -> None:
    """Accept one condition or a list of them."""
    one = text(_LONGEST)
    (one if type(value) is str else listed(one))(value, path)


_vote = record(
    {
        "rules": _rules,
        "mode": choice("meeting", "circular"),
        "seats": listed(
            record({"seat": _id, "segment": _segment, "holders": _ids}, {"deputies": _ids}), 1
        ),
    },
    {
        "reserve_list": listed(record({"rank": whole(), "member": _id, "segment": _segment})),
        "present": _ids,
        "absent": _ids,
        "recused": _ids,
        "changes": listed(record({}, {"arrive": _ids, "leave": _ids})),
        "not_cast": _ids,
        "ballots": nullable(_ballots),
    },
)
_choice = record(
    {"rules": _rules, "options": listed(_id, 2), "votes": mapped(whole())}, {"abstain": whole()}
)
_election = record(
    {
        "rules": _rules,
        "places": whole(),
        "voters": whole(),
        "candidates": listed(record({"id": _id, "yes": whole()}, {"no": whole()})),
    }
)
_lot = record(
    {
        "rules": _rules,
        "places": whole(),
        "drawn_order": listed(record({"id": _id}, {"stratum": nullable(_id)})),
    },
    {"quota": nullable(_quota)},
)
_round = record(
    {
        "rules": _rules,
        "roll_size": whole(),
        "available_cents": whole(),
        "items": listed(record({"item": _id, "amount_cents": whole(), "ballots": _ballots})),
    }
)
_money = record({"rules": _rules, "pot_cents": whole(), "events": listed(_event)})
_agreed = {"amount_cents": nullable(whole()), "conditions": nullable(_conditions)}
_steering = record(
    {
        "rules": _rules,
        "council": nullable(record({"outcome": choice(*get_args(Code))}, _agreed)),
        "steering": record(
            {"outcome": choice("agreed", "refused")}, {**_agreed, "reason": nullable(_reason)}
        ),
    }
)

INPUTS: Mapping[str, Shape] = {
    "vote": _vote,
    "choice": _choice,
    "election": _election,
    "lot": _lot,
    "round": _round,
    "money": _money,
    "steering": _steering,
}
