import json
from itertools import combinations as pairs
from itertools import product as combinations

import pytest

from tests.voting.protocol.made import ABSTAIN, NO, YES, check, single, threshold
from voting.errors import RefusalError
from voting.protocol import canon, tally, trustee
from voting.protocol.question import Question
from voting.protocol.verify import Accepted

ALL = (YES, NO, ABSTAIN)


def test_a_whole_election(group):
    blank = Question(("a", "b"), True, 1, 1, "Q2")
    made = single(
        group,
        [(0, [YES, [1, 0, 0]]), (1, [ABSTAIN, [0, 1, 0]]), (0, [NO, [0, 0, 1]])],
        questions=(Question(("yes", "no", "abstain"), None, 1, 1, "Q1"), blank),
    )
    verdict = check(made.archive, made.strong)
    assert isinstance(verdict, Accepted), verdict
    assert verdict.result == ((0, 1, 1), (0, 1, 1))
    assert (verdict.ballots, verdict.counted, verdict.roll) == (3, 2, 3)
    assert verdict.stage == "done"
    assert verdict.head == made.appended()[-1].head


def test_zero_ballots(group):
    made = single(group)
    verdict = check(made.archive, made.strong)
    assert verdict.result == ((0, 0, 0),)
    assert (verdict.ballots, verdict.counted) == (0, 0)


def test_all_abstain(ed):
    made = single(ed, [(voter, [ABSTAIN]) for voter in range(3)])
    assert check(made.archive, made.strong).result == ((0, 0, 3),)


def test_all_blank(ed):
    question = Question(("a", "b"), True, 1, 2, "Q")
    made = single(ed, [(v, [[1, 0, 0]]) for v in range(3)], questions=(question,))
    assert check(made.archive, made.strong).result == ((3, 0, 0),)


def test_the_last_of_three_ballots_counts(ed):
    made = single(ed, [(0, [YES]), (1, [YES]), (0, [NO]), (0, [ABSTAIN])])
    verdict = check(made.archive, made.strong)
    assert verdict.result == ((1, 0, 1),)
    assert (verdict.ballots, verdict.counted) == (4, 2)


def test_an_empty_roll(ed):
    made = single(ed, voters=0)
    assert check(made.archive, made.strong).result == ((0, 0, 0),)


def test_all_choices_of_four_voters(ed):
    voters = 4
    made = single(ed, voters=voters)
    cast = {(voter, at): made.cast(voter, [ALL[at]]) for voter in range(voters) for at in range(3)}
    keys = trustee.parse_trustees(ed, made.trustees)
    right = 0
    for choices in combinations(range(3), repeat=voters):
        sealed = tally.encrypted_tally(made.election, [cast[each] for each in enumerate(choices)])
        partial = tally.partial_decryption(made.election, sealed, made.exponents[1], made.rand)
        factors = tally.verify_partial(made.election, sealed, keys.owners[1], partial)
        counts = tally.decrypt(keys, sealed, {1: factors})
        right += counts == (tuple(choices.count(at) for at in range(3)),)
    assert right == 81


@pytest.mark.parametrize("owners", [*pairs((1, 2, 3), 2), (1, 2, 3)])
def test_any_two_of_three_trustees_count_alike(group, known, owners):
    entry = next(each for each in known["pedersen"] if each["group"] == group.name)
    made = threshold(entry, [(0, [YES]), (1, [NO])], owners)
    verdict = check(made.archive, made.strong)
    assert isinstance(verdict, Accepted), verdict
    assert verdict.result == ((1, 1, 0),)
    assert verdict.partials == len(owners)


def test_one_of_three_trustees_is_not_enough(known):
    made = threshold(known["pedersen"][0], [(0, [YES])], owners=(2,))
    with pytest.raises(RefusalError, match=r"decryption\.missing"):
        _ = made.result
    tallied = b"".join(event.data for event in made.appended("tallied"))
    verdict = check(tallied, made.strong)
    assert (verdict.stage, verdict.result, verdict.partials) == ("tallied", None, 1)


def test_several_single_keys_are_all_needed(ed):
    one, two = single(ed, seed="one"), single(ed, seed="two")
    joined = trustee.join(ed, [one.trustees, two.trustees])
    exponents = {1: one.exponents[1], 2: two.exponents[1]}
    votes = [(0, [YES]), (1, [YES]), (2, [NO])]
    made = type(one)(ed, votes=votes, trustees=joined, exponents=exponents)
    assert check(made.archive, made.strong).result == ((2, 1, 0),)
    alone = type(one)(ed, votes=votes, trustees=joined, exponents={1: one.exponents[1]})
    with pytest.raises(RefusalError, match=r"decryption\.missing"):
        _ = alone.result


def test_a_trustee_does_not_shift_the_count(ed):
    made = single(ed, [(0, [YES]), (1, [NO])])
    keys = trustee.parse_trustees(ed, made.trustees)
    factors = tally.parse_partial(made.election, made.tally, made.partials[1])
    shifted = ((ed.mul(factors[0][0], ed.g), *factors[0][1:]),)
    assert tally.decrypt(keys, made.tally, {1: shifted}) == ((0, 1, 0),)
    lost = ((ed.mul(factors[0][0], ed.power_g(-2)), *factors[0][1:]),)
    with pytest.raises(RefusalError, match=r"result\.not_computable"):
        tally.decrypt(keys, made.tally, {1: lost})


def test_a_tally_is_read_in_the_shape_of_the_questions(ed):
    made = single(ed, [(0, [YES])])
    document = made.tally.document
    assert tally.parse_tally(made.election, document, 1) == made.tally
    rows = json.loads(document)
    for other in (rows * 2, [rows[0][:2]], [rows[0] * 2], []):
        with pytest.raises(RefusalError, match=r"tally\.mismatch"):
            tally.parse_tally(made.election, canon.write(other), 1)
