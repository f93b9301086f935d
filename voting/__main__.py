"""Check an election without the server: python -m voting verify FILE.bel."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from voting.protocol.ballot import ParsedBallot
from voting.protocol.verify import Accepted, Each, Refused, extends, verify

ACCEPTED, REFUSED, UNREADABLE = 0, 1, 2

# From this size on, starting processes costs less than it saves.
_POOL_BYTES = 2_000_000
_BATCH = 64
_TEXT_LENGTH = 400

_CHECKS = {
    "layout": "The file has the form of an archive",
    "setup": "Question, keys and electoral roll fit together",
    "ballots": "Every ballot is on the roll, signed, and holds a permitted choice",
    "tally": "The encrypted tally is the product of the last ballot of each voter",
    "decryptions": "The decryptions belong to the keys of this election",
    "result": "The published result is what the tally holds",
    "chain": "The chain of events is whole",
    "strong": "The strong proofs bind every decryption to this tally",
    "since": "The archive continues the older copy without a change",
}

_STAGES = {
    "open": "voting is open",
    "ended": "voting has ended, nothing is counted yet",
    "tallied": "the encrypted tally is published, there is no result yet",
    "done": "the result is published",
}

_REASONS = {
    "archive.layout": "the file is damaged, cut off or has something added",
    "archive.hash": "a document was changed after its hash was taken",
    "archive.event": "an event does not fit the one before it or its documents",
    "archive.since": "the archive does not continue the older copy",
    "events.order": "an event stands where it may not stand",
    "json.canonical": "a document is not written in the one prescribed form",
    "group.element": "a number that should be a group element is none",
    "unsupported": "this kind of election is not supported",
    "setup.question": "a question cannot be answered as it is set up",
    "setup.uuid": "the election has no proper identifier",
    "trustees.pok": "a key holder did not prove to hold the key",
    "trustees.pedersen": "the shared key was not made as prescribed",
    "trustees.key": "the election key is not the key of the key holders",
    "credentials.duplicate": "the electoral roll names a voting key twice",
    "ballot.election": "a ballot belongs to another election or wording",
    "ballot.credential": "a ballot was cast with a key that is not on the roll",
    "ballot.duplicate": "a ballot stands on the board twice",
    "ballot.shape": "a ballot does not answer the questions of this election",
    "ballot.signature": "the signature of a ballot is wrong",
    "ballot.proof": "a ballot does not prove that it holds a permitted choice",
    "tally.mismatch": "the encrypted tally is not the product of the ballots",
    "decryption.owner": "a decryption is by nobody of the key holders, or by one of them twice",
    "decryption.shape": "a decryption does not fit the tally",
    "decryption.proof": "the proof of a decryption is wrong",
    "decryption.missing": "there is a result, but not enough decryptions",
    "result.not_computable": "the decryptions do not give numbers of votes",
    "result.mismatch": "the published result is not what the tally holds",
    "strong.missing": "the strong proofs are missing, or by others than the decryptions",
    "strong.form": "the strong proofs are not written in the prescribed form",
    "strong.binding": "the strong proofs belong to another election, tally or decryption",
    "strong.proof": "a strong proof is wrong",
}


@dataclass(frozen=True)
class _Request:
    file: Path
    strong: Path | None
    since: Path | None
    wire: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 for accepted, 1 for refused, 2 where nothing could be checked."""
    given = _parser().parse_args(arguments)
    request = _Request(given.file, given.strong, given.since, given.wire)
    try:
        verdict = _check(request)
    except OSError as error:
        print(f"{error.filename or request.file}: {error.strerror or error}", file=sys.stderr)
        return UNREADABLE
    print(json.dumps(_as_json(verdict)) if given.json else _as_text(verdict, request))
    return ACCEPTED if isinstance(verdict, Accepted) else REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m voting", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("verify", help="check an archive from first byte to result")
    command.add_argument("file", type=Path, metavar="FILE.bel")
    command.add_argument(
        "--strong",
        type=Path,
        metavar="FILE",
        help="the strong proofs (default: the file beside the archive, if there is one)",
    )
    command.add_argument(
        "--wire", action="store_true", help="check the archive alone, as other programs do"
    )
    command.add_argument(
        "--since", type=Path, metavar="OLD.bel", help="an older copy that must be continued"
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _check(request: _Request) -> Accepted | Refused:
    with ExitStack() as stack:
        stream = stack.enter_context(request.file.open("rb"))
        strong = None if request.wire else _read_strong(request)
        old = stack.enter_context(request.since.open("rb")) if request.since else None
        verdict = _verify(stream, strong, request, stack)
        if old is None or isinstance(verdict, Refused):
            return verdict
        if not extends(old, stream):
            return Refused("archive.since", {}, None, verdict.passed)
        return verdict


def _verify(
    stream: BinaryIO, strong: bytes | None, request: _Request, stack: ExitStack
) -> Accepted | Refused:
    if request.file.stat().st_size < _POOL_BYTES:
        return verify(stream, strong, archive_only=request.wire)
    pool = stack.enter_context(ProcessPoolExecutor())
    return verify(stream, strong, archive_only=request.wire, each=_in(pool), batch=_BATCH)


def _in(pool: ProcessPoolExecutor) -> Each:
    def each(
        check: Callable[[bytes], ParsedBallot], ballots: Iterable[bytes]
    ) -> Iterator[ParsedBallot]:
        return pool.map(check, ballots, chunksize=8)

    return each


def _read_strong(request: _Request) -> bytes | None:
    if request.strong:
        return request.strong.read_bytes()
    beside = request.file.with_suffix(".strong.json")
    return beside.read_bytes() if beside.is_file() else None


def _as_json(verdict: Accepted | Refused) -> dict[str, object]:
    if isinstance(verdict, Refused):
        return {
            "verdict": "refused",
            "stage": None,
            "result": None,
            "reason": verdict.reason,
            "detail": verdict.detail,
            "height": verdict.height,
        }
    return {
        "verdict": "accepted",
        "stage": verdict.stage,
        "result": verdict.result,
        "reason": None,
        "detail": {
            "uuid": verdict.uuid,
            "election_hash": verdict.phi,
            "head": verdict.head,
            "roll": verdict.roll,
            "ballots": verdict.ballots,
            "counted": verdict.counted,
        },
        "height": verdict.height,
    }


def _as_text(verdict: Accepted | Refused, request: _Request) -> str:
    lines = [f"✓ {_CHECKS[name]}" for name in verdict.passed]
    if isinstance(verdict, Refused):
        return "\n".join([*lines, _refusal(verdict), "", "REFUSED"])
    if request.since:
        lines.append(f"✓ {_CHECKS['since']}")
    lines += ["", f"Election {verdict.uuid}, group {verdict.group}: {_STAGES[verdict.stage]}."]
    lines.append(
        f"Roll {verdict.roll}, ballots {verdict.ballots}, of these counted {verdict.counted}."
    )
    if verdict.result is not None:
        lines += _result(verdict)
    lines.append(f"Board head {verdict.head}")
    if request.wire and verdict.partials:
        lines.append("The strong proofs were not checked: the result could still be wrong.")
    return "\n".join([*lines, "", "ACCEPTED"])


def _refusal(verdict: Refused) -> str:
    where = "" if verdict.height is None else f" (event {verdict.height})"
    facts = "".join(f", {name} {_plain(str(value))}" for name, value in verdict.detail.items())
    return f"✗ {_REASONS[verdict.reason]}{where} [{verdict.reason}{facts}]"


def _result(verdict: Accepted) -> list[str]:
    lines = []
    for question, counts in zip(verdict.questions, verdict.result or (), strict=True):
        answers = (["(blank)"] if question.blank else []) + list(question.answers)
        votes = [f"{_plain(answer)} {n}" for answer, n in zip(answers, counts, strict=True)]
        lines.append(f"{_plain(question.question)}: {', '.join(votes)}")
    return lines


def _plain(text: str) -> str:
    """Keep an archive from speaking to the terminal instead of its reader."""
    return "".join(char if char.isprintable() else "�" for char in text[:_TEXT_LENGTH])


if __name__ == "__main__":
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.exit(main())
