"""Texts that a spreadsheet would take for a formula: written so that it does not, and read back."""

import re

# One more apostrophe in front never changes whether a text matches: so both ways are exact.
_LIKE_FORMULA = re.compile(r"['\s\ufeff\0]*[=+\-@＝＋－＠\t\r\n]")


def guard(text: str) -> str:
    """The text for a CSV file: an apostrophe in front of what looks like a formula."""
    return f"'{text}" if _LIKE_FORMULA.match(text) else text


def guard_apostrophe(text: str) -> str:
    """The text for a cell that is marked as text: only what `unguard` would shorten gets longer."""
    return guard(text) if text.startswith("'") else text


def unguard(text: str) -> str:
    """The text as it was before one of the two."""
    return text[1:] if text.startswith("'") and _LIKE_FORMULA.match(text[1:]) else text
