"""Randomness for the ballot protocol."""

import secrets


def rand_scalar(q: int) -> int:
    """A uniform number from 0 to q - 1."""
    return secrets.randbelow(q)
