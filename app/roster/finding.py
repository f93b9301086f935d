"""Finding a person by a few letters, however the name is written."""

import unicodedata
from collections.abc import Iterable

from app.roster.holder import Holder
from app.same_name import key_of

PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})


def find(holders: Iterable[Holder], typed: str) -> list[Holder]:
    """Those whose name contains every word typed; accents and capitals do not matter."""
    words = letters(typed).split()
    if not words:
        return []
    return [each for each in holders if all(word in letters(each.member.name) for word in words)]


def letters(text: str) -> str:
    """A name as somebody types it who looks for it on any keyboard."""
    split = unicodedata.normalize("NFD", key_of(text).translate(PLAIN))
    return "".join(each for each in split if not unicodedata.combining(each))
