"""What a phone sends of a voting key."""

from typing import Any

from app.demo.phone import Phone
from app.entropy import rand_scalar
from voting.protocol.credential import make_enrolment
from voting.protocol.group import NAMES, by_name


def proven_points(phone: Phone, nonce: str) -> list[dict[str, Any]]:
    return [
        {"group": name, "point": phone.point_in(name), "proof": proof_in(phone, nonce, name)}
        for name in NAMES
    ]


def proof_in(phone: Phone, nonce: str, name: str) -> dict[str, str]:
    """The proof that this phone knows its exponent in a group."""
    group = by_name(name)
    exponent = phone.exponent_in(group)
    return make_enrolment(group, phone.term, nonce, exponent, rand_scalar).document()
