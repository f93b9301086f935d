"""The published vectors: every verdict, every reason, every hash inside a ballot."""

import hashlib
import io
import json

import pytest

from tests.voting.protocol.made import VECTORS, check, unzip
from voting.protocol import archive, board, proof
from voting.protocol.ballot import tracker, verify_ballot
from voting.protocol.verify import Accepted

ENTRIES = json.loads((VECTORS / "manifest.json").read_text())["entries"]


def _name(entry: dict) -> str:
    side = (entry["strong"] or "-").rpartition("/")[2].removesuffix(".strong.json.gz")
    return entry["file"].removesuffix(".bel.gz") + ":" + side


def test_the_vectors_are_complete():
    assert len(ENTRIES) == 73
    for entry in ENTRIES:
        assert hashlib.sha256(unzip(entry["file"])).hexdigest() == entry["sha256"], entry["file"]


@pytest.mark.parametrize("entry", ENTRIES, ids=_name)
def test_archive_alone(entry):
    verdict = check(unzip(entry["file"]), archive_only=True)
    _compare(verdict, entry, entry["expect_archive"], entry["reason_archive"])


@pytest.mark.parametrize("entry", ENTRIES, ids=_name)
def test_with_strong_document(entry):
    side = unzip(entry["strong"]) if entry["strong"] else None
    verdict = check(unzip(entry["file"]), side)
    _compare(verdict, entry, entry["expect"], entry["reason"])


def _compare(verdict, entry: dict, expected: str, reason: str | None) -> None:
    if expected == "reject":
        assert verdict.reason == reason
        return
    assert isinstance(verdict, Accepted), verdict
    assert verdict.stage == entry["stage"]
    if verdict.stage == "done":
        assert verdict.result == _counts_of_honest_election(entry["election"])
    else:
        assert verdict.result is None


def _counts_of_honest_election(election: str) -> tuple[tuple[int, ...], ...]:
    honest = next(each for each in ENTRIES if each["file"] == f"{election}/ok.bel.gz")
    return tuple(tuple(row) for row in honest["result"])


@pytest.fixture
def hashed(monkeypatch):
    """Every hash to a scalar that the code under test takes, with prefix and commitments."""
    taken = []
    original = proof.hash_scalar

    def spy(group, prefix, elements):
        value = original(group, prefix, elements)
        texts = [group.text(element) for element in elements]
        taken.append({"prefix": prefix, "commitments": texts, "hash": str(value)})
        return value

    monkeypatch.setattr(proof, "hash_scalar", spy)
    return taken


def _events(file: str) -> list[archive.Event]:
    return list(archive.read_events(io.BytesIO(unzip(file))))


@pytest.mark.parametrize("index", range(4))
def test_every_hash_of_a_ballot(index, known, hashed):
    entry = known["ballots"][index]
    events = _events(entry["file"])
    setup = board.parse_setup(*events[0].documents)
    document = [event for event in events if event.type == "Ballot"][entry["ballot"]].documents[0]
    hashed.clear()
    verify_ballot(setup.election, document, setup.roll)
    assert setup.election.phi == entry["phi"]
    assert tracker(document) == entry["tracker"]
    assert json.loads(document)["signature"]["hash"] == entry["signature_hash"]
    assert _sorted(hashed) == _sorted(entry["challenges"])


@pytest.mark.parametrize("index", range(4))
def test_every_hash_of_a_decryption(index, known, hashed):
    entry = known["decryptions"][index]
    data = unzip(entry["file"])
    check(data, archive_only=True)
    assert entry["challenges"]
    assert set(_sorted(entry["challenges"])) <= set(_sorted(hashed))


def _sorted(challenges: list[dict]) -> list[str]:
    return sorted(json.dumps(each, sort_keys=True) for each in challenges)
