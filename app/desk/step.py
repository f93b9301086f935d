"""What to do next, in words for the page that opens first."""

from typing import NamedTuple


class Step(NamedTuple):
    """What to do, why, the words on the button and where it leads."""

    title: str
    reason: str
    label: str
    address: str
