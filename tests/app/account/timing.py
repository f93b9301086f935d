"""Whether processor times of answers tell two tries apart (Kolmogorov and Smirnov)."""

import random
import time
from bisect import bisect_right

from tests.app.account.lookalike import Pair, Try

# Two samples of the same distribution are farther apart once in a hundred.
ONCE_IN_HUNDRED = 1.63
WARM_UP = 5


def tells_apart(pair: Pair, times: int) -> bool:
    """Whether the two differ; a first alarm is measured again, as chance gives some."""
    bound = ONCE_IN_HUNDRED * (2 / times) ** 0.5
    return all(distance(pair, times) > bound for _try in range(2))


def distance(pair: Pair, times: int) -> float:
    """The largest difference of the two distributions."""
    known, unknown = (sorted(each) for each in measure(pair, times))
    return max(
        abs(bisect_right(known, each) - bisect_right(unknown, each)) / times
        for each in (*known, *unknown)
    )


def measure(pair: Pair, times: int) -> tuple[list[float], list[float]]:
    """Seconds of answers to the one and to the other, asked in random order."""
    found: tuple[list[float], list[float]] = ([], [])
    for which in _order(WARM_UP):
        pair[which].send()
    for which in _order(times):
        found[which].append(_seconds(pair[which]))
    return found


def _order(times: int) -> list[int]:
    return random.sample([0, 1] * times, 2 * times)


def _seconds(asked: Try) -> float:
    began = time.process_time()
    asked.send()
    return time.process_time() - began
