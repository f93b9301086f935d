"""What the holder of a voting key can make of a valid ballot, by case of json_cases.json.

Each change gets the fields of the ballot. Those in `SIGNED` are signed again by their own voter, so
that nothing but the fault itself is left to be noticed.
"""

import json
import secrets
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from tests.voting.protocol.made import resign
from voting.protocol.ballot import make_ballot
from voting.protocol.election import Election, parse_election
from voting.protocol.group import by_name

Fields = dict[str, Any]
Change = Callable[[Fields], None]

GROUP = by_name("Ed25519")
IDENTITY = GROUP.text(GROUP.identity)
ORDER_TWO = f"{2**255 - 20:064x}"
ORDER_FOUR = f"{0:064x}"
ORDER_EIGHT = "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7"
BEYOND_P = f"{2**255 - 19 + 1:064x}"


def alpha(text: str) -> Change:
    """Put this text where the first element of the first choice stands."""
    return lambda fields: fields["answers"][0]["choices"][0].update(alpha=text)


def reorder(fields: Fields) -> None:
    fields["answers"] = fields.pop("answers")
    fields["credential"] = fields.pop("credential")


def upper(fields: Fields) -> None:
    choice = fields["answers"][0]["choices"][0]
    choice["alpha"] = choice["alpha"].upper()


def degenerate(fields: Fields) -> None:
    for proof in fields["answers"][0]["individual_proofs"][0]:
        proof.update(challenge="0", response="0")


def shorten(fields: Fields) -> None:
    fields["answers"][0]["choices"].pop()


def add(**more: object) -> Change:
    return lambda fields: fields.update(more)


def index(value: object) -> Change:
    """Put a number or a truth value where a proof stands."""
    return lambda fields: fields["answers"][0]["overall_proof"].__setitem__(0, value)


SIGNED: list[tuple[str, Change, str]] = [
    ("J048", reorder, "malformed"),
    ("J048", upper, "malformed"),
    ("J053", alpha(IDENTITY), "proof_broken"),
    ("J054", alpha(ORDER_TWO), "proof_broken"),
    ("J054", alpha(ORDER_FOUR), "proof_broken"),
    ("J054", alpha(ORDER_EIGHT), "proof_broken"),
    ("J057", alpha(BEYOND_P), "proof_broken"),
    ("J063", degenerate, "proof_broken"),
    ("J070", shorten, "proof_broken"),
    ("J070", lambda fields: fields.update(answers=[]), "proof_broken"),
    ("J073", index(0.0), "malformed"),
    ("J073", index(1), "malformed"),
    ("J073", index(True), "malformed"),
    ("J076", add(area_id=2), "malformed"),
    ("J079", add(status="counted"), "malformed"),
]


def sign(exponent: int, ballot: str, change: Change) -> str:
    """The changed ballot with a signature that holds."""
    voter = SimpleNamespace(group=GROUP, rand=secrets.randbelow, secrets=[exponent])
    return resign(voter, 0, ballot.encode(), change).decode()


def overvote(election: str, exponent: int) -> str:
    """Yes and no at once: made as if both were allowed, with one proof of the sum left over."""
    parsed = parse_election(election.encode())
    lenient = _with_limits(parsed, 2)
    both = make_ballot(lenient, exponent, [[1, 1, 0]], secrets.randbelow).decode()
    return sign(exponent, both, lambda fields: fields["answers"][0]["overall_proof"].pop())


def of_another(election: str, exponent: int, other: int) -> str:
    """Proofs made for one's own credential, under the name of another one's: the hash differs."""
    parsed = parse_election(election.encode())
    ballot = make_ballot(parsed, other, [[1, 0, 0]], secrets.randbelow).decode()
    own = GROUP.text(GROUP.power_g(exponent))
    return sign(exponent, ballot, lambda fields: fields.update(credential=own))


def _with_limits(election: Election, most: int) -> Election:
    (question,) = election.questions
    return Election(**{**vars(election), "questions": (question._replace(max=most),)})


def case_names(cases: str) -> set[str]:
    """The cases about one valid ballot."""
    return {each["id"] for each in json.loads(cases) if each["class"] == "ballot-template"}
