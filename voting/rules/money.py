"""The money of one fund, area and year: what each event does to the pot. All sums in cents."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from voting.errors import InputError

Act = Literal[
    "approve",
    "reduce",
    "pay",
    "cancel",
    "withdraw",
    "settle",
    "repay",
    "complete",
    "pot_change",
]
State = Literal["approved", "settled", "ended", "completed"]
Error = Literal[
    "above_request",
    "above_cap",
    "pot_short",
    "above_reservation",
    "below_paid",
    "above_approved",
    "above_due",
    "wrong_state",
]


@dataclass(frozen=True, slots=True)
class Event:
    """Hold one event; `cents` is the new sum of a grant or pot, or the money paid or accepted.

    `cancel`, `withdraw` and `complete` have no sum, `pot_change` has no grant, only `approve` has
    a request.
    """

    act: Act
    grant: str = ""
    cents: int = 0
    requested: int = 0


@dataclass(frozen=True, slots=True)
class Grant:
    """Hold one grant: promised, still reserved, paid less repaid, and due back."""

    state: State
    approved: int
    reserved: int
    paid: int = 0
    due: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Say why an event changes nothing; `short` is the excess over cap, pot, reservation or due."""

    error: Error
    short: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """Hold a pot and its grants; `cap` is the most one grant may be, None if there is no cap."""

    pot: int
    cap: int | None = None
    grants: Mapping[str, Grant] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def reserved(self) -> int:
        return sum(grant.reserved for grant in self.grants.values())

    @property
    def paid(self) -> int:
        """Return what was paid and has not come back."""
        return sum(grant.paid for grant in self.grants.values())

    @property
    def due(self) -> int:
        """Return what must be paid back."""
        return sum(grant.due for grant in self.grants.values())

    @property
    def approved(self) -> int:
        """Return the sum of all grants, ended ones too."""
        return sum(grant.approved for grant in self.grants.values())

    @property
    def available(self) -> int:
        """Return what can still be approved; never negative."""
        return self.pot - self.reserved - self.paid


def book(ledger: Ledger, event: Event) -> Ledger | Refusal:
    """Return the ledger after an event, or why it changes nothing (DOMAIN 5.6, 6, 11).

    Raise InputError `cents_negative`.
    """
    if min(event.cents, event.requested) < 0:
        raise InputError("cents_negative")
    if event.act == "pot_change":
        return _change_pot(ledger, event)
    if event.act == "approve":
        return _approve(ledger, event)
    grant = ledger.grants.get(event.grant)
    if grant is None or grant.state not in _STATES[event.act]:
        return Refusal("wrong_state")
    booked = _BOOKED[event.act](grant, event.cents)
    return booked if isinstance(booked, Refusal) else _with(ledger, event.grant, booked)


def _change_pot(ledger: Ledger, event: Event) -> Ledger | Refusal:
    short = ledger.reserved + ledger.paid - event.cents
    return Refusal("pot_short", short) if short > 0 else replace(ledger, pot=event.cents)


def _approve(ledger: Ledger, event: Event) -> Ledger | Refusal:
    if event.grant in ledger.grants:
        return Refusal("wrong_state")
    if event.cents > event.requested:
        return Refusal("above_request")
    if ledger.cap is not None and event.cents > ledger.cap:
        return Refusal("above_cap", event.cents - ledger.cap)
    if event.cents > ledger.available:
        return Refusal("pot_short", event.cents - ledger.available)
    return _with(ledger, event.grant, Grant("approved", event.cents, event.cents))


def _reduce(grant: Grant, cents: int) -> Grant | Refusal:
    if cents < grant.paid:
        return Refusal("below_paid")
    if cents > grant.approved:
        return Refusal("above_approved")
    return replace(grant, approved=cents, reserved=cents - grant.paid)


def _pay(grant: Grant, cents: int) -> Grant | Refusal:
    if cents > grant.reserved:
        return Refusal("above_reservation", cents - grant.reserved)
    return replace(grant, reserved=grant.reserved - cents, paid=grant.paid + cents)


def _end(grant: Grant, _: int) -> Grant:
    return replace(grant, state="ended", reserved=0, due=grant.paid)


def _settle(grant: Grant, accepted: int) -> Grant:
    payable = min(accepted, grant.approved)
    reserved, due = max(0, payable - grant.paid), max(0, grant.paid - payable)
    return replace(grant, state="settled", reserved=reserved, due=due)


def _repay(grant: Grant, cents: int) -> Grant | Refusal:
    if cents > grant.due:
        return Refusal("above_due", cents - grant.due)
    return replace(grant, due=grant.due - cents, paid=grant.paid - cents)


def _complete(grant: Grant, _: int) -> Grant | Refusal:
    """Nothing may be left to pay or to come back."""
    if grant.reserved or grant.due:
        return Refusal("wrong_state")
    return replace(grant, state="completed")


def _with(ledger: Ledger, name: str, grant: Grant) -> Ledger:
    return replace(ledger, grants=MappingProxyType({**ledger.grants, name: grant}))


_BOOKED = {
    "reduce": _reduce,
    "pay": _pay,
    "cancel": _end,
    "withdraw": _end,
    "settle": _settle,
    "repay": _repay,
    "complete": _complete,
}
_STATES: Mapping[str, tuple[State, ...]] = {
    "reduce": ("approved",),
    "pay": ("approved", "settled"),
    "cancel": ("approved",),
    "withdraw": ("approved",),
    "settle": ("approved",),
    "repay": ("settled", "ended"),
    "complete": ("settled", "ended"),
}
