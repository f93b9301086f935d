import io
import tarfile

import pytest

from tests.voting.protocol.made import TIMESTAMP, chain, check, unzip
from voting.errors import RefusalError
from voting.protocol import archive, canon, tar
from voting.protocol.verify import Accepted


def test_what_the_writers_append_is_the_archive(small):
    events = small.appended()
    assert b"".join(event.data for event in events) == chain(small.events())
    assert [event.height for event in events] == list(range(len(events)))
    assert [event.parent for event in events] == [None, *(event.head for event in events[:-1])]
    assert events[1].data.count(b".json\0") == 2
    assert all(len(event.data) % 512 == 0 for event in events)


def test_the_writers_make_the_bytes_of_the_published_archives():
    """Every event of an archive by the tool, written anew from its documents."""
    for name in ("ed_yna_multi", "approval", "threshold_new_2of3"):
        data = unzip(f"{name}/ok.bel.gz")
        timestamp = int(data[136:147], 8)
        parts: list[archive.Appended] = []
        for event in archive.read_events(io.BytesIO(data)):
            parts.append(_write_again(event, parts, timestamp))
            assert parts[-1].head == event.hash
        assert b"".join(part.data for part in parts) == data


def _write_again(event, parts, timestamp) -> archive.Appended:
    if not parts:
        return archive.setup(timestamp, *event.documents[:3])
    place = (parts[-1].head, len(parts), timestamp)
    documents = event.documents
    match event.type:
        case "Ballot":
            return archive.ballot(*place, documents[0])
        case "EndBallots":
            return archive.end_ballots(*place)
        case "EncryptedTally":
            counted = canon.peek(documents[1])["num_tallied"]
            return archive.encrypted_tally(*place, documents[0], counted)
        case "PartialDecryption":
            owner = canon.peek(documents[1])["owner"]
            return archive.partial_decryption(*place, owner, documents[0])
    return archive.result(*place, documents[0])


def test_an_ordinary_tar_program_reads_it(small):
    with tarfile.open(fileobj=io.BytesIO(small.archive + bytes(1024))) as read:
        names = read.getnames()
        ballot = read.extractfile(f"{canon.hexadecimal(small.ballots[0])}.data.json").read()
        assert {member.mtime for member in read} == {TIMESTAMP}
    assert names[0] == "BELENIOS"
    assert ballot == small.ballots[0]


def test_offsets_lead_to_the_documents(small):
    stream = io.BytesIO(small.archive)
    for event in archive.read_events(stream):
        for document, offset in zip(event.documents, event.offsets, strict=True):
            assert tar.read_at(stream, offset, len(document)) == document


def test_a_document_without_its_event_ends_the_reading(small):
    data = small.archive + tar.file(canon.hexadecimal(b"{}") + ".data.json", b"{}", TIMESTAMP)
    events = archive.read_events(io.BytesIO(data))
    assert [next(events).type for _ in small.appended()][-1] == "Result"
    with pytest.raises(RefusalError, match=r"archive\.layout"):
        next(events)


def test_reading_beyond_the_end(small):
    with pytest.raises(RefusalError, match=r"archive\.layout"):
        tar.read_at(io.BytesIO(small.archive), len(small.archive) - 1, 2)


def test_a_document_of_whole_blocks_needs_no_padding():
    for size in (0, 1, 511, 512, 513):
        data = tar.file("x", b"a" * size, TIMESTAMP)
        assert len(data) == 512 + (size + 511) // 512 * 512


def test_the_last_bytes_of_a_board_are_no_archive(small):
    parts = [event.data for event in small.appended()]
    assert isinstance(check(b"".join(parts), small.strong), Accepted)
    assert check(b"".join(parts[1:]), small.strong).reason == "archive.layout"
    swapped = [parts[0], parts[2], parts[1], *parts[3:]]
    assert check(b"".join(swapped), small.strong).reason == "archive.event"
    doubled = [*parts[:2], parts[1], *parts[2:]]
    assert check(b"".join(doubled), small.strong).reason == "archive.event"
