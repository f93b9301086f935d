"""The archive of an election: a tar file of documents and chained events (PROTOCOL 7).

Writers are pure: they return the exact bytes to append. The archive is the concatenation of what
they returned, in order.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from voting.errors import RefusalError
from voting.protocol import canon, tar
from voting.protocol.tar import Member

# How many data files stand before each event.
DOCUMENTS = {
    "Setup": 4,
    "Ballot": 1,
    "EndBallots": 0,
    "EncryptedTally": 2,
    "PartialDecryption": 2,
    "Result": 1,
}
_UNSUPPORTED = ("Shuffle", "EndShuffles")


class Appended(NamedTuple):
    """One event written: the bytes to append, and the hash of the event, the new board head."""

    type: str
    height: int
    parent: str | None
    data: bytes
    head: str


class Event(NamedTuple):
    """One event read: its hash and the documents before it, with their offsets in the stream."""

    type: str
    height: int
    hash: str
    documents: tuple[bytes, ...]
    offsets: tuple[int, ...]


def setup(timestamp: int, election: bytes, trustees: bytes, credentials: bytes) -> Appended:
    """Begin an archive; `timestamp` in Unix seconds stays the same for all its events."""
    documents = (election, trustees, credentials)
    names = ("election", "trustees", "credentials")
    hashes = [canon.hexadecimal(document) for document in documents]
    setup_data = canon.write(dict(zip(names, hashes, strict=True)))
    event = _append("Setup", None, 0, timestamp, (*documents, setup_data))
    return event._replace(data=tar.first_file(timestamp) + event.data)


def ballot(parent: str, height: int, timestamp: int, document: bytes) -> Appended:
    """Append a ballot to the event `parent`; `height` is that of the new event."""
    return _append("Ballot", parent, height, timestamp, (document,))


def end_ballots(parent: str, height: int, timestamp: int) -> Appended:
    """Append the end of voting."""
    return _append("EndBallots", parent, height, timestamp, ())


def encrypted_tally(
    parent: str, height: int, timestamp: int, document: bytes, counted: int
) -> Appended:
    """Append the encrypted tally of `counted` ballots."""
    fields = {
        "num_tallied": counted,
        "total_weight": counted,
        "encrypted_tally": canon.hexadecimal(document),
    }
    return _append("EncryptedTally", parent, height, timestamp, (document, canon.write(fields)))


def partial_decryption(
    parent: str, height: int, timestamp: int, owner: int, document: bytes
) -> Appended:
    """Append the partial decryption of one owner."""
    fields = {"owner": owner, "payload": canon.hexadecimal(document)}
    named = (document, canon.write(fields))
    return _append("PartialDecryption", parent, height, timestamp, named)


def result(parent: str, height: int, timestamp: int, document: bytes) -> Appended:
    """Append the result; nothing may follow it."""
    return _append("Result", parent, height, timestamp, (document,))


def check_layout(stream: BinaryIO) -> None:
    """Check the outer form of a whole seekable stream.

    Raises RefusalError `archive.layout`, `unsupported` (version).
    """
    last = "event"
    for member in tar.read_members(stream):
        last = member.kind
    if last != "event":
        raise RefusalError("archive.layout")


def read_events(stream: BinaryIO) -> Iterator[Event]:
    """Yield the events of a seekable stream, each checked against its files and its parent.

    The stream stands at the end of each event and may be moved between two. Raises RefusalError
    `archive.layout`, `archive.hash`, `archive.event` or `unsupported`.
    """
    parent: str | None = None
    height = 0
    data: list[Member] = []
    for member in tar.read_members(stream):
        if canon.hexadecimal(member.content) != member.hash:
            raise RefusalError("archive.hash")
        if member.kind == "data":
            data.append(member)
            if len(data) > max(DOCUMENTS.values()):
                raise RefusalError("archive.event")
            continue
        yield _read_event(member, data, parent, height)
        parent, height, data = member.hash, height + 1, []
    if data:
        raise RefusalError("archive.layout")


class _Record(NamedTuple):
    parent: str | None
    height: int
    type: str
    payload: str | None


_RECORD = canon.record(
    _Record,
    {
        "parent": canon.digest,
        "height": canon.natural,
        "type": canon.text,
        "payload": canon.digest,
    },
    optional={"parent", "payload"},
)


def _append(
    kind: str, parent: str | None, height: int, timestamp: int, documents: Sequence[bytes]
) -> Appended:
    event: dict[str, object] = {"parent": parent} if parent else {}
    event |= {"height": height, "type": kind}
    if documents:
        event["payload"] = canon.hexadecimal(documents[-1])
    record = canon.write(event)
    head = canon.hexadecimal(record)
    files = [
        tar.file(f"{canon.hexadecimal(each)}.data.json", each, timestamp) for each in documents
    ]
    files.append(tar.file(f"{head}.event.json", record, timestamp))
    return Appended(kind, height, parent, b"".join(files), head)


def _read_event(member: Member, data: Sequence[Member], parent: str | None, height: int) -> Event:
    try:
        record = canon.read(member.content, _RECORD)
    except RefusalError:
        raise RefusalError("archive.event") from None
    if record.type in _UNSUPPORTED:
        raise RefusalError("unsupported", event=record.type)
    expected = _Record(parent, height, record.type, data[-1].hash if data else None)
    if record != expected or DOCUMENTS.get(record.type) != len(data):
        raise RefusalError("archive.event")
    return Event(
        record.type,
        height,
        member.hash,
        tuple(each.content for each in data),
        tuple(each.offset for each in data),
    )
