"""One homomorphic question: its answers and how many of them may be chosen."""

from collections.abc import Sequence
from typing import NamedTuple

from voting.errors import InputError, RefusalError
from voting.protocol import canon


class Question(NamedTuple):
    """A question as it stands in the election document; `blank` is True or None."""

    answers: tuple[str, ...]
    blank: bool | None
    min: int
    max: int
    question: str

    @property
    def choices(self) -> int:
        """Return the number of ciphertexts of one ballot: a blank takes the first."""
        return len(self.answers) + bool(self.blank)

    @property
    def totals(self) -> int:
        """Return how many different totals are allowed."""
        return self.max - self.min + 1

    def document(self) -> dict[str, object]:
        """Return the JSON object of this question."""
        blank = {"blank": True} if self.blank else {}
        limits = {"min": self.min, "max": self.max, "question": self.question}
        return {"answers": list(self.answers), **blank, **limits}

    def require_countable(self) -> None:
        """Raise RefusalError `setup.question` unless 0 <= min <= max <= answers, max >= 1."""
        if not 0 <= self.min <= self.max <= len(self.answers) or self.max < 1:
            raise RefusalError("setup.question")

    def require_choices(self, choices: Sequence[int]) -> None:
        """Raise InputError `choices` unless these values (0 or 1, blank first) may be cast."""
        if len(choices) != self.choices or not set(choices) <= {0, 1}:
            raise InputError("choices")
        total = sum(choices[bool(self.blank) :])
        is_blank = bool(self.blank and choices[0])
        if total not in ([0] if is_blank else range(self.min, self.max + 1)):
            raise InputError("choices")


_QUESTION = canon.record(
    Question,
    {
        "answers": canon.array(canon.text),
        "blank": canon.true,
        "min": canon.natural,
        "max": canon.natural,
        "question": canon.text,
    },
    optional={"blank"},
)


def question_shape(value: object) -> Question:
    """Accept a homomorphic question. Raises RefusalError `unsupported` for typed questions."""
    if isinstance(value, dict) and "type" in value:
        raise RefusalError("unsupported")
    return _QUESTION(value)
