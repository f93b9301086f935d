"""Random elections of every kind: counted plainly, and no byte of a file may change."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voting.protocol.made import Made, check, seeded
from voting.protocol import ceremony, trustee
from voting.protocol.ceremony import Setting
from voting.protocol.group import Group, by_name
from voting.protocol.proof import RandScalar
from voting.protocol.question import Question
from voting.protocol.verify import Accepted, Refused

GROUPS = st.sampled_from(["Ed25519", "BELENIOS-2048"])
MOST = 60

Keys: TypeAlias = tuple[bytes, dict[int, int]]


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


def single_keys(draw, group: Group, rand: RandScalar) -> Keys:
    """One to three people, all of whom are needed."""
    exponents = {owner + 1: rand(group.q) for owner in range(draw(st.integers(1, 3)))}
    return trustee.join(
        group, [trustee.make_single(group, exponent, rand) for exponent in exponents.values()]
    ), exponents


def shared_key(draw, group: Group, rand: RandScalar) -> Keys:
    """The key of a commission of three, opened by any two of them."""
    key = ceremony.make_key(Setting(group), [ceremony.make_seed(rand) for _ in range(3)], rand)
    away = draw(st.integers(1, 3))
    return key.trustees, {owner: key.exponents[owner] for owner in key.exponents if owner != away}


@st.composite
def elections(draw, voters: st.SearchStrategy[int], make_keys: Callable[..., Keys]) -> Made:
    """Some voters stay away and some vote again."""
    group = by_name(draw(GROUPS))
    rand = seeded(draw(st.integers(0, 2**32)))
    trustees, exponents = make_keys(draw, group, rand)
    asked = draw(st.lists(questions(), min_size=1, max_size=2))
    number = draw(voters)
    casting = draw(st.lists(st.integers(0, number - 1), max_size=number + number // 4))
    return Made(
        group,
        asked,
        number,
        [(voter, [draw(choices(each)) for each in asked]) for voter in casting],
        seed=rand(2**32),
        trustees=trustees,
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


each_kind_of_keys = pytest.mark.parametrize("make_keys", [single_keys, shared_key])


@each_kind_of_keys
@settings(max_examples=3)
@given(data=st.data())
def test_the_count_is_the_plain_count(make_keys, data):
    require_plain_count(data.draw(elections(st.integers(1, 5), make_keys)))


@each_kind_of_keys
@settings(max_examples=3)
@given(data=st.data())
def test_no_byte_of_a_file_may_change(make_keys, data):
    require_refusal(data.draw(elections(st.integers(1, 3), make_keys)), data.draw)


@pytest.mark.drill
@each_kind_of_keys
@settings(max_examples=30)
@given(data=st.data())
def test_large_elections_are_counted_plainly(make_keys, data):
    require_plain_count(data.draw(elections(st.integers(1, MOST), make_keys)))


@pytest.mark.drill
@each_kind_of_keys
@settings(max_examples=30)
@given(data=st.data())
def test_no_byte_of_a_large_file_may_change(make_keys, data):
    made = data.draw(elections(st.integers(1, MOST), make_keys))
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
