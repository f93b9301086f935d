"""The order in which a lot draws, from values that are fixed before a sum is opened.

Whoever has the decision log can draw again: nothing but SHA-256 of one line for each option.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from voting.errors import InputError


@dataclass(frozen=True, slots=True)
class Seed:
    """Hold what the lot of one question is drawn from; both hashes are 64 hexadecimal digits.

    `log_root` is the root of the log that ends with the entry by which the round was closed, random
    bytes in it; `box_head` is the head of the question's board there, `question` its id.
    """

    log_root: str
    box_head: str
    question: str


@dataclass(frozen=True, slots=True)
class Slip:
    """Hold the lot of one option: `ticket` is SHA-256 of `line`, as 64 hexadecimal digits."""

    option: int
    line: str
    ticket: str


def draw(seed: Seed, options: Sequence[int]) -> tuple[Slip, ...]:
    """Return the slips of the options in the order drawn: the least ticket comes first.

    Options are numbers from 1, in the order of the paper. The line of an option is
    `kv-lot|log_root|box_head|question|option`. Raise InputError `options_missing` with fewer than
    two options and `candidate_twice` with the `id` of one that is there twice.
    """
    if len(options) < 2:
        raise InputError("options_missing")
    for each in options:
        if options.count(each) > 1:
            raise InputError("candidate_twice", id=each)
    return tuple(sorted((_slip(seed, each) for each in options), key=lambda slip: slip.ticket))


def _slip(seed: Seed, option: int) -> Slip:
    line = f"kv-lot|{seed.log_root}|{seed.box_head}|{seed.question}|{option}"
    return Slip(option, line, sha256(line.encode("ascii")).hexdigest())
