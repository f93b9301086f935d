"""The board of one election as its events come in: which may follow, and what each must hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal, NamedTuple, TypeAlias

from voting.errors import RefusalError
from voting.protocol import canon, tar
from voting.protocol.archive import Event
from voting.protocol.ballot import ParsedBallot, parse_ballot, tracker
from voting.protocol.credential import parse_roll
from voting.protocol.election import Election, parse_election
from voting.protocol.strong import Partial
from voting.protocol.tally import Counts, Sum, Tally, decrypt, parse_tally, verify_partial
from voting.protocol.trustee import Trustees, parse_trustees

Stage: TypeAlias = Literal["open", "ended", "tallied", "done"]

_MAY_FOLLOW: dict[Stage, tuple[str, ...]] = {
    "open": ("Ballot", "EndBallots"),
    "ended": ("EncryptedTally",),
    "tallied": ("PartialDecryption", "Result"),
    "done": (),
}


@dataclass(frozen=True)
class Setup:
    """The checked documents that an election begins with."""

    election: Election
    trustees: Trustees
    roll: frozenset[str]


class Board:
    """Everything known after the events so far; the first is handed to the constructor.

    `stream` is read again only where a voter has replaced a ballot, so that the memory for each
    ballot stays small. Completed checks are named in `passed`.
    """

    def __init__(self, stream: BinaryIO, first: Event, passed: list[str]) -> None:
        if first.type != "Setup":
            raise RefusalError("events.order")
        self.setup = parse_setup(*first.documents)
        self.stage: Stage = "open"
        self.head, self.height = first.hash, first.height
        self.ballots = 0
        self.tally: Tally | None = None
        self.partials: dict[int, Partial] = {}
        self.result: Counts | None = None
        self.passed = passed
        passed.append("setup")
        self._stream = stream
        self._sum = Sum(self.setup.election)
        self._trackers: set[str] = set()
        self._last: dict[str, tuple[int, int]] = {}

    @property
    def counted(self) -> int:
        """The number of credentials that have cast a ballot."""
        return len(self._last)

    def take(self, event: Event, verified: Iterator[ParsedBallot]) -> None:
        """Check the next event; `verified` yields the ballots, each after all checks of its own.

        Raises RefusalError with any class of the strict verifier.
        """
        if event.type not in _MAY_FOLLOW[self.stage]:
            raise RefusalError("events.order")
        if event.type == "Ballot":
            self._take_ballot(event, verified)
        else:
            take: dict[str, Callable[..., None]] = {
                "EndBallots": self._end_ballots,
                "EncryptedTally": self._take_tally,
                "PartialDecryption": self._take_partial,
                "Result": self._take_result,
            }
            take[event.type](*event.documents)
        self.head, self.height = event.hash, event.height

    def finish(self) -> None:
        """Check what may be wrong without another event: a tally that has no small counts."""
        if self.stage == "open":
            self.passed.append("ballots")
        if self.stage == "tallied" and self.partials:
            self._decrypt()
            self.passed.append("decryptions")

    def _take_ballot(self, event: Event, verified: Iterator[ParsedBallot]) -> None:
        document, offset = event.documents[0], event.offsets[0]
        mark = tracker(document)
        if mark in self._trackers:
            raise RefusalError("ballot.duplicate")
        ballot = next(verified)
        # A credential of BELENIOS-2048 takes ten times the room of its hash.
        voter = canon.base64(ballot.credential.encode())
        replaced = self._last.get(voter)
        if replaced:
            old = tar.read_at(self._stream, *replaced)
            self._sum.take(parse_ballot(self.setup.election, old).points)
        self._sum.add(ballot.points)
        self._trackers.add(mark)
        self._last[voter] = offset, len(document)
        self.ballots += 1

    def _end_ballots(self) -> None:
        self.stage = "ended"
        self.passed.append("ballots")

    def _take_tally(self, document: bytes, description: bytes) -> None:
        described = canon.read(description, _DESCRIBED_TALLY)
        if described.encrypted_tally != canon.hexadecimal(document):
            raise RefusalError("archive.event")
        parse_tally(self.setup.election, document, self.counted)
        tally = self._sum.tally(self.counted)
        if document != tally.document:
            raise RefusalError("tally.mismatch")
        if {described.num_tallied, described.total_weight} != {self.counted}:
            raise RefusalError("tally.mismatch", counted=self.counted)
        self.tally = tally
        self.stage = "tallied"
        self.passed.append("tally")

    def _take_partial(self, document: bytes, description: bytes) -> None:
        described = canon.read(description, _DESCRIBED_PARTIAL)
        document_hash = canon.hexadecimal(document)
        if described.payload != document_hash:
            raise RefusalError("archive.event")
        owner = self.setup.trustees.owners.get(described.owner)
        if owner is None or owner.number in self.partials:
            raise RefusalError("decryption.owner", owner=described.owner)
        factors = verify_partial(self.setup.election, self._tallied, owner, document)
        self.partials[owner.number] = Partial(owner, document_hash, factors)

    def _take_result(self, document: bytes) -> None:
        published = canon.read(document, _RESULT)
        counts = self._decrypt()
        if counts is None:
            raise RefusalError("decryption.missing")
        self.passed.append("decryptions")
        if published != counts:
            raise RefusalError("result.mismatch")
        self.result = counts
        self.stage = "done"
        self.passed.append("result")

    def _decrypt(self) -> Counts | None:
        factors = {number: partial.factors for number, partial in self.partials.items()}
        return decrypt(self.setup.trustees, self._tallied, factors)

    @property
    def _tallied(self) -> Tally:
        if self.tally is None:
            raise RefusalError("events.order")
        return self.tally


def parse_setup(
    election: bytes, trustees: bytes, credentials: bytes, setup_data: bytes | None = None
) -> Setup:
    """Check the documents that an election begins with; `setup_data` holds their hashes.

    Raises RefusalError as the parsers of the documents, `archive.event` for other hashes, and
    `trustees.key` if the trustees do not make the election key.
    """
    if setup_data is not None:
        hashes = tuple(canon.hexadecimal(each) for each in (election, trustees, credentials))
        if canon.read(setup_data, _SETUP_DATA) != hashes:
            raise RefusalError("archive.event")
    parsed = parse_election(election)
    keys = parse_trustees(parsed.group, trustees)
    if keys.public_key != parsed.public_key:
        raise RefusalError("trustees.key")
    return Setup(parsed, keys, parse_roll(parsed.group, credentials))


def owner_of(description: bytes) -> int:
    """Return whose partial decryption this is, by the document beside it on the board.

    Raises RefusalError `json.canonical`.
    """
    return canon.read(description, _DESCRIBED_PARTIAL).owner


def counted_in(description: bytes) -> int:
    """Return how many ballots an encrypted tally adds up, by the document beside it on the board.

    Raises RefusalError `json.canonical`.
    """
    return canon.read(description, _DESCRIBED_TALLY).num_tallied


class _SetupData(NamedTuple):
    election: str
    trustees: str
    credentials: str


class _DescribedTally(NamedTuple):
    num_tallied: int
    total_weight: int
    encrypted_tally: str


class _DescribedPartial(NamedTuple):
    owner: int
    payload: str


_SETUP_DATA = canon.record(
    _SetupData, {"election": canon.digest, "trustees": canon.digest, "credentials": canon.digest}
)
_DESCRIBED_TALLY = canon.record(
    _DescribedTally,
    {
        "num_tallied": canon.natural,
        "total_weight": canon.natural,
        "encrypted_tally": canon.digest,
    },
)
_DESCRIBED_PARTIAL = canon.record(
    _DescribedPartial, {"owner": canon.natural, "payload": canon.digest}
)
_RESULT: canon.Shape[Counts] = canon.record(
    lambda rows: rows, {"result": canon.array(canon.array(canon.natural))}
)
