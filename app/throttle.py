"""Guessing slowed down: counts in the database by what is tried, on whom and from where.

Two ways. What nobody can guess (cards, links) is looked up first and only failures are counted, so
that whoever shows something valid is never asked how often others behind the same address failed.
What could be guessed (passphrases, codes) is counted before it is compared, so that no number of
requests at the same time compares more than the budget.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any, NamedTuple

from flask import request
from sqlalchemy import bindparam, case, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from app import db
from app.errors import Refused
from app.models import Throttle

WINDOW = timedelta(minutes=15)
ANY = ""
INSERT: dict[str, Callable[..., Any]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}

# Written once: every cast asks this.
COUNTED = select(Throttle).where(
    Throttle.scope == bindparam("scope"),
    Throttle.subject == bindparam("subject"),
    Throttle.network == bindparam("network"),
    col(Throttle.window_started_at) > bindparam("since"),
)


class Budget(NamedTuple):
    """How many tries a window has: on one subject from one place, on it from all, from one place.

    A device that is known to the subject has the first budget for itself and is not asked for the
    others: strangers cannot use it up.
    """

    scope: str
    on_subject_from_here: int
    on_subject: int
    from_here: int


class Row(NamedTuple):
    """One count and its limit."""

    subject: str
    network: str
    limit: int


def count_failure(scope: str, limit: int) -> None:
    """Keep this failure whatever the answer is; refuse when there were too many before it."""
    _count(scope, [Row(ANY, network(), limit)])


def require_free(scope: str, limit: int) -> None:
    """Refuse before dear work while this scope has failed too often."""
    held = db.session()
    now = db.clock(held)
    sought = {"scope": scope, "subject": ANY, "network": network(), "since": now - WINDOW}
    counted = held.exec(COUNTED, params=sought).first()
    if counted is not None and counted.failures >= limit:
        raise Refused("throttled", retry_after=_seconds_left(counted, now))


def begin_try(budget: Budget, subject: str, device: str | None) -> None:
    """Count a try before it is judged; refuse it unjudged when a budget is used up."""
    _count(budget.scope, _rows(budget, subject, device))


def end_well(held: Session, budget: Budget, subject: str, device: str | None) -> None:
    """Take a try back that was no failure; it stays counted if the caller's writing fails."""
    for row in _rows(budget, subject, device):
        held.exec(
            update(Throttle)
            .where(
                col(Throttle.scope) == budget.scope,
                col(Throttle.subject) == row.subject,
                col(Throttle.network) == row.network,
                col(Throttle.failures) > 0,
            )
            .values(failures=col(Throttle.failures) - 1)
        )


def network() -> str:
    """The visitor's network: an IPv4 /24 or an IPv6 /64."""
    address = ip_address(request.remote_addr or "127.0.0.1")
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    length = 24 if address.version == 4 else 64
    return str(ip_network(f"{address.compressed.partition('%')[0]}/{length}", strict=False))


def _rows(budget: Budget, subject: str, device: str | None) -> list[Row]:
    if device:
        return [Row(subject, f"device {device}", budget.on_subject_from_here)]
    return [
        Row(ANY, network(), budget.from_here),
        Row(subject, ANY, budget.on_subject),
        Row(subject, network(), budget.on_subject_from_here),
    ]


def _count(scope: str, rows: list[Row]) -> None:
    # SQLite cannot commit beside a read of this very request.
    db.session().rollback()
    with db.writing() as own:
        now = db.clock(own)
        for row in rows:
            own.execute(_one_more(own, scope, row, now))
        counted = [(own.get_one(Throttle, (scope, row.subject, row.network)), row) for row in rows]
    waits = [_seconds_left(each, now) for each, row in counted if each.failures > row.limit]
    if waits:
        raise Refused("throttled", retry_after=max(waits))


def _one_more(own: Session, scope: str, row: Row, now: datetime) -> Any:
    """Count in the running window, or begin a new one."""
    insert = INSERT[own.get_bind().dialect.name](Throttle)
    key = {"scope": scope, "subject": row.subject, "network": row.network}
    is_over = col(Throttle.window_started_at) <= now - WINDOW
    return insert.values(**key, window_started_at=now, failures=1).on_conflict_do_update(
        index_elements=list(key),
        set_={
            "failures": case((is_over, 1), else_=col(Throttle.failures) + 1),
            "window_started_at": case((is_over, now), else_=col(Throttle.window_started_at)),
        },
    )


def _seconds_left(counted: Throttle, now: datetime) -> int:
    return max(1, ceil((counted.window_started_at + WINDOW - now).total_seconds()))
