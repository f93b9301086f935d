"""Check an archive from its first byte to its result, and the strong document beside it.

Order: outer form of the whole file, then event after event, then the strong document. The first
fault is the one that is named.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO, TypeAlias

from voting.errors import RefusalError
from voting.protocol import archive
from voting.protocol.archive import Event
from voting.protocol.ballot import ParsedBallot, verify_ballot
from voting.protocol.board import Board, Stage
from voting.protocol.question import Question
from voting.protocol.strong import verify_strong
from voting.protocol.tally import Counts

Check: TypeAlias = Callable[[bytes], ParsedBallot]
# As the built-in map: results in order, a fault raised when the turn of its ballot comes.
Each: TypeAlias = Callable[[Iterable[bytes]], Iterator[ParsedBallot]]


@dataclass(frozen=True)
class Accepted:
    """An archive without fault, and what it holds.

    `result` has one row of counts for each question, a blank first; None before the Result event.
    `head` and `height` are hash and height of the last event, `ballots` the number on the board,
    `counted` the number of credentials that cast one, `roll` the size of the roll, `partials` the
    number of partial decryptions. `passed` names the checks made.
    """

    stage: Stage
    result: Counts | None
    head: str
    height: int
    ballots: int
    counted: int
    roll: int
    partials: int
    uuid: str
    phi: str
    group: str
    questions: tuple[Question, ...]
    passed: tuple[str, ...]


@dataclass(frozen=True)
class Refused:
    """The first fault of an archive: its class, the facts, and the height of the event.

    `height` is None for faults of the outer form and of the strong document. `passed` names the
    checks that held before.
    """

    reason: str
    detail: dict[str, str | int]
    height: int | None
    passed: tuple[str, ...] = field(default=())


def in_turn(check: Check) -> Each:
    """Check one ballot after the other in this process."""
    return partial(map, check)


def verify(
    stream: BinaryIO,
    strong: bytes | None,
    *,
    archive_only: bool = False,
    start: Callable[[Check], Each] = in_turn,
    batch: int = 1,
    told: Callable[[int], object] = int,
) -> Accepted | Refused:
    """Check an archive and its strong document; never raises for what they hold.

    `stream` must be seekable. `archive_only` leaves the strong document out: such a verdict says
    that other programs accept the archive, not that its result is right. `start` is called once,
    when the election is known, and what it returns is given the ballots batch by batch, each batch
    before the one ahead of it is taken: so several processors can be kept at work. `told` hears
    after every batch up to which byte of the stream the archive is checked.
    """
    run = _Run(stream, start, batch, told)
    try:
        board = run.check_archive()
        if not archive_only:
            run.check_strong(board, strong)
    except RefusalError as refusal:
        return Refused(refusal.reason, refusal.facts, run.height, run.passed)
    return _accepted(board, run.passed)


def extends(old: BinaryIO, new: BinaryIO) -> bool:
    """Tell whether the new archive begins with all bytes of the old one."""
    old.seek(0)
    new.seek(0)
    while chunk := old.read(1 << 16):
        if new.read(len(chunk)) != chunk:
            return False
    return True


def holds_head(stream: BinaryIO, head: str) -> bool:
    """Tell whether an accepted archive had this head at one time, as a log or a phone names it."""
    stream.seek(0)
    return any(event.hash == head for event in archive.read_events(stream))


class _Run:
    """One pass over one archive; `height` is that of the event being checked."""

    def __init__(
        self,
        stream: BinaryIO,
        start: Callable[[Check], Each],
        batch: int,
        told: Callable[[int], object],
    ) -> None:
        self.height: int | None = None
        self._stream = stream
        self._start = start
        self._batch = batch
        self._told = told
        self._passed: list[str] = []

    @property
    def passed(self) -> tuple[str, ...]:
        return tuple(self._passed)

    def check_archive(self) -> Board:
        archive.check_layout(self._stream)
        self._passed.append("layout")
        self.height = 0
        events = archive.read_events(self._stream)
        first = next(events, None)
        if first is None:
            raise RefusalError("events.order")
        board = Board(self._stream, first, self._passed)
        self.height = 1
        setup = board.setup
        each = self._start(partial(verify_ballot, setup.election, credentials=setup.roll))
        for batch, verified in _handed_over(_batches(events, self._batch), each):
            self._take(board, batch, verified)
        self.height = None
        board.finish()
        self._passed.append("chain")
        return board

    def check_strong(self, board: Board, strong: bytes | None) -> None:
        if strong is not None:
            verify_strong(board.setup.election, board.tally, board.partials, strong)
            self._passed.append("strong")
        elif board.partials:
            raise RefusalError("strong.missing")

    def _take(self, board: Board, events: list[Event], verified: Iterator[ParsedBallot]) -> None:
        for event in events:
            board.take(event, verified)
            self.height = event.height + 1
        reached = [event.offsets[-1] for event in events if event.offsets]
        if reached:
            self._told(reached[-1])


def _batches(events: Iterator[Event], size: int) -> Iterator[list[Event]]:
    """Gather events; a fault among them is raised only after those before it were taken."""
    batch: list[Event] = []
    try:
        for event in events:
            batch.append(event)
            if len(batch) == size:
                yield batch
                batch = []
    except RefusalError:
        yield batch
        raise
    yield batch


def _handed_over(
    batches: Iterator[list[Event]], each: Each
) -> Iterator[tuple[list[Event], Iterator[ParsedBallot]]]:
    """Hand the ballots of every batch over before the batch ahead of it is taken."""
    ahead: list[tuple[list[Event], Iterator[ParsedBallot]]] = []
    try:
        for batch in batches:
            documents = [event.documents[0] for event in batch if event.type == "Ballot"]
            ahead.append((batch, each(documents)))
            if len(ahead) == 2:
                yield ahead.pop(0)
    except RefusalError:
        yield from ahead
        raise
    yield from ahead


def _accepted(board: Board, passed: tuple[str, ...]) -> Accepted:
    election = board.setup.election
    return Accepted(
        stage=board.stage,
        result=board.result,
        head=board.head,
        height=board.height,
        ballots=board.ballots,
        counted=board.counted,
        roll=len(board.setup.roll),
        partials=len(board.partials),
        uuid=election.uuid,
        phi=election.phi,
        group=election.group.name,
        questions=election.questions,
        passed=passed,
    )
