"""How long one ballot takes: ten yes/no/abstain questions in one election on Ed25519.

CPU time of one process, the best of several runs, so that other work on the machine matters little.
"""

import json
import secrets
import time
from collections.abc import Callable

from voting.protocol import ballot, election, trustee
from voting.protocol.group import by_name
from voting.protocol.question import Question

QUESTIONS = 10
RUNS = 6
BURSTS = 10
PAUSE_SECONDS = 0.4
GROUP = by_name("Ed25519")
YES_NO_ABSTAIN = Question(("yes", "no", "abstain"), None, 1, 1, "Wird der Antrag gefördert?")


def best_of_both(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """The least CPU time of each, in milliseconds; both see the same calm and busy moments."""
    least = [float("inf"), float("inf")]
    for _ in range(BURSTS):
        for _ in range(RUNS):
            for place, work in enumerate((one, other)):
                begin = time.process_time()
                work()
                least[place] = min(least[place], time.process_time() - begin)
        time.sleep(PAUSE_SECONDS)
    return least[0] * 1000, least[1] * 1000


def made_election() -> election.Election:
    exponent = secrets.randbelow(GROUP.q)
    keys = trustee.make_single(GROUP, exponent, secrets.randbelow)
    document = election.make_election(
        uuid="KiezvotumBench",
        name="Rat",
        description="",
        group=GROUP,
        public_key=trustee.public_key(GROUP, keys),
        questions=[YES_NO_ABSTAIN] * QUESTIONS,
    )
    return election.parse_election(document)


def bare_work() -> None:
    """The group operations that no verifier of such a ballot can leave out, and nothing else.

    A question has 14 double exponentiations, half of them with g; the signature has one more with
    g. The powers of a point test whether it is a member.
    """
    a, n = GROUP.power_g(4711), GROUP.q - 4711
    for _ in range(21 * QUESTIONS + 1):
        GROUP.power(a, n)
    for _ in range(7 * QUESTIONS + 1):
        GROUP.power_g(n)
    for _ in range(14 * QUESTIONS + 1):
        GROUP.mul(a, a)


def line(name: str, value: float, unit: str, bound: float) -> None:
    ok = value <= bound
    print(json.dumps({"name": name, "value": value, "unit": unit, "bound": bound, "ok": ok}))


def main() -> None:
    parsed = made_election()
    secret = secrets.randbelow(GROUP.q)
    choices = [[1, 0, 0]] * QUESTIONS
    cast = ballot.make_ballot(parsed, secret, choices, secrets.randbelow)
    roll = frozenset([GROUP.text(GROUP.power_g(secret))])
    verifying, bare = best_of_both(lambda: ballot.verify_ballot(parsed, cast, roll), bare_work)
    line("verify a ballot of ten questions, Ed25519", verifying, "ms CPU", 30)
    line("the same, against the bare group operations", verifying / bare, "×", 1.3)


if __name__ == "__main__":
    main()
