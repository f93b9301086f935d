"""Passphrases: which are good enough, how they are stored, and how one is compared."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

SHORTEST = 12
LONGEST = 128
# The top of the scale: at least 10^10 guesses, which three known words are not.
GOOD_ENOUGH = 4
# What zxcvbn reads of a passphrase; the time it needs grows faster than the length.
READ_BY_JUDGE = 72
BETWEEN_WORDS = re.compile(r"[\s_.,-]+")
KNOWN_WORDS = Path(__file__).with_name("known_words.txt")

hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
# A hash takes 64 MiB: four at a time in a process.
places = BoundedSemaphore(4)
# Compared where there is no passphrase, so that the answer takes as long; nothing yields it.
NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$jm+Ctbjod1556/ZYeFn7Fw"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


def normal(typed: str) -> str:
    """One form for the same letters from different keyboards; blanks stay."""
    return unicodedata.normalize("NFKC", typed)


def fault(typed: str, own_words: Iterable[str]) -> str | None:
    """What keeps a passphrase from being good: short, long or guessable.

    `own_words` are names that everybody knows of this person.
    """
    text = normal(typed)
    if len(text) < SHORTEST:
        return "short"
    if len(text) > LONGEST:
        return "long"
    known = [*(word for each in own_words for word in each.lower().split()), *_known_words()]
    # Blanks between known words look like more than they are.
    joined = BETWEEN_WORDS.sub("", text)
    scores = [
        zxcvbn(each[:READ_BY_JUDGE].lower(), user_inputs=known)["score"] for each in (text, joined)
    ]
    return None if min(scores) >= GOOD_ENOUGH else "guessable"


def digest(typed: str) -> str:
    """The stored form."""
    with places:
        return hasher.hash(normal(typed))


def matches(verifier: str | None, typed: str) -> bool:
    """Whether this is the passphrase; without a stored one the work is the same."""
    with places:
        try:
            return hasher.verify(verifier or NOBODYS, normal(typed))
        except (VerificationError, InvalidHashError):
            return False


@cache
def _known_words() -> list[str]:
    return KNOWN_WORDS.read_text().split()
