"""belenios-tool and this package accept each other's elections, and refuse broken ones.

Release 2.0 knows BELENIOS-2048 alone. Release 3 knows both groups, but its `verify` does not wait
for the check of the ballots: there every ballot is asked about on its own.
"""

import io
import json

import pytest

from tests.voting.protocol.made import (
    ABSTAIN,
    NO,
    YES,
    YES_NO_ABSTAIN,
    Made,
    chain,
    check,
    seeded,
    single,
    threshold,
)
from tests.voting.protocol.tool import NEW, OLD, Election, Release, folder
from voting.__main__ import main
from voting.protocol import archive, board, ceremony, strong
from voting.protocol.ceremony import Setting
from voting.protocol.group import by_name
from voting.protocol.question import Question
from voting.protocol.tally import parse_tally
from voting.protocol.verify import Accepted

BLANK = Question(("a", "b"), True, 1, 2, "Welche, oder keine Angabe?")
APPROVAL = Question(("a", "b", "c"), None, 0, 2, "Welche?")
KINDS = (Question(("yes", "no", "abstain"), None, 1, 1, "Wird „gefördert“?"), BLANK, APPROVAL)
VOTES = [
    (0, [YES, [0, 1, 0], [1, 1, 0]]),
    (1, [NO, [1, 0, 0], [0, 0, 0]]),
    (0, [ABSTAIN, [0, 1, 1], [0, 0, 1]]),
]
COUNTS = ((0, 1, 1), (1, 1, 1), (0, 0, 1))

with_old = pytest.mark.needs(OLD)
with_new = pytest.mark.needs(NEW)
each_release = pytest.mark.parametrize(
    ("release", "group"),
    [
        pytest.param(Release(OLD), by_name("BELENIOS-2048"), marks=with_old, id="2.0"),
        pytest.param(Release(NEW), by_name("BELENIOS-2048"), marks=with_new, id="3-2048"),
        pytest.param(Release(NEW), by_name("Ed25519"), marks=with_new, id="3-Ed25519"),
    ],
)


@pytest.fixture(scope="module")
def made() -> Made:
    return single(by_name("BELENIOS-2048"), VOTES, questions=KINDS)


@each_release
def test_a_whole_election_of_ours_is_accepted(release, group, tmp_path):
    made = single(group, VOTES, questions=KINDS)
    done = release.verify(tmp_path / "a", made.archive)
    assert done.returncode == 0, done.stderr
    assert "I: all checks passed" in done.stderr + done.stdout
    assert isinstance(check(made.archive, made.strong), Accepted)


@each_release
def test_an_election_of_the_tool_is_accepted(release, group, tmp_path):
    """Made during this run, by the tool alone; the strong proofs are added with its key."""
    its = Election(release, tmp_path, group.name, KINDS, voters=3)
    for voter, choices in VOTES:
        its.cast(voter, choices)
    its.count()
    verdict = check(its.archive, archive_only=True)
    assert isinstance(verdict, Accepted), verdict
    assert verdict.result == COUNTS
    assert check(its.archive).reason == "strong.missing"
    verdict = check(its.archive, strong_document(its))
    assert isinstance(verdict, Accepted), verdict
    assert verdict.passed[-1] == "strong"


def strong_document(its: Election) -> bytes:
    """What the one trustee would have added, had the tool asked for it."""
    found = {each.type: each.documents for each in archive.read_events(io.BytesIO(its.archive))}
    election = board.parse_setup(*found["Setup"]).election
    tally = parse_tally(election, found["EncryptedTally"][0], counted=2)
    partial = found["PartialDecryption"][0]
    share = strong.make_share(election, tally, 1, partial, its.exponent, lambda q: q - 5)
    return strong.make_strong(election, tally, [share])


