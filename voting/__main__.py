"""Check without the server: verify FILE.bel, split FILE.bel, decide FILE.json, log FILE.jsonl."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from voting.errors import RefusalError
from voting.log import register
from voting.protocol import archive, report
from voting.protocol.ballot import ParsedBallot
from voting.protocol.election import parse_election
from voting.protocol.verify import Accepted, Check, Each, Refused, extends, holds_head, verify
from voting.scenario import document, run, sentences

ACCEPTED, REFUSED, UNREADABLE = 0, 1, 2

# From this size on, starting processes costs less than it saves.
_POOL_BYTES = 2_000_000
_BATCH = 64
_CHUNK = 8


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 for accepted, 1 for refused, 2 where nothing could be checked."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.command(given))
    except OSError as error:
        print(f"{error.filename or given.file}: {error.strerror or error}", file=sys.stderr)
        return UNREADABLE
    except BrokenExecutor:
        print(f"{given.file}: a process that checked ballots was ended", file=sys.stderr)
        return UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m voting", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_verify(commands.add_parser("verify", help="check an archive from first byte to result"))
    _add_split(commands.add_parser("split", help="write each ballot of an archive to a file"))
    _add_decide(commands.add_parser("decide", help="judge worked scenarios by the rules"))
    _add_log(commands.add_parser("log", help="check the decision log of an area and its texts"))
    return parser


def _add_verify(command: argparse.ArgumentParser) -> None:
    command.set_defaults(command=_verify)
    command.add_argument("file", type=Path, metavar="FILE.bel")
    side = command.add_mutually_exclusive_group()
    side.add_argument(
        "--strong",
        type=Path,
        metavar="FILE",
        help="the strong proofs (default: the file beside the archive, if there is one)",
    )
    side.add_argument(
        "--wire", action="store_true", help="check the archive alone, as other programs do"
    )
    command.add_argument(
        "--since", type=Path, metavar="OLD.bel", help="an older copy that must be continued"
    )
    command.add_argument(
        "--head",
        metavar="HASH",
        help="a head from the log or a phone that the archive must have had",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument(
        "--processes",
        type=int,
        choices=range(1, 65),
        metavar="N",
        help="how many check ballots at once (default: one for each processor)",
    )
    command.add_argument(
        "--progress",
        action="store_true",
        help="say how far it is (a terminal is told of long archives without asking)",
    )


def _add_split(command: argparse.ArgumentParser) -> None:
    command.set_defaults(command=_split)
    command.add_argument("file", type=Path, metavar="FILE.bel")
    command.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that is not there")


def _add_decide(command: argparse.ArgumentParser) -> None:
    command.set_defaults(command=_decide)
    command.add_argument("file", type=Path, metavar="FILE.json")
    command.add_argument("--json", action="store_true", help="print one JSON object")


def _add_log(command: argparse.ArgumentParser) -> None:
    command.set_defaults(command=_log)
    command.add_argument("file", type=Path, metavar="FILE.jsonl")


def _log(given: argparse.Namespace) -> int:
    try:
        with given.file.open("rb") as lines:
            found = register.check(lines)
    except RefusalError as refusal:
        place = f"line {refusal.facts['line']}"
        print(f"{given.file}: {place}: {register.REASONS[refusal.reason]} [{refusal.reason}]")
        return REFUSED
    print(f"{found.entries} entries, root {found.root}")
    print(f"texts: {found.opened} fit, {found.removed} removed, {found.closed} not shown")
    return ACCEPTED


def _decide(given: argparse.Namespace) -> int:
    try:
        scenarios = document.read(given.file.read_bytes())
        results = run.results(scenarios)
    except RefusalError as error:
        print(f"{given.file}: {sentences.refusal(error)}", file=sys.stderr)
        return UNREADABLE
    if given.json:
        print(json.dumps({"format": "kiezvotum-results/1", "results": results}))
    else:
        print(sentences.report(scenarios, results))
    return ACCEPTED


def _split(given: argparse.Namespace) -> int:
    """Write what belenios-tool's verify-ballot reads: the election without ballots, each ballot."""
    try:
        with given.file.open("rb") as stream:
            print(f"{_write_parts(stream, given.folder)} ballots")
    except RefusalError as error:
        print(f"{given.file}: {report.REASONS[error.reason]} [{error.reason}]", file=sys.stderr)
        return REFUSED
    return ACCEPTED


