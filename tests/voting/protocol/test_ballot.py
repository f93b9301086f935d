import json
import re
from itertools import product as combinations

import pytest

from tests.voting.protocol.made import ABSTAIN, NO, YES, YES_NO_ABSTAIN, resign, seeded, single
from voting.errors import InputError, RefusalError
from voting.protocol import answer, ballot, proof
from voting.protocol.question import Question

APPROVAL = Question(("a", "b", "c"), None, 0, 2, "Welche?")
WITH_BLANK = Question(("a", "b"), True, 1, 2, "Welche, oder keine Angabe?")
EXACTLY_TWO = Question(("a", "b", "c"), None, 2, 2, "Welche zwei?")
GRADE = Question(("gut", "mittel", "schlecht"), True, 1, 1, "Note?")

LAWFUL = {
    APPROVAL: [v for v in combinations((0, 1), repeat=3) if sum(v) <= 2],
    WITH_BLANK: [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 1, 1)],
    EXACTLY_TWO: [(1, 1, 0), (1, 0, 1), (0, 1, 1)],
    GRADE: [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)],
}


def _reason(made, document, roll=None) -> str:
    with pytest.raises(RefusalError) as refusal:
        ballot.verify_ballot(made.election, document, roll)
    return refusal.value.reason


@pytest.fixture(scope="module")
def mixed(group):
    questions = (APPROVAL, WITH_BLANK)
    return single(
        group,
        [(0, [[1, 0, 1], [0, 1, 1]]), (1, [[0, 0, 0], [1, 0, 0]])],
        questions=questions,
        uuid="MixedQuestions",
    )


def test_round_trip(mixed):
    points = mixed.group.text(mixed.group.power_g(mixed.secrets[0]))
    for voter, document in enumerate(mixed.ballots):
        parsed = ballot.verify_ballot(mixed.election, document, json.loads(mixed.roll))
        assert parsed == ballot.parse_ballot(mixed.election, document)
        assert parsed.tracker == ballot.tracker(document)
        assert (parsed.credential == points) == (voter == 0)


@pytest.mark.parametrize("question", LAWFUL, ids=lambda question: question.question)
def test_every_lawful_choice_and_no_other(ed, question):
    made = single(ed, questions=(question,))
    lawful = []
    for values in combinations((0, 1), repeat=question.choices):
        try:
            document = made.cast(0, [list(values)])
        except InputError:
            continue
        ballot.verify_ballot(made.election, document, None)
        lawful.append(values)
    assert sorted(lawful) == sorted(LAWFUL[question])


@pytest.mark.parametrize(
    "choices", [[], [YES, YES], [[1, 0]], [[2, -1, 0]], [[0, 0, 0]], [[1, 1, 0]]]
)
def test_other_choices_are_not_encrypted(ed, choices):
    with pytest.raises(InputError, match="choices"):
        single(ed).cast(0, choices)


def _masked(document: bytes) -> str:
    """What is left of a ballot without its random numbers: scalars may differ by a digit or so."""
    elements = re.sub(r'"[0-9a-f]{64}"', '"element"', document.decode())
    hashes = re.sub(r'"[A-Za-z0-9+/]{43}"', '"hash"', elements)
    return re.sub(r'"[0-9]{60,}"', '"scalar"', hashes)


@pytest.mark.parametrize(
    ("question", "choices"),
    [(YES_NO_ABSTAIN, [YES, NO, ABSTAIN]), *LAWFUL.items()],
    ids=lambda value: getattr(value, "question", ""),
)
def test_a_ballot_does_not_tell_by_its_length_what_it_holds(ed, question, choices):
    ballots = [single(ed, questions=(question,)).cast(0, [list(each)]) for each in choices]
    assert len({_masked(each) for each in ballots}) == 1
    lengths = [len(each) for each in ballots]
    assert max(lengths) - min(lengths) <= 16


def test_every_byte_that_differs_between_two_choices_is_ciphertext_or_proof(ed):
    one, two = (single(ed, seed=5).cast(0, [choice]) for choice in (YES, NO))
    first, second = json.loads(one), json.loads(two)
    for fields in (first, second):
        del fields["answers"], fields["signature"]
    assert first == second


# Changes that a dishonest voter makes and signs: what is refused is named, never counted.
def _duplicate_proof(fields):
    fields["answers"][0]["overall_proof"] *= 2


def _drop_choice(fields):
    fields["answers"][0]["choices"].pop()


def _drop_proofs(fields):
    fields["answers"][0]["individual_proofs"].pop()


def _third_proof(fields):
    proofs = fields["answers"][0]["individual_proofs"][0]
    proofs.append(proofs[0])


def _blank_proof(fields):
    fields["answers"][0]["blank_proof"] = fields["answers"][0]["individual_proofs"][0]


def _second_answer(fields):
    fields["answers"] *= 2


def _no_answer(fields):
    fields["answers"] = []


@pytest.mark.parametrize(
    "change",
    [
        _duplicate_proof,
        _drop_choice,
        _drop_proofs,
        _third_proof,
        _blank_proof,
        _second_answer,
        _no_answer,
    ],
    ids=lambda change: change.__name__,
)
def test_other_shapes_are_refused(small, change):
    assert _reason(small, resign(small, 0, small.ballots[0], change)) == "ballot.shape"


