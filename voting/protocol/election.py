"""The election document: what is asked, under which key, and its hash."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from voting.errors import InputError, RefusalError
from voting.protocol import canon
from voting.protocol.credential import BASE58
from voting.protocol.group import Element, Group, by_name, parse_key
from voting.protocol.question import Question, question_shape

_UUID = re.compile(f"[{BASE58}]{{14,}}", re.ASCII)


@dataclass(frozen=True)
class Election:
    """A checked election document; `phi` is its hash, `y` the element of its public key."""

    uuid: str
    phi: str
    name: str
    description: str
    group: Group
    public_key: str
    y: Element
    questions: tuple[Question, ...]
    document_hash: str


class _Document(NamedTuple):
    version: int
    description: str
    name: str
    group: str
    public_key: str
    questions: tuple[Question, ...]
    uuid: str
    administrator: str | None
    credential_authority: str | None


_DOCUMENT = canon.record(
    _Document,
    {
        "version": canon.natural,
        "description": canon.text,
        "name": canon.text,
        "group": canon.text,
        "public_key": canon.text,
        "questions": canon.array(question_shape),
        "uuid": canon.text,
        "administrator": canon.text,
        "credential_authority": canon.text,
    },
    optional={"administrator", "credential_authority"},
)


def phi(document: bytes) -> str:
    """Return the election hash that every proof of the election contains."""
    return canon.base64(document)


def parse_election(document: bytes) -> Election:
    """Check an election document.

    Raises RefusalError `json.canonical`, `unsupported` (version, group or kind of question),
    `setup.uuid`, `setup.question` or `group.element`.
    """
    parsed = canon.read(document, _supported_document)
    group = by_name(parsed.group)
    if not _UUID.fullmatch(parsed.uuid):
        raise RefusalError("setup.uuid")
    if not parsed.questions:
        raise RefusalError("setup.question")
    for question in parsed.questions:
        question.require_countable()
    return Election(
        uuid=parsed.uuid,
        phi=phi(document),
        name=parsed.name,
        description=parsed.description,
        group=group,
        public_key=parsed.public_key,
        y=parse_key(group, parsed.public_key),
        questions=parsed.questions,
        document_hash=canon.hexadecimal(document),
    )


def make_election(
    *,
    uuid: str,
    name: str,
    description: str,
    group: Group,
    public_key: str,
    questions: Sequence[Question],
) -> bytes:
    """Write the election document; `description` may hold line breaks, the other texts may not.

    Raises InputError `text` and RefusalError as `parse_election`.
    """
    for line in (name, *(text for q in questions for text in (q.question, *q.answers))):
        canon.require_text(line)
    fields = {
        "version": 1,
        "description": canon.require_text(description, newline=True),
        "name": name,
        "group": group.name,
        "public_key": public_key,
        "questions": [question.document() for question in questions],
        "uuid": uuid,
    }
    document = canon.write(fields)
    parse_election(document)
    return document


def digest_wording(
    wording: Mapping[str, str], options: Mapping[str, Sequence[str]], order: Sequence[str]
) -> str:
    """Return the digest of a question's wording and options by language, in the order shown.

    Raises InputError `text`, or `languages` where the two do not name the same languages.
    """
    languages = sorted(wording)
    if languages != sorted(options):
        raise InputError("languages")
    for text in (*wording.values(), *(text for each in options.values() for text in each)):
        canon.require_text(text, newline=True)
    shown = {
        "wording": {language: wording[language] for language in languages},
        "options": {language: list(options[language]) for language in languages},
        "order": list(order),
    }
    return canon.hexadecimal(canon.write(shown))


def make_description(
    *,
    round_id: str,
    question_id: str,
    digest: str,
    rules: str,
    amount_cents: int | None,
    adopts: str | None = None,
    is_poll: bool = False,
    is_practice: bool = False,
) -> str:
    """Return the description of an election of ours: what its hash covers beside the wording.

    `rules` is the hash of the rules of procedure that apply, `adopts` that of the version which is
    voted on; what does not exist is left out, as are `poll` and `practice` where the vote decides.
    """
    fields: dict[str, object] = {
        "kv": 1,
        "round": round_id,
        "question": question_id,
        "digest": digest,
        "rules": rules,
    }
    if amount_cents is not None:
        fields["amount_cents"] = amount_cents
    if adopts is not None:
        fields["adopts"] = adopts
    if is_poll:
        fields["poll"] = True
    if is_practice:
        fields["practice"] = True
    return canon.write(fields).decode()


def _supported_document(value: Any) -> _Document:
    if isinstance(value, dict):
        version = value.get("version")
        if type(version) is int and version != 1:
            raise RefusalError("unsupported", version=version)
    return _DOCUMENT(value)