@with_new
@pytest.mark.parametrize("question", [*KINDS, YES_NO_ABSTAIN], ids=lambda each: each.question)
def test_every_ballot_is_valid_by_itself(group, question, tmp_path):
    first = [0] * question.choices
    first[-1] = 1
    made = single(group, [(0, [first])], questions=[question])
    (tmp_path / "whole.bel").write_bytes(made.archive)
    assert main(["split", str(tmp_path / "whole.bel"), str(tmp_path / "parts")]) == 0
    setup, ballot = tmp_path / "parts" / "election", tmp_path / "parts" / "ballot-00001.json"
    done = Release(NEW).verify_ballot(setup, ballot)
    assert done.returncode == 0, done.stderr
    assert "I: ballot is valid" in done.stderr + done.stdout
    broken = json.loads(made.ballots[0])
    proof = broken["answers"][0]["overall_proof"][0]
    proof["response"] = str(int(proof["response"]) ^ 1)
    ballot.write_text(json.dumps(broken, separators=(",", ":")))
    assert Release(NEW).verify_ballot(setup, ballot).returncode != 0


@with_new
def test_each_ballot_of_a_counted_election_of_a_commission_is_valid_by_itself(known, tmp_path):
    """Split as the page says, whatever stands behind the ballots; none fits another election."""
    entry = next(each for each in known["pedersen"] if each["group"] == "Ed25519")
    made = threshold(entry, [(0, [YES]), (1, [NO]), (0, [ABSTAIN])], owners=(1, 3))
    (tmp_path / "whole.bel").write_bytes(made.archive)
    assert main(["split", str(tmp_path / "whole.bel"), str(tmp_path / "parts")]) == 0
    ballots = sorted((tmp_path / "parts").glob("ballot-*.json"))
    assert [each.read_bytes() for each in ballots] == made.ballots
    other = folder(tmp_path / "other", single(made.group).appended("open")[0].data)
    for ballot in ballots:
        done = Release(NEW).verify_ballot(tmp_path / "parts" / "election", ballot)
        assert done.returncode == 0, done.stderr
        assert "I: ballot is valid" in done.stderr + done.stdout
        assert Release(NEW).verify_ballot(other, ballot).returncode != 0


@pytest.mark.parametrize(
    ("release", "name"),
    [
        pytest.param(Release(OLD), "BELENIOS-2048", marks=with_old, id="2.0"),
        pytest.param(Release(NEW), "Ed25519", marks=with_new, id="3"),
    ],
)
def test_a_threshold_election_is_accepted(known, release, name, tmp_path):
    entry = next(each for each in known["pedersen"] if each["group"] == name)
    made = threshold(entry, [(0, [YES]), (1, [NO])], owners=(2, 3))
    done = release.verify(tmp_path / "a", made.archive)
    assert done.returncode == 0, done.stderr


@each_release
def test_a_key_of_a_ceremony_of_ours_is_accepted(release, group, tmp_path):
    key = ceremony.make_key(Setting(group), ["1" * 22, "2" * 22, "3" * 22], seeded("ceremony"))
    exponents = {owner: key.exponents[owner] for owner in (1, 3)}
    made = Made(group, votes=[(0, [YES])], trustees=key.trustees, exponents=exponents)
    done = release.verify(tmp_path / "a", made.archive)
    assert done.returncode == 0, done.stderr


@with_old
def test_an_election_without_ballots_is_accepted(tmp_path):
    made = single(by_name("BELENIOS-2048"))
    done = Release(OLD).verify(tmp_path / "a", made.archive)
    assert done.returncode == 0, done.stderr


@with_old
def test_growth_is_accepted_and_a_dropped_ballot_noticed(made, tmp_path):
    parts = [event.data for event in made.appended("open")]
    new = folder(tmp_path / "new", b"".join(parts))
    old = folder(tmp_path / "old", b"".join(parts[:3]))
    events = made.events()[: len(parts)]
    other = folder(tmp_path / "other", chain([events[0], *events[2:]]))

    def compare(one, two):
        return Release(OLD).run("election", "verify-diff", "--dir1", one, "--dir2", two).returncode

    assert compare(old, new) == 0
    assert compare(old, other) != 0


@with_old
def test_the_tool_refuses_a_wrong_result(made, tmp_path):
    events = made.events()
    events[-1] = ("Result", [b'{"result":[[1,0,1],[1,0,1],[0,0,1]]}'])
    data = chain(events)
    assert Release(OLD).verify(tmp_path / "a", data).returncode != 0
    assert check(data, made.strong).reason == "result.mismatch"
