"""Words from a file, safe to print."""

_LENGTH = 400


def plain(text: str, longest: int = _LENGTH) -> str:
    """Keep a file from speaking to the terminal instead of its reader."""
    return "".join(char if char.isprintable() else "�" for char in text[:longest])
