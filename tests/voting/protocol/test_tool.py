"""Debian's belenios-tool 2.0 accepts elections made here, and refuses broken ones."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.voting.protocol.made import ABSTAIN, NO, YES, chain, check, single, threshold
from voting.protocol.group import by_name
from voting.protocol.question import Question
from voting.protocol.verify import Accepted

pytestmark = pytest.mark.needs("belenios-tool")

BLANK = Question(("a", "b"), True, 1, 2, "Welche, oder keine Angabe?")
APPROVAL = Question(("a", "b", "c"), None, 0, 2, "Welche?")


def tool(*arguments: object) -> subprocess.CompletedProcess:
    environment = os.environ | {"BELENIOS_USE_URANDOM": "1"}
    command = ["belenios-tool", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def folder(place: Path, data: bytes, uuid: str) -> Path:
    place.mkdir()
    (place / f"{uuid}.bel").write_bytes(data)
    return place


@pytest.fixture(scope="module")
def made():
    first = Question(("yes", "no", "abstain"), None, 1, 1, "Wird „gefördert“?")
    votes = [
        (0, [YES, [0, 1, 0], [1, 1, 0]]),
        (1, [NO, [1, 0, 0], [0, 0, 0]]),
        (0, [ABSTAIN, [0, 1, 1], [0, 0, 1]]),
    ]
    return single(by_name("BELENIOS-2048"), votes, questions=(first, BLANK, APPROVAL))


def test_a_whole_election_is_accepted(made, tmp_path):
    done = tool("election", "verify", "--dir", folder(tmp_path / "a", made.archive, made.uuid))
    assert done.returncode == 0, done.stderr
    assert "I: all checks passed" in done.stderr + done.stdout
    assert isinstance(check(made.archive, made.strong), Accepted)


def test_a_threshold_election_is_accepted(known, tmp_path):
    entry = next(each for each in known["pedersen"] if each["group"] == "BELENIOS-2048")
    made = threshold(entry, [(0, [YES]), (1, [NO])], owners=(2, 3))
    done = tool("election", "verify", "--dir", folder(tmp_path / "a", made.archive, made.uuid))
    assert done.returncode == 0, done.stderr


def test_an_election_without_ballots_is_accepted(tmp_path):
    made = single(by_name("BELENIOS-2048"))
    done = tool("election", "verify", "--dir", folder(tmp_path / "a", made.archive, made.uuid))
    assert done.returncode == 0, done.stderr


def test_growth_is_accepted_and_a_dropped_ballot_noticed(made, tmp_path):
    parts = [event.data for event in made.appended("open")]
    new = folder(tmp_path / "new", b"".join(parts), made.uuid)
    old = folder(tmp_path / "old", b"".join(parts[:3]), made.uuid)
    assert tool("election", "verify-diff", "--dir1", old, "--dir2", new).returncode == 0
    events = made.events()[: len(parts)]
    other = folder(tmp_path / "other", chain([events[0], *events[2:]]), made.uuid)
    assert tool("election", "verify-diff", "--dir1", old, "--dir2", other).returncode != 0


def test_the_tool_refuses_a_wrong_result(made, tmp_path):
    events = made.events()
    events[-1] = ("Result", [b'{"result":[[1,0,1],[1,0,1],[0,0,1]]}'])
    data = chain(events)
    done = tool("election", "verify", "--dir", folder(tmp_path / "a", data, made.uuid))
    assert done.returncode != 0
    assert check(data, made.strong).reason == "result.mismatch"