def _write_parts(stream: BinaryIO, folder: Path) -> int:
    (folder / "election").mkdir(parents=True)
    ballots = 0
    for event in archive.read_events(stream):
        if event.type == "Setup":
            uuid, size = parse_election(event.documents[0]).uuid, stream.tell()
            stream.seek(0)
            (folder / "election" / f"{uuid}.bel").write_bytes(stream.read(size))
        elif event.type == "Ballot":
            ballots += 1
            (folder / f"ballot-{ballots:05}.json").write_bytes(event.documents[0])
    return ballots


def _verify(given: argparse.Namespace) -> int:
    verdict = _check(given)
    if given.json:
        print(json.dumps(report.as_json(verdict)))
    else:
        compared = [each for each in ("since", "head") if getattr(given, each)]
        print(report.as_text(verdict, archive_only=given.wire, compared=compared))
    return ACCEPTED if isinstance(verdict, Accepted) else REFUSED


def _check(given: argparse.Namespace) -> Accepted | Refused:
    with ExitStack() as stack:
        stream = stack.enter_context(given.file.open("rb"))
        strong = None if given.wire else _read_strong(given)
        old = stack.enter_context(given.since.open("rb")) if given.since else None
        verdict = _verdict(stream, strong, given, stack)
        if isinstance(verdict, Refused):
            return verdict
        if old and not extends(old, stream):
            return Refused("archive.since", {}, None, verdict.passed)
        if given.head and not holds_head(stream, given.head):
            return Refused("archive.head", {}, None, verdict.passed)
        return verdict


def _verdict(
    stream: BinaryIO, strong: bytes | None, given: argparse.Namespace, stack: ExitStack
) -> Accepted | Refused:
    size = given.file.stat().st_size
    is_long = size >= _POOL_BYTES
    told: Callable[[int], object] = int
    if given.progress or (is_long and sys.stderr.isatty()):
        told = _Progress(size)
        stack.callback(print, file=sys.stderr)
    check = partial(verify, stream, strong, archive_only=given.wire, told=told)
    if not is_long or given.processes == 1:
        return check()
    return check(start=partial(_start_pool, stack, given.processes), batch=_BATCH)


class _Progress:
    """Writes over one line how much of the archive is checked, once for each whole percent."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._said = -1

    def __call__(self, checked: int) -> None:
        percent = 100 * checked // self._size
        if percent != self._said:
            self._said = percent
            print(f"\r{percent:3} %", end="", file=sys.stderr, flush=True)


def _start_pool(stack: ExitStack, processes: int | None, check: Check) -> Each:
    """Give every process the election and its roll once; afterwards only ballots travel."""
    pool = ProcessPoolExecutor(processes, initializer=_Work.begin, initargs=(check,))
    stack.enter_context(pool)

    def each(ballots: Iterable[bytes]) -> Iterator[ParsedBallot]:
        outcomes = pool.map(_Work.outcome, ballots, chunksize=_CHUNK)
        return map(_ballot_of, outcomes)

    return each


class _Work:
    """What a process of the pool knows."""

    check: Check

    @classmethod
    def begin(cls, check: Check) -> None:
        cls.check = check

    @classmethod
    def outcome(cls, ballot: bytes) -> ParsedBallot | RefusalError:
        """Return a refusal instead of raising it, or those before it in its chunk were lost."""
        try:
            return cls.check(ballot)
        except RefusalError as refusal:
            return refusal


def _ballot_of(outcome: ParsedBallot | RefusalError) -> ParsedBallot:
    if isinstance(outcome, RefusalError):
        raise outcome
    return outcome


def _read_strong(given: argparse.Namespace) -> bytes | None:
    if given.strong:
        return bytes(given.strong.read_bytes())
    beside = given.file.with_suffix(".strong.json")
    return bytes(beside.read_bytes()) if beside.is_file() else None


if __name__ == "__main__":
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.exit(main())
