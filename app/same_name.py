"""Whether two names look the same to a reader."""

import unicodedata

from app.one_line import JOINERS

_NO_JOINERS = dict.fromkeys(map(ord, JOINERS))


def key_of(name: str) -> str:
    """Equal for names that differ only in case, blanks and characters that nobody sees."""
    seen = unicodedata.normalize("NFKC", name).translate(_NO_JOINERS)
    return " ".join(seen.casefold().split())
