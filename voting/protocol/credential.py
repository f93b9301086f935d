"""Voting codes, the exponents made from them, and the roll of public points (PROTOCOL 8)."""

import re
from collections.abc import Iterable

from voting.errors import InputError, RefusalError
from voting.protocol import canon
from voting.protocol.group import Group, parse_key
from voting.protocol.proof import Proof, RandScalar, is_knowledge, prove_knowledge, shape

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_CODE = re.compile(f"([{BASE58}]{{6}}-){{3}}[{BASE58}]{{6}}", re.ASCII)


def make_code(rand: RandScalar) -> str:
    """Return a fresh voting code: 23 random Base58 characters and a check character."""
    body = "".join(BASE58[rand(58)] for _ in range(23))
    whole = body + _check_character(body)
    return "-".join(whole[at : at + 6] for at in range(0, 24, 6))


def is_code(text: str) -> bool:
    """Tell whether a text is a voting code in four groups of six with the right last character."""
    if not _CODE.fullmatch(text):
        return False
    bare = text.replace("-", "")
    return bare[23] == _check_character(bare[:23])


def derive_exponent(group: Group, term: str, code: str) -> int:
    """Return the secret exponent s that a voting code stands for in one term.

    Raises InputError `code` for anything that is not a voting code.
    """
    if not is_code(code):
        raise InputError("code")
    return derive(group, f"kv-credential|{group.name}|{term}|{code.replace('-', '')}")


def derive(group: Group, label: str) -> int:
    """Stretch a secret label to an exponent: two hashes side by side, modulo q (PROTOCOL 6.4)."""
    halves = (canon.hexadecimal(f"{label}|{half}".encode()) for half in (0, 1))
    return int("".join(halves), 16) % group.q


def make_enrolment(group: Group, term: str, nonce: str, exponent: int, rand: RandScalar) -> Proof:
    """Prove possession of the exponent of a point that is to be registered."""
    point = group.text(group.power_g_secret(exponent))
    return prove_knowledge(group, exponent, _enrolment_prefix(term, nonce, point), rand)


def verify_enrolment(group: Group, term: str, nonce: str, point: str, proof: object) -> None:
    """Check a point that a member wants to register; `proof` is its parsed JSON object.

    Raises RefusalError `json.canonical` (form), `group.element` (no member, or the identity) or
    `credential.proof`.
    """
    element = parse_key(group, canon.text(point))
    parsed = shape(group.q)(proof)
    if not is_knowledge(group, element, _enrolment_prefix(term, nonce, point), parsed):
        raise RefusalError("credential.proof")


def make_roll(group: Group, points: Iterable[str]) -> bytes:
    """Write the credentials document of an election: all points, sorted as texts.

    Raises RefusalError as `parse_roll`.
    """
    document = canon.write(sorted(points))
    parse_roll(group, document)
    return document


def parse_roll(group: Group, document: bytes) -> frozenset[str]:
    """Read a credentials document in any order and check every point.

    Raises RefusalError `json.canonical`, `group.element`, `credentials.duplicate`, or
    `unsupported` for points that carry a weight.
    """
    points = canon.read(document, canon.array(canon.text))
    for point in points:
        if "," in point:
            raise RefusalError("unsupported", weight=point.partition(",")[2][:20])
        parse_key(group, point)
    roll = frozenset(points)
    if len(roll) != len(points):
        raise RefusalError("credentials.duplicate")
    return roll


def _check_character(body: str) -> str:
    return BASE58[int(canon.hexadecimal(f"kv-code|{body}".encode()), 16) % 58]


def _enrolment_prefix(term: str, nonce: str, point: str) -> str:
    return f"kv-enrol|{term}|{nonce}|{point}|"
