"""Tests talk to this machine only: any other connection fails, and so does the test."""

import socket
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from typing import Any

import pytest


class OutsideConnection(Exception):
    """A test tried to reach another machine."""


def is_inside(host: object) -> bool:
    """Whether a host is this machine."""
    if host in (None, "", b"", "localhost"):
        return True
    try:
        return ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _guard_address(original: Callable[..., Any]) -> Callable[..., Any]:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_inside(address[0]):
            raise OutsideConnection(f"connection to {address[0]}")
        return original(self, address)

    return connect


def _guard_lookup(original: Callable[..., Any]) -> Callable[..., Any]:
    def lookup(host: Any, *rest: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if not is_inside(name):
            raise OutsideConnection(f"look-up of {name}")
        return original(host, *rest, **named)

    return lookup


@pytest.fixture(autouse=True, scope="session")
def stay_inside() -> Iterator[None]:
    """Refuse every connection and name look-up that leaves this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guard_address(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _guard_lookup(socket.getaddrinfo))
        yield
