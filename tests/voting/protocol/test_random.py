"""Random elections of every kind: counted plainly, and no byte of a file may change."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voting.protocol.made import Made, check, seeded
from voting.protocol import canon, trustee
from voting.protocol.group import by_name
from voting.protocol.question import Question
from voting.protocol.verify import Accepted, Refused

GROUPS = st.sampled_from(["Ed25519", "BELENIOS-2048"])
MOST = 60


@st.composite
def questions(draw) -> Question:
    """Yes/no/abstain, approval within limits or one grade, each with or without a blank."""
    answers = [f"a{n}" for n in range(draw(st.integers(1, 5)))]
    most = draw(st.integers(1, len(answers)))
    least = draw(st.integers(0, most))
    blank = draw(st.sampled_from([True, None]))
    return Question(tuple(answers), blank, least, most, "Welche?")


@st.composite
def choices(draw, question: Question) -> list[int]:
    """What may be cast, a blank first."""
    if question.blank and draw(st.booleans()):
        return [1] + [0] * len(question.answers)
    total = draw(st.integers(question.min, question.max))
    order = draw(st.permutations(range(len(question.answers))))
    chosen = [int(answer in order[:total]) for answer in range(len(question.answers))]
    return [0, *chosen] if question.blank else chosen


@st.composite
def elections(draw, voters: st.SearchStrategy[int]) -> Made:
    """One to three keys, some voters who stay away and some who vote again."""
    group = by_name(draw(GROUPS))
    rand = seeded(draw(st.integers(0, 2**32)))
    exponents = {owner + 1: rand(group.q) for owner in range(draw(st.integers(1, 3)))}
    keys = [trustee.make_single(group, exponent, rand) for exponent in exponents.values()]
    asked = draw(st.lists(questions(), min_size=1, max_size=2))
    number = draw(voters)
    casting = draw(st.lists(st.integers(0, number - 1), max_size=number + number // 4))
    return Made(
        group,
        asked,
        number,
        [(voter, [draw(choices(each)) for each in asked]) for voter in casting],
        seed=rand(2**32),
        trustees=canon.write([entry for key in keys for entry in json.loads(key)]),
        exponents=exponents,
    )


def counted_plainly(made: Made) -> tuple[tuple[int, ...], ...]:
    """The sums of what each voter cast last."""
    last = dict(made.votes)
    return tuple(
        tuple(sum(ballot[at][choice] for ballot in last.values()) for choice in range(each.choices))
        for at, each in enumerate(made.questions)
    )


def require_plain_count(made: Made) -> None:
    verdict = check(made.archive, made.strong)
    assert isinstance(verdict, Accepted), verdict
    assert verdict.result == counted_plainly(made)
    assert (verdict.ballots, verdict.counted) == (len(made.votes), len(dict(made.votes)))


def require_refusal(made: Made, draw) -> None:
    """One byte of either file becomes another one."""
    files = [made.archive, made.strong]
    which = draw(st.integers(0, 1))
    at, by = draw(st.integers(0, len(files[which]) - 1)), draw(st.integers(1, 255))
    changed = files[which]
    files[which] = changed[:at] + bytes([changed[at] ^ by]) + changed[at + 1 :]
    assert isinstance(check(*files), Refused), (which, at, by)


@settings(max_examples=6)
@given(elections(st.integers(1, 5)))
def test_the_count_is_the_plain_count(made):
    require_plain_count(made)


@settings(max_examples=6)
@given(elections(st.integers(1, 3)), st.data())
def test_no_byte_of_a_file_may_change(made, data):
    require_refusal(made, data.draw)


@pytest.mark.drill
@settings(max_examples=60)
@given(elections(st.integers(1, MOST)))
def test_large_elections_are_counted_plainly(made):
    require_plain_count(made)


@pytest.mark.drill
@settings(max_examples=60)
@given(elections(st.integers(1, MOST)), st.data())
def test_no_byte_of_a_large_file_may_change(made, data):
    for _ in range(5):
        require_refusal(made, data.draw)


def test_control_another_count_is_noticed():
    """The comparison itself can fail."""
    group = by_name("Ed25519")
    rand = seeded("control")
    document = trustee.make_single(group, 5, rand)
    made = Made(group, votes=[(0, [[1, 0, 0]])], trustees=document, exponents={1: 5})
    require_plain_count(made)
    made.votes[0] = (0, [[0, 1, 0]])
    with pytest.raises(AssertionError):
        require_plain_count(made)
