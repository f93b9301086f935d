"""Guessing slowed down: failures counted in the database by scope and network.

Only failures are looked at. Whoever shows something valid is never asked how often others behind
the same address failed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any

from flask import request
from sqlalchemy import bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from app import db
from app.errors import Refused
from app.models import Throttle

WINDOW = timedelta(minutes=15)
INSERT: dict[str, Callable[..., Any]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}

# Written once: every cast asks this.
COUNTED = select(Throttle).where(
    Throttle.scope == bindparam("scope"),
    Throttle.network == bindparam("network"),
    col(Throttle.window_started_at) > bindparam("since"),
)


def count_failure(scope: str, limit: int) -> None:
    """Keep this failure whatever the answer is; refuse when there were too many before it."""
    # SQLite cannot commit beside a read of this very request.
    db.session().rollback()
    with db.writing() as own:
        now = db.clock(own)
        own.execute(delete(Throttle).where(col(Throttle.window_started_at) <= now - WINDOW))
        own.execute(_one_more(own, scope, now))
        counted = own.get_one(Throttle, (scope, network()))
    if counted.failures > limit:
        raise Refused("throttled", retry_after=_seconds_left(counted, now))


def require_free(scope: str, limit: int) -> None:
    """Refuse before dear work while this scope has failed too often."""
    held = db.session()
    now = db.clock(held)
    sought = {"scope": scope, "network": network(), "since": now - WINDOW}
    counted = held.exec(COUNTED, params=sought).first()
    if counted is not None and counted.failures >= limit:
        raise Refused("throttled", retry_after=_seconds_left(counted, now))


def network() -> str:
    """The visitor's network: an IPv4 /24 or an IPv6 /64."""
    address = ip_address(request.remote_addr or "127.0.0.1")
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    length = 24 if address.version == 4 else 64
    return str(ip_network(f"{address.compressed.partition('%')[0]}/{length}", strict=False))


def _one_more(own: Session, scope: str, now: datetime) -> Any:
    insert = INSERT[own.get_bind().dialect.name](Throttle)
    row = insert.values(scope=scope, network=network(), window_started_at=now, failures=1)
    return row.on_conflict_do_update(
        index_elements=["scope", "network"], set_={"failures": col(Throttle.failures) + 1}
    )


def _seconds_left(counted: Throttle, now: datetime) -> int:
    return max(1, ceil((counted.window_started_at + WINDOW - now).total_seconds()))
