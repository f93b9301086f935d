"""One encrypted answer and the proofs that what it hides may be chosen."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from voting.errors import RefusalError
from voting.protocol import canon, proof
from voting.protocol.group import Element, Group, product
from voting.protocol.proof import Proof, RandScalar, Statement, is_one_of, prove_one_of
from voting.protocol.question import Question


class Ciphertext(NamedTuple):
    """One encrypted choice as texts of two elements."""

    alpha: str
    beta: str


class Answer(NamedTuple):
    """One encrypted answer as it stands in a ballot."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[tuple[Proof, ...], ...]
    overall_proof: tuple[Proof, ...]
    blank_proof: tuple[Proof, ...] | None

    def document(self) -> dict[str, object]:
        """Return the JSON object of this answer."""
        blank = {"blank_proof": _proofs(self.blank_proof)} if self.blank_proof else {}
        return {
            "choices": [choice._asdict() for choice in self.choices],
            "individual_proofs": [_proofs(each) for each in self.individual_proofs],
            "overall_proof": _proofs(self.overall_proof),
            **blank,
        }


@cache
def ciphertext_shape(group: Group) -> canon.Shape[Ciphertext]:
    """Return the shape of a ciphertext; membership is not checked."""
    element = canon.matching(group.pattern)
    return canon.record(Ciphertext, {"alpha": element, "beta": element})


@cache
def answer_shape(group: Group) -> canon.Shape[Answer]:
    """Return the shape of an answer; numbers of choices and proofs are not checked."""
    proofs = canon.array(proof.shape(group.q))
    fields = {
        "choices": canon.array(ciphertext_shape(group)),
        "individual_proofs": canon.array(proofs),
        "overall_proof": proofs,
        "blank_proof": proofs,
    }
    return canon.record(Answer, fields, optional={"blank_proof"})


def require_shape(question: Question, answer: Answer) -> None:
    """Raise RefusalError `ballot.shape` unless the numbers of choices and proofs are right."""
    blank = bool(question.blank)
    counts = (len(answer.choices), len(answer.individual_proofs), len(answer.overall_proof))
    if counts != (question.choices, question.choices, question.totals + blank):
        raise RefusalError("ballot.shape")
    if any(len(proofs) != 2 for proofs in answer.individual_proofs):
        raise RefusalError("ballot.shape")
    if (answer.blank_proof is not None) != blank or len(answer.blank_proof or (1, 2)) != 2:
        raise RefusalError("ballot.shape")


def parse_points(parse: Callable[[str], Element], answer: Answer) -> list[Statement]:
    """Return the elements of the choices; `parse` is a group's, or its `parse_base`.

    Raises RefusalError `group.element`.
    """
    return [(parse(alpha), parse(beta)) for alpha, beta in answer.choices]


def verify_answer(
    group: Group,
    y: Element,
    question: Question,
    context: str,
    answer: Answer,
    points: Sequence[Statement],
) -> None:
    """Check every proof of an answer of the right shape.

    `context` is election hash and credential, joined by a bar. The points may come from
    `Group.parse_base`: the proofs of a choice take powers of both. Raises RefusalError
    `ballot.proof`, or `group.element` for such a point.
    """
    claims = _Claims(group, question, context, answer.choices, points)
    for index, proofs in enumerate(answer.individual_proofs):
        _require(is_one_of(group, y, *claims.individual(index), proofs))
    if answer.blank_proof is not None:
        _require(is_one_of(group, y, *claims.blank(), answer.blank_proof))
    _require(is_one_of(group, y, *claims.overall(), answer.overall_proof))


def make_answer(
    group: Group,
    y: Element,
    question: Question,
    context: str,
    values: Sequence[int],
    rand: RandScalar,
) -> Answer:
    """Encrypt the values (0 or 1 for each choice, blank first) and prove that they may be cast.

    Raises InputError `choices`.
    """
    question.require_choices(values)
    witnesses = [rand(group.q) for _ in values]
    points = [_encrypt(group, y, m, r) for m, r in zip(values, witnesses, strict=True)]
    texts = tuple(Ciphertext(group.text(a), group.text(b)) for a, b in points)
    claims = _Claims(group, question, context, texts, points)
    individual = tuple(
        tuple(prove_one_of(group, y, *claims.individual(index), m, r, rand))
        for index, (m, r) in enumerate(zip(values, witnesses, strict=True))
    )
    blank = bool(question.blank)
    total, sum_witness = sum(values[blank:]), sum(witnesses[blank:])
    if not blank:
        index, witness = total - question.min, sum_witness
        overall = prove_one_of(group, y, *claims.overall(), index, witness, rand)
        return Answer(texts, individual, tuple(overall), None)
    is_blank = values[0]
    index, witness = (0, witnesses[0]) if is_blank else (total - question.min + 1, sum_witness)
    overall = prove_one_of(group, y, *claims.overall(), index, witness, rand)
    index, witness = (1, sum_witness) if is_blank else (0, witnesses[0])
    shown = prove_one_of(group, y, *claims.blank(), index, witness, rand)
    return Answer(texts, individual, tuple(overall), tuple(shown))


class _Claims:
    """The statements that the proofs of one answer are about, each with its hash prefix."""

    def __init__(
        self,
        group: Group,
        question: Question,
        context: str,
        texts: Sequence[Ciphertext],
        points: Sequence[Statement],
    ) -> None:
        self._group = group
        self._question = question
        self._context = context
        self._texts = texts
        self._points = points
        self._all_texts = f"{context}|" + ",".join(chain.from_iterable(texts))
        counted = points[bool(question.blank) :]
        self._alpha = product(group, (alpha for alpha, _ in counted))
        self._beta = product(group, (beta for _, beta in counted))

    def individual(self, index: int) -> tuple[str, list[Statement]]:
        """Choice `index` is 0 or 1."""
        alpha, beta = self._points[index]
        prefix = f"prove|{self._context}|{','.join(self._texts[index])}|"
        return prefix, [(alpha, beta), (alpha, _less(self._group, beta, 1))]

    def overall(self) -> tuple[str, list[Statement]]:
        """The total is allowed, or the ballot is blank."""
        totals = list(self._totals())
        if not self._question.blank:
            sums = f"{self._group.text(self._alpha)},{self._group.text(self._beta)}"
            return f"prove|{self._all_texts}|{sums}|", totals
        alpha, beta = self._points[0]
        return f"bproof1|{self._all_texts}|", [(alpha, _less(self._group, beta, 1)), *totals]

    def blank(self) -> tuple[str, list[Statement]]:
        """The ballot is not blank, or it has no other choice."""
        return f"bproof0|{self._all_texts}|", [self._points[0], (self._alpha, self._beta)]

    def _totals(self) -> Iterator[Statement]:
        for k in range(self._question.min, self._question.max + 1):
            yield self._alpha, _less(self._group, self._beta, k)


@cache
def _inverse_power(group: Group, k: int) -> Element:
    return group.power_g(-k)


def _less(group: Group, beta: Element, k: int) -> Element:
    return group.mul(beta, _inverse_power(group, k)) if k else beta


def _encrypt(group: Group, y: Element, value: int, r: int) -> Statement:
    beta = group.power_secret(y, r)
    return group.power_g_secret(r), group.mul(beta, group.g) if value else beta


def _proofs(proofs: Sequence[Proof]) -> list[dict[str, str]]:
    return [each.document() for each in proofs]


def _require(holds: bool) -> None:
    if not holds:
        raise RefusalError("ballot.proof")
