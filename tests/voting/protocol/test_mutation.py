"""One changed byte anywhere: refused, whatever the byte and whatever it becomes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voting.protocol.made import YES, Made, chain, check, resign, single
from voting.errors import RefusalError
from voting.protocol.ballot import verify_ballot
from voting.protocol.group import by_name
from voting.protocol.verify import Accepted, Refused

SMALL: Made = single(by_name("Ed25519"), [(0, [YES])], voters=2)
BYTES = st.integers(1, 255)


def _flip(data: bytes, at: int, by: int) -> bytes:
    return data[:at] + bytes([data[at] ^ by]) + data[at + 1 :]


@settings(max_examples=60)
@given(st.integers(0, len(SMALL.archive) - 1), BYTES)
def test_archive(at, by):
    assert isinstance(check(_flip(SMALL.archive, at, by), SMALL.strong), Refused)


@settings(max_examples=40)
@given(st.integers(0, len(SMALL.strong) - 1), BYTES)
def test_strong_document(at, by):
    changed = _flip(SMALL.strong, at, by)
    verdict = check(SMALL.archive, changed)
    assert isinstance(verdict, Refused)
    assert verdict.reason.startswith("strong.")


def test_the_bytes_without_a_hash_of_their_own():
    """Headers and padding are where no hash looks: every single byte of them counts."""
    data = SMALL.archive
    hashed = set()
    for found in re.finditer(rb"\0([\[{][^\0]+[\]}])", data):
        hashed.update(range(*found.span(1)))
    outside = [at for at in range(len(data)) if at not in hashed]
    assert len(outside) > len(data) // 3
    for at in outside[::7]:
        verdict = check(_flip(data, at, 1 << at % 8), SMALL.strong)
        assert isinstance(verdict, Refused), at


@settings(max_examples=60)
@given(st.data())
def test_a_ballot_whose_chain_is_rebuilt(data):
    """The same with the hashes of the board made anew, as a server could."""
    ballot = SMALL.ballots[0]
    at = data.draw(st.integers(0, len(ballot) - 1))
    events = SMALL.events()
    events[1] = ("Ballot", [_flip(ballot, at, data.draw(BYTES))])
    verdict = check(chain(events), SMALL.strong)
    assert isinstance(verdict, Refused)
    assert verdict.reason.startswith(("ballot.", "json.", "group."))


def _respell(number: str, kind: str, q: int) -> object:
    return {
        "zero": "0" + number,
        "plus": "+" + number,
        "unreduced": str(int(number) + q),
        "space": number + " ",
        "number": int(number),
        "hex": hex(int(number)),
        "negative": str(int(number) - q),
        "full width": number.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}),
    }[kind]


@settings(max_examples=40)
@given(
    st.sampled_from(
        ["zero", "plus", "unreduced", "space", "number", "hex", "negative", "full width"]
    ),
    st.integers(0, 2),
    st.integers(0, 1),
    st.sampled_from(["challenge", "response"]),
)
def test_another_spelling_of_a_number_its_voter_signs(kind, choice, index, part):
    q = SMALL.group.q

    def change(fields):
        proof = fields["answers"][0]["individual_proofs"][choice][index]
        proof[part] = _respell(proof[part], kind, q)

    ballot = resign(SMALL, 0, SMALL.ballots[0], change)
    with pytest.raises(RefusalError, match=r"json\.canonical"):
        verify_ballot(SMALL.election, ballot, None)


def test_control_the_untouched_ones_are_accepted():
    assert isinstance(check(SMALL.archive, SMALL.strong), Accepted)
    again = resign(SMALL, 0, SMALL.ballots[0], lambda _: None)
    verify_ballot(SMALL.election, again, None)


@pytest.mark.drill
def test_every_byte_of_an_archive():
    data = SMALL.archive
    for at in range(len(data)):
        assert isinstance(check(_flip(data, at, 1 << at % 8), SMALL.strong), Refused), at


@pytest.mark.drill
@settings(max_examples=10_000)
@given(st.data())
def test_many_mutants_of_a_ballot(data):
    ballot = SMALL.ballots[0]
    at = data.draw(st.integers(0, len(ballot) - 1))
    with pytest.raises(RefusalError):
        verify_ballot(SMALL.election, _flip(ballot, at, data.draw(BYTES)), None)
