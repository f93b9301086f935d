"""The words of a card and what follows from them."""

import hashlib

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from app import card_secret

SECRET = bytes.fromhex("7f000001" + "3f54dcc1" + "3f760723" + "ffff0000")
WORDS = "lusab-babad-gutih-tugad-gutuk-bisog-zuzuz-babab"


def test_published_proquints():
    """127.0.0.1, 63.84.220.193 and 63.118.7.35 are examples of the proquint proposal."""
    assert card_secret.spell(SECRET) == WORDS
    assert card_secret.parse(WORDS) == SECRET


@given(st.binary(min_size=16, max_size=16))
def test_words_come_back_as_the_secret(secret):
    assert card_secret.parse(card_secret.spell(secret)) == secret


@pytest.mark.parametrize(
    "typed",
    [
        WORDS.upper(),
        WORDS.replace("-", " "),
        f"  {WORDS}\n",
        WORDS.replace("-", " – "),
        WORDS.replace("-", "\u2011"),
        WORDS.replace("-", "\n", 3),
    ],
)
def test_typing_is_forgiven(typed):
    assert card_secret.parse(typed) == SECRET


@pytest.mark.parametrize(
    "typed",
    ["", "-", "lusab", WORDS + "-babab", WORDS[:-6], WORDS.replace("lusab", "lusac"), "ü" * 47],
)
def test_other_words_are_no_card(typed):
    assert card_secret.parse(typed) is None


def test_derivation_agrees_with_another_library():
    derivation = HKDF(SHA256(), length=32, salt=None, info=b"kv-card-signin")
    key = derivation.derive(SECRET)
    assert card_secret.signin_key(SECRET) == key.hex()
    assert card_secret.verifier(key.hex()) == hashlib.sha256(key).hexdigest()


@pytest.mark.parametrize(
    "shown", ["", "00", "0" * 63, "G" * 64, "A" * 64, "0" * 65, "0" * 64 + "\n"]
)
def test_only_one_form_of_key_has_a_verifier(shown):
    assert card_secret.verifier(shown) is None
