"""The secret of a card as its eight words, and what the server may know of it."""

import hashlib
import hmac
import re

CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aiou"
WORDS = 8
WORD = re.compile(f"[{CONSONANTS}][{VOWELS}]" * 2 + f"[{CONSONANTS}]")
BREAKS = re.compile(r"[\s\u002d\u058a\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+")
SIGNIN_KEY = re.compile(r"[0-9a-f]{64}")


def spell(secret: bytes) -> str:
    """The words of a secret of 16 bytes, as printed and as in the card's address."""
    pairs = zip(secret[::2], secret[1::2], strict=True)
    return "-".join(_word(high << 8 | low) for high, low in pairs)


def parse(text: str) -> bytes | None:
    """The secret behind typed words; capitals, blanks and hyphens do not matter."""
    words = BREAKS.split(text.strip().lower())
    if len(words) != WORDS or not all(WORD.fullmatch(word) for word in words):
        return None
    return b"".join(_bits(word).to_bytes(2, "big") for word in words)


def signin_key(secret: bytes) -> str:
    """What a card's holder shows to sign in, 64 hexadecimal digits."""
    return _derive(secret, b"kv-card-signin").hex()


def verifier(shown: str) -> str | None:
    """What is stored of a card, from what its holder shows; None for anything else."""
    if not SIGNIN_KEY.fullmatch(shown):
        return None
    return hashlib.sha256(bytes.fromhex(shown)).hexdigest()


def _derive(secret: bytes, info: bytes) -> bytes:
    # RFC 5869 with an empty salt; 32 bytes are exactly one block of SHA-256.
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def _word(bits: int) -> str:
    return (
        CONSONANTS[bits >> 12]
        + VOWELS[bits >> 10 & 3]
        + CONSONANTS[bits >> 6 & 15]
        + VOWELS[bits >> 4 & 3]
        + CONSONANTS[bits & 15]
    )


def _bits(word: str) -> int:
    first, third, fifth = (CONSONANTS.index(letter) for letter in word[::2])
    second, fourth = (VOWELS.index(letter) for letter in word[1::2])
    return first << 12 | second << 10 | third << 6 | fourth << 4 | fifth
