"""A lot that anybody can draw again."""

import subprocess
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import InputError
from voting.rules.drawing import Seed, draw

SEED = Seed("a" * 64, "b" * 64, "BBBBBBBBBBBBBB")


def drawn(seed: Seed, options: list[int]) -> list[int]:
    return [slip.option for slip in draw(seed, options)]


def test_a_shell_draws_the_same() -> None:
    slips = draw(SEED, [1, 3])
    for slip in slips:
        assert slip.line == f"kv-lot|{'a' * 64}|{'b' * 64}|BBBBBBBBBBBBBB|{slip.option}"
        said = subprocess.run(
            ["sha256sum"], input=slip.line, capture_output=True, text=True, check=True
        )
        assert said.stdout.split()[0] == slip.ticket
    assert [slip.ticket for slip in slips] == sorted(slip.ticket for slip in slips)


@pytest.mark.parametrize(
    "other",
    [
        Seed("c" * 64, SEED.box_head, SEED.question),
        Seed(SEED.log_root, "c" * 64, SEED.question),
        Seed(SEED.log_root, SEED.box_head, "CCCCCCCCCCCCCC"),
    ],
)
def test_every_part_of_the_seed_changes_every_ticket(other: Seed) -> None:
    tickets = {slip.ticket for slip in draw(SEED, [1, 2, 3])}
    assert not tickets & {slip.ticket for slip in draw(other, [1, 2, 3])}


@given(st.permutations([1, 2, 3, 4, 5]))
def test_in_which_order_options_are_named_changes_nothing(options: list[int]) -> None:
    assert drawn(SEED, options) == drawn(SEED, [1, 2, 3, 4, 5])


def test_without_one_of_them_the_others_keep_their_order() -> None:
    order = drawn(SEED, [1, 2, 3, 4])
    assert drawn(SEED, [1, 2, 4]) == [each for each in order if each != 3]


def test_every_option_comes_first_as_often() -> None:
    """2,000 draws among four: 500 each, give or take five standard deviations (97)."""
    seeds = (Seed(f"{number:064x}", "b" * 64, SEED.question) for number in range(2000))
    firsts = Counter(drawn(seed, [1, 2, 3, 4])[0] for seed in seeds)
    assert sum(firsts.values()) == 2000
    assert all(403 < firsts[option] < 597 for option in (1, 2, 3, 4))


def test_draws_that_cannot_be_are_refused() -> None:
    with pytest.raises(InputError, match="options_missing"):
        draw(SEED, [2])
    with pytest.raises(InputError, match="candidate_twice"):
        draw(SEED, [2, 1, 2])
