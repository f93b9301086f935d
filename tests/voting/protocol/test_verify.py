"""Every class of refusal, each from a whole election rebuilt around one fault."""

import io
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import pytest

from tests.voting.protocol import fault_ballot, fault_count, fault_outer, fault_setup
from tests.voting.protocol.fault import (
    PARTIAL,
    RESULT,
    TALLY,
    ballot_changed,
    edit,
    faults_of,
    record_changed,
)
from tests.voting.protocol.made import (
    ABSTAIN,
    NO,
    YES,
    YES_NO_ABSTAIN,
    chain,
    check,
    described_partial,
    forge_decryption,
    resign,
    single,
    threshold,
)
from voting.protocol.report import REASONS
from voting.protocol.verify import Accepted, Refused, extends

FAULTS = faults_of(fault_outer, fault_setup, fault_ballot, fault_count)


@pytest.mark.parametrize("build", FAULTS, ids=lambda build: build.__name__)
def test_refused(small, build):
    data = build(small)
    assert data != small.archive
    verdict = check(data, small.strong)
    assert isinstance(verdict, Refused)
    assert verdict.reason == build.reason


def test_the_untouched_board_is_accepted(small):
    assert chain(small.events()) == small.archive
    verdict = check(small.archive, small.strong)
    assert isinstance(verdict, Accepted)
    assert verdict.result == ((1, 1, 1),)
    assert verdict.passed == (
        *("layout", "setup", "ballots", "tally", "decryptions", "result", "chain", "strong"),
    )


def test_every_class_is_hit_somewhere():
    elsewhere = {
        "archive.since": "test_command.py",
        "archive.head": "test_command.py",
        "result.not_computable": "test_counts_that_cannot_be",
        "trustees.pedersen": "test_trustee.py",
        "strong.missing": "test_strong.py",
        "strong.form": "test_strong.py",
        "strong.binding": "test_strong.py",
        "strong.proof": "test_strong.py",
    }
    assert {build.reason for build in FAULTS} | elsewhere.keys() == REASONS.keys()


@pytest.mark.parametrize("with_result", [True, False])
def test_counts_that_cannot_be(small, with_result):
    """A forged version 1 proof is believed, and the factor it hides gives no number of votes."""
    document = forge_decryption(small)
    event = ("PartialDecryption", described_partial(1, document))
    events = [*small.events()[:PARTIAL], event]
    if with_result:
        events.append(("Result", [small.result]))
    verdict = check(chain(events), None, archive_only=True)
    assert verdict.reason == "result.not_computable"


def test_stages(small):
    parts = [event.data for event in small.appended()]
    stages = [check(b"".join(parts[: n + 1]), None, archive_only=True) for n in range(len(parts))]
    names = ["open"] * 5 + ["ended", "tallied", "tallied", "done"]
    assert [verdict.stage for verdict in stages] == names
    assert [verdict.head for verdict in stages] == [event.head for event in small.appended()]
    assert [verdict.height for verdict in stages] == list(range(len(parts)))
    assert [verdict.result for verdict in stages[:-1]] == [None] * (len(parts) - 1)


def test_the_height_of_the_fault_is_told(small):
    assert check(fault_outer.ballot_behind_the_end(small)).height == TALLY
    assert check(fault_outer.wrong_height(small)).height == RESULT
    assert check(fault_outer.changed_ballot_under_its_old_name(small)).height == 1
    assert check(fault_outer.zeros_behind(small)).height is None
    assert check(fault_count.tally_multiplied(small)).passed == ("layout", "setup", "ballots")


def test_first_fault_first(small):
    """A bad ballot before a broken chain is named, one behind it is not."""
    bad = resign(small, 0, small.ballots[0], lambda fields: fields.update(answers=[]))
    events = small.events()
    events[1] = ("Ballot", [bad])
    assert check(chain(events, records=record_changed(3, height=9))).reason == "ballot.shape"
    events = small.events()
    events[4] = ("Ballot", [bad])
    assert check(chain(events, records=record_changed(3, height=9))).reason == "archive.event"


def test_the_outer_form_comes_before_all_events(small):
    bad = fault_ballot.two_answers(small)
    assert check(bad).reason == "ballot.shape"
    assert check(bad + bytes(512)).reason == "archive.layout"
    assert check(bad + fault_outer.document_behind_the_last_event(small)[-1024:]) == Refused(
        "archive.layout", {}, None
    )


def test_a_pool_of_processes_comes_to_the_same_verdict(small):
    bad = ballot_changed(small, lambda fields: fields.update(answers=[]), at=2)
    late = fault_outer.ballot_behind_the_end(small)
    broken = chain(small.events(), records=record_changed(3, height=9))
    with ProcessPoolExecutor(1) as pool:
        for data in (small.archive, bad, late, broken):
            alone = check(data, small.strong)
            shared = check(data, small.strong, start=lambda one: partial(pool.map, one), batch=3)
            assert shared == alone


def test_ballots_are_handed_over_before_those_ahead_are_taken(small):
    """While one batch is summed up the processors already have the next one."""
    seen = []

    def start(one):
        def each(ballots):
            seen.append(len(ballots))
            return map(one, ballots)

        return each

    told = []
    verdict = check(
        small.archive,
        small.strong,
        start=start,
        batch=2,
        told=lambda _: told.append(len(seen)),
    )
    assert isinstance(verdict, Accepted)
    assert seen[:3] == [2, 2, 0]
    assert told == [2, 3, 4, 5]


def test_extends(small):
    parts = [event.data for event in small.appended()]
    old, new = b"".join(parts[:3]), small.archive

    def extended(one: bytes, two: bytes) -> bool:
        return extends(io.BytesIO(one), io.BytesIO(two))

    assert extended(old, new)
    assert extended(new, new)
    assert not extended(new, old)
    shortened = b"".join(parts[:2]) + parts[4]
    assert not extended(b"".join(parts[:4]), shortened)
    assert not extended(old[:-1] + b"x", new)


@pytest.mark.parametrize("questions", [pytest.param(10, marks=pytest.mark.drill), 1])
def test_memory_stays_small(group, questions):
    """At most 1 kB for each ballot besides one ballot."""
    voters = 20
    votes = [(voter, [ABSTAIN] * questions) for voter in range(voters)]
    made = single(group, votes, questions=[YES_NO_ABSTAIN] * questions, voters=voters)
    parts = [event.data for event in made.appended("open")]
    # What is kept for one election is there before, and not counted as that of few ballots.
    check(b"".join(parts[:2]))
    few = _peak(b"".join(parts[:6]))
    many = _peak(b"".join(parts))
    assert (many - few) / (voters - 5) < 1000


def _peak(data: bytes) -> int:
    tracemalloc.start()
    assert isinstance(check(data), Accepted)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_three_owners_are_all_checked(known):
    """Also a decryption beyond the threshold must be right."""
    made = threshold(known["pedersen"][0], [(0, [YES]), (1, [NO])], owners=(1, 2, 3))
    events = made.events()

    def change(fields):
        fields["decryption_proofs"][0][0]["response"] = "0"

    at = next(i for i, (kind, _) in enumerate(events) if kind == "PartialDecryption") + 2
    assert events[at][0] == "PartialDecryption"
    events[at] = ("PartialDecryption", described_partial(3, edit(made.partials[3], change)))
    assert check(chain(events), made.strong).reason == "decryption.proof"
