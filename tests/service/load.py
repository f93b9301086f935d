"""A light client that sends prepared requests over several connections, as fast as they go."""

import socket
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO, NamedTuple

PATIENCE = 30


class Load(NamedTuple):
    """How many answers of which status came within how many seconds."""

    statuses: Counter[int]
    seconds: float

    @property
    def rate(self) -> float:
        return self.statuses[200] / self.seconds


def get(host: str, path: str) -> bytes:
    """A GET request of a visitor without cookies."""
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def post_json(host: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """A POST request with a JSON body."""
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {host}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def send(port: int, requests: Sequence[bytes], connections: int = 8) -> Load:
    """Send every request once, spread over connections that stay open."""
    shares = [requests[number::connections] for number in range(connections)]
    began = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        counts = list(pool.map(lambda share: _send_share(port, share), shares))
    return Load(sum(counts, Counter()), time.perf_counter() - began)


def _send_share(port: int, requests: Sequence[bytes]) -> Counter[int]:
    statuses: Counter[int] = Counter()
    left = list(reversed(requests))
    while left:
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
            answers = connection.makefile("rb")
            is_kept = True
            while left and is_kept:
                connection.sendall(left.pop())
                status, is_kept = _read_answer(answers)
                statuses[status] += 1
    return statuses


def _read_answer(answers: BinaryIO) -> tuple[int, bool]:
    """The status of an answer, and whether the connection stays open after it."""
    status = int(answers.readline().split(b" ", 2)[1])
    length, is_kept = 0, True
    while (line := answers.readline().lower()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            length = int(value)
        if name == b"connection":
            is_kept = value.strip() != b"close"
    answers.read(length)
    return status, is_kept
