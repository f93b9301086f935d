"""One ballot: encrypted answers, their proofs, and a signature by the credential."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from voting.errors import InputError, RefusalError
from voting.protocol import canon, proof
from voting.protocol.answer import (
    Answer,
    answer_shape,
    make_answer,
    parse_points,
    require_shape,
    verify_answer,
)
from voting.protocol.election import Election, parse_election
from voting.protocol.group import Element, Group, parse_key
from voting.protocol.proof import Proof, RandScalar, Statement


@dataclass(frozen=True)
class ParsedBallot:
    """A ballot that holds: who signed it, how it is found, and its ciphertexts.

    `points` has one list of (alpha, beta) for each question.
    """

    credential: str
    tracker: str
    points: tuple[tuple[Statement, ...], ...]


class _Signature(NamedTuple):
    hash: str
    proof: Proof


class _Document(NamedTuple):
    election_uuid: str
    election_hash: str
    credential: str
    answers: tuple[Answer, ...]
    signature: _Signature


@cache
def _shape(group: Group) -> canon.Shape[_Document]:
    signature = {"hash": canon.text, "proof": proof.shape(group.q)}
    return canon.record(
        _Document,
        {
            "election_uuid": canon.text,
            "election_hash": canon.text,
            "credential": canon.matching(group.pattern),
            "answers": canon.array(answer_shape(group)),
            "signature": canon.record(_Signature, signature),
        },
    )


def tracker(ballot: bytes) -> str:
    """Return the tracker of a ballot, shown to its voter: 43 characters."""
    return canon.base64(ballot)


def make_ballot(
    election: bytes | Election, exponent: int, choices: Sequence[Sequence[int]], rand: RandScalar
) -> bytes:
    """Encrypt and sign the choices: 0 or 1 for each answer of each question, a blank first.

    `exponent` is the secret of the credential. Raises InputError `choices`, RefusalError as
    `parse_election`.
    """
    parsed = parse_election(election) if isinstance(election, bytes) else election
    if len(choices) != len(parsed.questions):
        raise InputError("choices")
    group = parsed.group
    credential = group.text(group.power_g_secret(exponent))
    context = f"{parsed.phi}|{credential}"
    answers = [
        make_answer(group, parsed.y, question, context, values, rand).document()
        for question, values in zip(parsed.questions, choices, strict=True)
    ]
    unsigned = {
        "election_uuid": parsed.uuid,
        "election_hash": parsed.phi,
        "credential": credential,
        "answers": answers,
    }
    hashed = canon.base64(canon.write(unsigned))
    signed = proof.prove_knowledge(group, exponent, f"sig|{hashed}|", rand)
    signature = {"hash": hashed, "proof": signed.document()}
    return canon.write({**unsigned, "signature": signature})


def verify_ballot(
    election: Election, ballot: bytes, credentials: Collection[str] | None
) -> ParsedBallot:
    """Check a ballot completely; `credentials` is the roll, None leaves that check out.

    Whether the tracker is already on the board is for the caller to say. Raises RefusalError
    `json.canonical`, `group.element`, `ballot.election`, `ballot.credential`, `ballot.shape`,
    `ballot.signature` or `ballot.proof`.
    """
    document = _read(election, ballot)
    if credentials is not None and document.credential not in credentials:
        raise RefusalError("ballot.credential")
    points = _parse_points(election, document, election.group.parse_base)
    try:
        _verify_signature(election.group, document, ballot)
        _verify_answers(election, document, points)
    except RefusalError:
        # A point that is no member is named first, as if it had been tested before the proofs.
        _parse_points(election, document, election.group.parse)
        raise
    return ParsedBallot(document.credential, tracker(ballot), points)


def parse_ballot(election: Election, ballot: bytes) -> ParsedBallot:
    """Read the ciphertexts of a ballot that was verified before, without its proofs.

    Raises RefusalError `json.canonical`, `group.element`, `ballot.election`, `ballot.shape`.
    """
    document = _read(election, ballot)
    points = _parse_points(election, document, election.group.parse)
    return ParsedBallot(document.credential, tracker(ballot), points)


def _read(election: Election, ballot: bytes) -> _Document:
    document = canon.read(ballot, _shape(election.group))
    if (document.election_uuid, document.election_hash) != (election.uuid, election.phi):
        raise RefusalError("ballot.election")
    return document


def _parse_points(
    election: Election, document: _Document, parse: Callable[[str], Element]
) -> tuple[tuple[Statement, ...], ...]:
    if len(document.answers) != len(election.questions):
        raise RefusalError("ballot.shape")
    for question, answer in zip(election.questions, document.answers, strict=True):
        require_shape(question, answer)
    return tuple(tuple(parse_points(parse, answer)) for answer in document.answers)


def _verify_answers(
    election: Election, document: _Document, points: Sequence[Sequence[Statement]]
) -> None:
    context = f"{election.phi}|{document.credential}"
    for question, answer, statements in zip(
        election.questions, document.answers, points, strict=True
    ):
        verify_answer(election.group, election.y, question, context, answer, statements)


def _verify_signature(group: Group, document: _Document, ballot: bytes) -> None:
    key = parse_key(group, document.credential)
    # The signature is the last field, and no string before it can hold a bare quotation mark.
    unsigned = ballot[: ballot.rindex(b',"signature":{"hash":')] + b"}"
    hashed = canon.base64(unsigned)
    if document.signature.hash != hashed or not proof.is_knowledge(
        group, key, f"sig|{hashed}|", document.signature.proof
    ):
        raise RefusalError("ballot.signature")
