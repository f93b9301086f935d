"""What each answer of the rules of procedure means, counted through with the body's own seats."""

from typing import Any

from app.roster.example import ballots, figures, people
from app.roster.example.evening import Evening

HINTS = {**figures.HINTS, **people.HINTS, **ballots.HINTS}


def hints(evening: Evening) -> dict[str, dict[Any, str]]:
    """Parameter and answer to the sentence that counts it through.

    An example of a number, which has no answers to choose from, stands under the empty answer.
    """
    return {name: hint(evening) for name, hint in HINTS.items()}
