"""What a recount costs: beside belenios-tool on the same archives, with two processes, of many.

Ratios of time, start-up subtracted: what an archive without ballots costs, or a ballot that is
refused before its proofs. Both sides run in turn: the median of several rounds counts, or the sum
of many short turns, where a processor that changes its pace would favour one side.
"""

import json
import resource
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.service import tool
from tests.service.process import descendants
from tests.voting.protocol.made import YES, YES_NO_ABSTAIN, Made, single
from tests.voting.protocol.tool import NEW, OLD, Release, folder
from voting.protocol.ballot import make_ballot
from voting.protocol.group import by_name

VERIFY = (sys.executable, "-m", "voting", "verify", "--json")
BALLOTS, QUESTIONS, SAMPLE = 50, 10, 10
SEVERAL, MANY = 1_000, 10_000
TURNS = 8
WARM = 1  # the first turn does not count


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        against_new(Path(place))
        against_old(Path(place))
        many(Path(place))


def against_new(place: Path) -> None:
    """Release 3 can be trusted with single ballots only, so it is asked about each."""
    name, bound = "recount ten questions, Ed25519, of belenios-tool 3", 0.8
    if not tool.is_present(NEW):
        line(name, None, "NOT RUN", bound)
        return
    empty, full, ballots, setup = ten_questions(place, "Ed25519")
    fields = json.loads(ballots[0])
    files = [write(place / f"{at}.json", ballot) for at, ballot in enumerate(ballots[:SAMPLE])]
    bad = write(place / "bad.json", json.dumps({**fields, "answers": []}).encode())
    check = partial(Release(NEW).verify_ballot, setup)

    def ratio() -> float:
        turns = [cpu(partial(check, file)) - cpu(partial(check, bad)) for file in files]
        return per_ballot(empty, full) / (sum(turns) / SAMPLE)

    line(name, median(ratio, 7), "× CPU", bound)


def against_old(place: Path) -> None:
    """Release 2.0 verifies whole archives, of BELENIOS-2048 alone."""
    name, bound = "recount ten questions, BELENIOS-2048, of 2.0", 0.77
    if not tool.is_present(OLD):
        line(name, None, "NOT RUN", bound)
        return
    empty, full, _, _ = ten_questions(place, "BELENIOS-2048")

    def its(file: Path) -> float:
        return cpu(lambda: Release(OLD).run("election", "verify", "--dir", file.parent))

    def ratio() -> float:
        return per_ballot(empty, full) / ((its(full) - its(empty)) / BALLOTS)

    line(name, median(ratio, 3), "× CPU", bound)


def many(place: Path) -> None:
    """Ten thousand ballots of one question: time, memory, and what a second process brings."""
    made = single(by_name("Ed25519"), voters=MANY)
    ballots = cast_by_all(made)
    empty, several, full = (
        archive(place / str(number), made, ballots[:number]) for number in (0, SEVERAL, MANY)
    )

    turns = [(wall(empty, 1), wall(several, 1), wall(several, 2)) for _turn in range(TURNS)]
    start, alone, shared = (sum(each) for each in zip(*turns[WARM:], strict=True))
    line(
        "recount with two processes, of one", (shared - start) / (alone - start), "× time", 1 / 1.7
    )
    start = cpu(partial(recount, empty))
    before, whole, after = (
        cpu(partial(recount, each)) - start for each in (several, full, several)
    )
    few = (before + after) / 2 / SEVERAL
    line("a ballot among 10,000, of one among 1,000", whole / MANY / few, "× CPU", 1.1)
    line("memory of a recount of 10,000 ballots", peak_megabytes(full), "MB", 200)


def ten_questions(place: Path, name: str) -> tuple[Path, Path, list[bytes], Path]:
    """An archive without and one with ballots, the ballots, and a folder with the setup alone."""
    votes = [(voter, [YES] * QUESTIONS) for voter in range(BALLOTS)]
    made = single(by_name(name), votes, questions=[YES_NO_ABSTAIN] * QUESTIONS, voters=BALLOTS)
    setup = folder(place / f"{name}-setup", made.appended("open")[0].data)
    empty = archive(place / f"{name}-empty", made, [])
    return empty, archive(place / f"{name}-full", made, made.ballots), made.ballots, setup


def archive(place: Path, made: Made, ballots: list[bytes]) -> Path:
    """Write the counted archive of these ballots and its strong proofs."""
    counted = replace(made)
    vars(counted).update(secrets=made.secrets, ballots=ballots)
    place = folder(place, counted.archive)
    (file,) = place.glob("*.bel")
    file.with_suffix(".strong.json").write_bytes(counted.strong)
    return file


def cast_by_all(made: Made) -> list[bytes]:
    """A ballot of every voter, made by all processors."""
    cast = partial(cast_one, made.document)
    with ProcessPoolExecutor() as pool:
        return list(pool.map(cast, made.secrets, chunksize=50))


def cast_one(document: bytes, exponent: int) -> bytes:
    return make_ballot(document, exponent, [YES], secrets.randbelow)


def recount(file: Path, processes: int = 1) -> None:
    command = [*VERIFY, "--processes", str(processes), str(file)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def per_ballot(empty: Path, full: Path) -> float:
    return (cpu(partial(recount, full)) - cpu(partial(recount, empty))) / BALLOTS


def cpu(work: Callable[[], object]) -> float:
    """The CPU seconds of the processes that the work starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def wall(file: Path, processes: int) -> float:
    begin = time.perf_counter()
    recount(file, processes)
    return time.perf_counter() - begin


def peak_megabytes(file: Path) -> float:
    """The most that each process held, added up over the command and all it starts."""
    peaks: dict[int, int] = {}
    command = [*VERIFY, "--processes", "2", str(file)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        while running.poll() is None:
            for pid in (running.pid, *descendants(running.pid)):
                peaks[pid] = high_water(pid) or peaks.get(pid, 0)
            time.sleep(0.1)
    return sum(peaks.values()) / 1000


def high_water(pid: int) -> int:
    """The peak of resident memory in kB; 0 for a process that has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0
    found = [text for text in status.splitlines() if text.startswith("VmHWM:")]
    return int(found[0].split()[1]) if found else 0


def median(measured: Callable[[], float], rounds: int) -> float:
    return statistics.median([measured() for _ in range(rounds)])


def write(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


def line(name: str, value: float | None, unit: str, bound: float) -> None:
    ok = value is None or value <= bound
    print(json.dumps({"name": name, "value": value, "unit": unit, "bound": bound, "ok": ok}))


if __name__ == "__main__":
    main()
