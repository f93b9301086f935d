"""The command, as a resident runs it: in a process of its own that never saw the server."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.voting.protocol.made import YES, chain, resign, single
from voting.__main__ import main
from voting.protocol import canon
from voting.protocol.question import Question

ROOT = Path(__file__).parents[3]


def run(*arguments: object, folder: Path = ROOT) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "voting", *map(str, arguments)]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def folder(small, tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("archives")
    parts = [event.data for event in small.appended()]
    (place / "whole.bel").write_bytes(small.archive)
    (place / "whole.strong.json").write_bytes(small.strong)
    (place / "alone.bel").write_bytes(small.archive)
    (place / "side.json").write_bytes(small.strong)
    (place / "open.bel").write_bytes(b"".join(parts[:4]))
    (place / "shortened.bel").write_bytes(b"".join(parts[:3]))
    bad = resign(small, 0, small.ballots[0], lambda fields: fields.update(answers=[]))
    events = small.events()
    events[1] = ("Ballot", [bad])
    (place / "bad.bel").write_bytes(chain(events))
    return place


def test_accepted(folder):
    done = run("verify", folder / "whole.bel")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert sum(line.startswith("✓ ") for line in lines) == 8
    assert "Wird gefördert?: yes 1, no 1, abstain 1" in lines
    assert lines[-1] == "ACCEPTED"


def test_refused(folder):
    done = run("verify", folder / "bad.bel")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [line[0] for line in lines if line[:1] in ("✓", "✗")] == ["✓", "✓", "✗"]
    assert lines[2].endswith("(event 1) [ballot.shape]")
    assert lines[-1] == "REFUSED"


def test_json(folder):
    accepted = json.loads(run("verify", folder / "whole.bel", "--json").stdout)
    assert list(accepted) == ["verdict", "stage", "result", "reason", "detail", "height"]
    assert accepted["verdict"] == "accepted"
    assert accepted["stage"] == "done"
    assert accepted["result"] == [[1, 1, 1]]
    assert accepted["height"] == 8
    refused = json.loads(run("verify", folder / "bad.bel", "--json").stdout)
    assert (refused["verdict"], refused["reason"]) == ("refused", "ballot.shape")
    assert (refused["stage"], refused["result"], refused["height"]) == (None, None, 1)


def test_the_strong_document_is_asked_for(folder):
    done = run("verify", folder / "alone.bel", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["reason"] == "strong.missing"
    assert run("verify", folder / "alone.bel", "--strong", folder / "side.json").returncode == 0
    wire = run("verify", folder / "alone.bel", "--wire")
    assert wire.returncode == 0
    assert "strong proofs were not checked" in wire.stdout


def test_an_older_copy(folder):
    assert run("verify", folder / "whole.bel", "--since", folder / "open.bel").returncode == 0
    done = run("verify", folder / "shortened.bel", "--since", folder / "open.bel", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["reason"] == "archive.since"
    text = run("verify", folder / "shortened.bel", "--since", folder / "open.bel").stdout
    assert "✗ the archive does not continue the older copy [archive.since]" in text


def test_a_head_that_a_log_or_a_phone_names(folder, small):
    seen = small.appended()[1].head
    done = run("verify", folder / "whole.bel", "--head", seen)
    assert done.returncode == 0
    assert "✓ The archive goes on from the head that was named" in done.stdout
    other = run("verify", folder / "whole.bel", "--head", "f" * 64)
    assert other.returncode == 1
    assert "✗ the archive never had the head that was named [archive.head]" in other.stdout


def test_an_archive_is_split_into_the_election_and_its_ballots(folder, small, tmp_path):
    place = tmp_path / "parts"
    done = run("split", folder / "whole.bel", place)
    assert (done.returncode, done.stdout) == (0, f"{len(small.ballots)} ballots\n")
    written = {each.relative_to(place).as_posix(): each for each in place.rglob("*.*")}
    names = [f"ballot-{number:05}.json" for number in range(1, len(small.ballots) + 1)]
    assert sorted(written) == [*names, f"election/{small.uuid}.bel"]
    assert [written[each].read_bytes() for each in names] == small.ballots
    assert written[f"election/{small.uuid}.bel"].read_bytes() == small.appended()[0].data
    again = run("split", folder / "whole.bel", place)
    assert (again.returncode, again.stdout) == (2, "")


def test_a_damaged_archive_is_not_split(folder, tmp_path):
    damaged = tmp_path / "damaged.bel"
    damaged.write_bytes((folder / "whole.bel").read_bytes()[:-1])
    done = run("split", damaged, tmp_path / "parts")
    assert (done.returncode, done.stdout) == (1, "")
    assert "[archive.layout]" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["verify"],
        ["count"],
        ["verify", "missing.bel"],
        ["split", "missing.bel", "parts"],
        ["split", "whole.bel"],
        ["verify", "."],
        ["verify", "whole.bel", "--strong", "missing.json"],
        ["verify", "whole.bel", "--since", "missing.bel"],
        ["verify", "whole.bel", "--fast"],
        ["verify", "whole.bel", "--wire", "--strong", "whole.bel"],
        ["verify", "whole.bel", "--processes", "0"],
    ],
    ids=" ".join,
)
def test_nothing_to_check(folder, arguments, tmp_path):
    given = [folder / each if each == "whole.bel" else each for each in arguments]
    done = run(*given)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_it_needs_neither_the_server_nor_its_packages(folder):
    """With Flask, SQL and the app made impossible to import it counts all the same."""
    program = (
        "import sys\n"
        "for name in ('flask', 'sqlmodel', 'sqlalchemy', 'app', 'werkzeug', 'babel'):\n"
        "    sys.modules[name] = None\n"
        "from voting.__main__ import main\n"
        f"raise SystemExit(main(['verify', {str(folder / 'whole.bel')!r}]))\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_archive_does_not_speak_to_the_terminal(ed, tmp_path, monkeypatch):
    monkeypatch.setattr(canon, "require_text", lambda text, **_: text)
    evil = Question(("\x1b[2Jyes", "no\r", "\u202eabstain"), None, 1, 1, "\x1b]0;Q\x07")
    made = single(ed, [(0, [YES])], questions=(evil,))
    (tmp_path / "evil.bel").write_bytes(made.archive)
    (tmp_path / "evil.strong.json").write_bytes(made.strong)
    done = run("verify", tmp_path / "evil.bel")
    assert done.returncode == 0
    assert all(char.isprintable() for char in done.stdout.replace("\n", ""))
    assert "[2Jyes 1" in done.stdout


def test_progress_is_told_beside_the_verdict(folder):
    quiet, told = (run("verify", folder / "whole.bel", *more) for more in ((), ("--progress",)))
    assert (told.stdout, told.returncode) == (quiet.stdout, 0)
    said = [int(each) for each in re.findall(r"(\d+) %", told.stderr)]
    assert said == sorted(set(said))
    assert len(said) > 3
    assert 90 < said[-1] <= 100


def test_progress_stops_where_the_fault_is(folder):
    done = run("verify", folder / "bad.bel", "--progress")
    assert done.returncode == 1
    assert "REFUSED" in done.stdout


def test_a_terminal_is_told_of_long_archives_alone(folder, monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(["verify", str(folder / "whole.bel")]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("voting.__main__._POOL_BYTES", 1)
    assert main(["verify", str(folder / "whole.bel")]) == 0
    assert "%" in capsys.readouterr().err


@pytest.fixture
def shared(monkeypatch, capsys):
    """Verify with two processes, however short the archive is."""
    monkeypatch.setattr("voting.__main__._POOL_BYTES", 1)

    def run_shared(file):
        status = main(["verify", str(file), "--json", "--processes", "2"])
        return status, capsys.readouterr()

    return run_shared


def test_many_ballots_are_shared_among_processes(folder, shared):
    status, said = shared(folder / "whole.bel")
    assert status == 0
    assert json.loads(said.out)["result"] == [[1, 1, 1]]


def test_a_fault_among_shared_ballots_has_its_own_height(small, shared, tmp_path):
    """Those before it in the same handful are taken first."""
    bad = resign(small, 1, small.ballots[1], lambda fields: fields.update(answers=[]))
    events = small.events()
    events[2] = ("Ballot", [bad])
    (tmp_path / "second.bel").write_bytes(chain(events))
    status, said = shared(tmp_path / "second.bel")
    verdict = json.loads(said.out)
    assert (status, verdict["reason"], verdict["height"]) == (1, "ballot.shape", 2)


def _die(_ballot: bytes) -> None:
    os._exit(9)


def test_a_process_that_dies_gives_no_verdict(folder, shared, monkeypatch):
    monkeypatch.setattr("voting.__main__._Work.outcome", _die)
    status, said = shared(folder / "whole.bel")
    assert (status, said.out) == (2, "")
    assert "was ended" in said.err