def test_a_blank_proof_is_needed_where_blank_is_offered(ed):
    made = single(ed, [(0, [[0, 1, 0]])], questions=(WITH_BLANK,))
    for change in (
        lambda fields: fields["answers"][0].pop("blank_proof"),
        lambda fields: fields["answers"][0]["blank_proof"].pop(),
    ):
        assert _reason(made, resign(made, 0, made.ballots[0], change)) == "ballot.shape"


def _proof_places(question: Question) -> list[tuple]:
    places = [("individual_proofs", j, i) for j in range(question.choices) for i in (0, 1)]
    places += [("overall_proof", i) for i in range(question.totals + bool(question.blank))]
    return places + ([("blank_proof", 0), ("blank_proof", 1)] if question.blank else [])


@pytest.mark.parametrize("question", [APPROVAL, WITH_BLANK], ids=["plain", "blank"])
@pytest.mark.parametrize("part", ["challenge", "response"])
def test_every_number_of_every_proof_counts(ed, question, part):
    made = single(ed, [(0, [list(LAWFUL[question][0])])], questions=(question,))
    for place in _proof_places(question):

        def change(fields, place=place):
            proof = fields["answers"][0]
            for step in place:
                proof = proof[step]
            proof[part] = str((int(proof[part]) + 1) % ed.q)

        assert _reason(made, resign(made, 0, made.ballots[0], change)) == "ballot.proof", place


@pytest.mark.parametrize("part", ["alpha", "beta"])
def test_every_ciphertext_is_bound(ed, part):
    made = single(ed, [(0, [[0, 1, 0]])], questions=(WITH_BLANK,))
    for at in range(3):

        def change(fields, at=at):
            choice = fields["answers"][0]["choices"][at]
            choice[part] = ed.text(ed.mul(ed.parse(choice[part]), ed.g))

        assert _reason(made, resign(made, 0, made.ballots[0], change)) == "ballot.proof"


@pytest.fixture
def dishonest(monkeypatch):
    """A phone that encrypts anything and proves whatever comes nearest to it."""

    def prove(group, y, prefix, statements, true_index, witness, rand):
        nearest = min(max(true_index, 0), len(statements) - 1)
        return proof.prove_one_of(group, y, prefix, statements, nearest, witness, rand)

    monkeypatch.setattr(Question, "require_choices", lambda *_: None)
    monkeypatch.setattr(answer, "prove_one_of", prove)


@pytest.mark.usefixtures("dishonest")
@pytest.mark.parametrize(
    ("question", "values"),
    [
        *((YES_NO_ABSTAIN, values) for values in ([1, 1, 0], [1, 1, 1], [0, 0, 0])),
        *((WITH_BLANK, values) for values in ([1, 1, 0], [1, 0, 1], [1, 1, 1], [0, 0, 0])),
        *((APPROVAL, values) for values in ([1, 1, 1],)),
        *((EXACTLY_TWO, values) for values in ([1, 0, 0], [1, 1, 1])),
    ],
    ids=str,
)
def test_unlawful_choices_cannot_be_proved(ed, question, values):
    made = single(ed, questions=(question,))
    assert _reason(made, made.cast(0, [values])) == "ballot.proof"


@pytest.mark.usefixtures("dishonest")
def test_a_dishonest_phone_may_still_vote_honestly(ed):
    made = single(ed)
    ballot.verify_ballot(made.election, made.cast(0, [YES]), None)


def test_a_ballot_of_another_voter_or_election_is_refused(small, ed):
    other = single(ed, uuid="AnotherVoteBox", seed=1)
    assert _reason(other, small.ballots[0]) == "ballot.election"
    assert _reason(small, small.ballots[0], frozenset()) == "ballot.credential"

    def copy(fields):
        fields["answers"] = json.loads(small.ballots[1])["answers"]

    assert _reason(small, resign(small, 0, small.ballots[0], copy)) == "ballot.proof"


def test_a_signature_of_another_is_refused(small):
    def change(fields):
        fields["credential"] = json.loads(small.ballots[1])["credential"]

    assert _reason(small, resign(small, 0, small.ballots[0], change)) == "ballot.signature"


def test_a_signed_hash_must_be_that_of_the_ballot(small):
    fields = json.loads(small.ballots[0])
    fields["signature"]["hash"] = json.loads(small.ballots[1])["signature"]["hash"]
    changed = json.dumps(fields, separators=(",", ":")).encode()
    assert _reason(small, changed) == "ballot.signature"


def test_the_identity_is_no_credential(small, ed):
    def change(fields):
        fields["credential"] = ed.text(ed.identity)

    assert _reason(small, resign(small, 0, small.ballots[0], change)) == "group.element"


def test_fresh_randomness_gives_another_ballot(ed):
    made = single(ed)
    assert made.cast(0, [YES]) != made.cast(0, [YES])
    assert single(ed, seed=3).cast(0, [YES]) == single(ed, seed=3).cast(0, [YES])
    assert seeded(1)(ed.q) != seeded(2)(ed.q)
