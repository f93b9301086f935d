"""The outer form of an archive: plain tar files, all bytes of them prescribed."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from voting.errors import RefusalError
from voting.protocol import canon

_BLOCK = 512
_FIRST = "BELENIOS"
_NAME = re.compile(r"([0-9a-f]{64})\.(data|event)\.json", re.ASCII)
_SIZE = re.compile(rb"[0-7]{11}")
_TIMESTAMP = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)


class Member(NamedTuple):
    """One file behind the first: `data` or `event`, the hash in its name, and its content."""

    kind: str
    hash: str
    content: bytes
    offset: int


def first_file(timestamp: int) -> bytes:
    """Return the file that every archive begins with; its timestamp is that of all files."""
    return file(_FIRST, canon.write({"version": 1, "timestamp": str(timestamp)}), timestamp)


def file(name: str, content: bytes, timestamp: int) -> bytes:
    """Return header, content and padding of a file."""
    return _header(name, len(content), timestamp) + content + bytes(-len(content) % _BLOCK)


def read_members(stream: BinaryIO) -> Iterator[Member]:
    """Yield the files behind the first; whether contents fit their names is not checked.

    The stream must be seekable and may be moved between two files. Raises RefusalError
    `archive.layout` for any byte out of place, `unsupported` (version).
    """
    end = stream.seek(0, 2)
    first = _read(stream, 0, end)
    timestamp = _read_first(first.content)
    first.require_header(_FIRST, timestamp)
    offset = first.end
    while offset < end:
        raw = _read(stream, offset, end)
        name = raw.header[:100].rstrip(b"\0").decode("ascii", "replace")
        raw.require_header(name, timestamp)
        parts = _NAME.fullmatch(name)
        if not parts:
            raise RefusalError("archive.layout")
        yield Member(parts[2], parts[1], raw.content, offset + _BLOCK)
        offset = raw.end


def read_at(stream: BinaryIO, offset: int, size: int) -> bytes:
    """Return `size` bytes at an offset. Raises RefusalError `archive.layout` if there are fewer."""
    stream.seek(offset)
    content = stream.read(size)
    if len(content) != size:
        raise RefusalError("archive.layout")
    return content


class _Raw(NamedTuple):
    header: bytes
    content: bytes
    end: int

    def require_header(self, name: str, timestamp: int) -> None:
        if self.header != _header(name, len(self.content), timestamp):
            raise RefusalError("archive.layout")


class _First(NamedTuple):
    version: int
    timestamp: str


_FIRST_SHAPE = canon.record(
    _First, {"version": canon.natural, "timestamp": canon.matching(_TIMESTAMP)}
)


def _header(name: str, size: int, timestamp: int) -> bytes:
    block = bytearray(_BLOCK)
    fields = {
        0: name.encode(),
        100: b"0000644",
        108: b"0000000",
        116: b"0000000",
        124: b"%011o" % size,
        136: b"%011o" % timestamp,
        148: b" " * 8,
        156: b"0",
    }
    for at, field in fields.items():
        block[at : at + len(field)] = field
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def _read(stream: BinaryIO, offset: int, end: int) -> _Raw:
    header = read_at(stream, offset, _BLOCK)
    digits = header[124:135]
    if not _SIZE.fullmatch(digits):
        raise RefusalError("archive.layout")
    size = int(digits, 8)
    following = offset + _BLOCK + size + -size % _BLOCK
    if following > end:
        raise RefusalError("archive.layout")
    body = read_at(stream, offset + _BLOCK, following - offset - _BLOCK)
    if body[size:].strip(b"\0"):
        raise RefusalError("archive.layout")
    return _Raw(header, body[:size], following)


def _read_first(content: bytes) -> int:
    try:
        first = canon.read(content, _FIRST_SHAPE)
    except RefusalError:
        raise RefusalError("archive.layout") from None
    if first.version != 1:
        raise RefusalError("unsupported", version=first.version)
    return int(first.timestamp)
