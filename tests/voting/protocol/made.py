"""Elections made for tests: honest ones, and ones rebuilt around a fault with a whole chain."""

import gzip
import io
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from voting.protocol import (
    archive,
    ballot,
    canon,
    credential,
    election,
    proof,
    strong,
    tally,
    tar,
    trustee,
)
from voting.protocol.group import Group, by_name
from voting.protocol.question import Question
from voting.protocol.verify import Accepted, Refused, verify

VECTORS = Path(__file__).parents[2] / "vectors" / "belenios"
TIMESTAMP = 1795329499
UUID = "KiezvotumTest1"
YES_NO_ABSTAIN = Question(("yes", "no", "abstain"), None, 1, 1, "Wird gefördert?")
YES, NO, ABSTAIN = [1, 0, 0], [0, 1, 0], [0, 0, 1]

Events = list[tuple[str, list[bytes]]]


def unzip(name: str) -> bytes:
    return gzip.decompress((VECTORS / name).read_bytes())


def known_answers() -> dict:
    return json.loads(unzip("kat.json.gz"))


def seeded(seed: object) -> Callable[[int], int]:
    """Randomness that repeats itself; only tests may have that."""
    return random.Random(repr(seed)).randrange


def check(data: bytes, side: bytes | None = None, **options) -> Accepted | Refused:
    return verify(io.BytesIO(data), side, **options)


@dataclass(frozen=True)
class Made:
    """An election with its secrets; `votes` are (voter, choices of each question) as cast."""

    group: Group
    questions: Sequence[Question] = (YES_NO_ABSTAIN,)
    voters: int = 3
    votes: Sequence[tuple[int, list[list[int]]]] = ()
    seed: object = 1
    trustees: bytes = b""
    exponents: dict[int, int] = field(default_factory=dict)
    uuid: str = UUID

    @cached_property
    def rand(self) -> Callable[[int], int]:
        return seeded(self.seed)

    @cached_property
    def secrets(self) -> list[int]:
        return [self.rand(self.group.q) for _ in range(self.voters)]

    @cached_property
    def document(self) -> bytes:
        return election.make_election(
            uuid=self.uuid,
            name="Rat",
            description="Zeile eins\nZeile „zwei“",
            group=self.group,
            public_key=trustee.public_key(self.group, self.trustees),
            questions=self.questions,
        )

    @cached_property
    def election(self) -> election.Election:
        return election.parse_election(self.document)

    @cached_property
    def roll(self) -> bytes:
        points = [self.group.text(self.group.power_g(secret)) for secret in self.secrets]
        return credential.make_roll(self.group, points)

    @cached_property
    def ballots(self) -> list[bytes]:
        return [self.cast(voter, choices) for voter, choices in self.votes]

    @cached_property
    def tally(self) -> tally.Tally:
        return tally.encrypted_tally(self.election, self.ballots)

    @cached_property
    def partials(self) -> dict[int, bytes]:
        return {
            owner: tally.partial_decryption(self.election, self.tally, exponent, self.rand)
            for owner, exponent in self.exponents.items()
        }

    @cached_property
    def shares(self) -> list[strong.Share]:
        return [
            strong.make_share(
                self.election, self.tally, owner, self.partials[owner], exponent, self.rand
            )
            for owner, exponent in self.exponents.items()
        ]

    @cached_property
    def strong(self) -> bytes:
        return strong.make_strong(self.election, self.tally, self.shares)

    @cached_property
    def result(self) -> bytes:
        factors = {
            owner: tally.parse_partial(self.election, self.tally, document)
            for owner, document in self.partials.items()
        }
        keys = trustee.parse_trustees(self.group, self.trustees)
        return tally.result(keys, self.tally, factors)

    def cast(self, voter: int, choices: list[list[int]]) -> bytes:
        return ballot.make_ballot(self.election, self.secrets[voter], choices, self.rand)

    def appended(self, stage: str = "done") -> list[archive.Appended]:
        """The events of the board as a server would append them."""
        events = [archive.setup(TIMESTAMP, self.document, self.trustees, self.roll)]

        def add(write: Callable[..., archive.Appended], *content: object) -> None:
            events.append(write(events[-1].head, len(events), TIMESTAMP, *content))

        for each in self.ballots:
            add(archive.ballot, each)
        if stage == "open":
            return events
        add(archive.end_ballots)
        add(archive.encrypted_tally, self.tally.document, self.tally.counted)
        for owner, document in self.partials.items():
            add(archive.partial_decryption, owner, document)
        if stage == "done":
            add(archive.result, self.result)
        return events

    @cached_property
    def archive(self) -> bytes:
        return b"".join(event.data for event in self.appended())

    def events(self) -> Events:
        """The same board as plain documents, ready to be rebuilt with a fault."""
        described = {
            "num_tallied": self.tally.counted,
            "total_weight": self.tally.counted,
            "encrypted_tally": self.tally.hash,
        }
        return [
            ("Setup", self.setup_documents()),
            *(("Ballot", [each]) for each in self.ballots),
            ("EndBallots", []),
            ("EncryptedTally", [self.tally.document, canon.write(described)]),
            *(("PartialDecryption", described_partial(*each)) for each in self.partials.items()),
            ("Result", [self.result]),
        ]

    def setup_documents(self, **changed: bytes) -> list[bytes]:
        documents = {
            "election": self.document,
            "trustees": self.trustees,
            "credentials": self.roll,
        } | changed
        hashes = {name: canon.hexadecimal(document) for name, document in documents.items()}
        return [*documents.values(), canon.write(hashes)]


def described_partial(owner: int, document: bytes) -> list[bytes]:
    return [document, canon.write({"owner": owner, "payload": canon.hexadecimal(document)})]


def single(group: Group, votes=(), **fields) -> Made:
    """An election with one key, as in office mode."""
    seed = fields.get("seed", 1)
    rand = seeded(("key", seed))
    exponent = rand(group.q)
    document = trustee.make_single(group, exponent, rand)
    return Made(group, votes=votes, trustees=document, exponents={1: exponent}, **fields)


def threshold(known: dict, votes=(), owners: Sequence[int] = (1, 3), **fields) -> Made:
    """An election under a key of two out of three whose secrets are known."""
    exponents = {owner: int(known["decryption_exponents"][owner - 1]) for owner in owners}
    return Made(
        by_name(known["group"]),
        votes=votes,
        trustees=known["trustees"].encode(),
        exponents=exponents,
        **fields,
    )


def chain(events: Events, first: bytes | None = None, records=None) -> bytes:
    """An archive of any events whatsoever; `records` may change the fields of an event."""
    parent, files = None, [first or tar.first_file(TIMESTAMP)]
    for height, (kind, documents) in enumerate(events):
        fields: dict[str, object] = {"parent": parent} if parent else {}
        fields |= {"height": height, "type": kind}
        if documents:
            fields["payload"] = canon.hexadecimal(documents[-1])
        if records:
            fields = records(height, fields)
        record = canon.write(fields)
        parent = canon.hexadecimal(record)
        names = [f"{canon.hexadecimal(document)}.data.json" for document in documents]
        for name, content in zip(names, documents, strict=True):
            files.append(tar.file(name, content, TIMESTAMP))
        files.append(tar.file(f"{parent}.event.json", record, TIMESTAMP))
    return b"".join(files)


def resign(made: Made, voter: int, document: bytes, change: Callable[[dict], None]) -> bytes:
    """A ballot changed by its own voter and correctly signed again."""
    fields = json.loads(document)
    del fields["signature"]
    change(fields)
    group = made.group
    hashed = canon.base64(canon.write(fields))
    w = made.rand(group.q)
    digest = canon.sha256(f"sig|{hashed}|{group.text(group.power_g(w))}".encode()).digest()
    challenge = int.from_bytes(digest, "big") % group.q
    response = (w - made.secrets[voter] * challenge) % group.q
    proof = {"challenge": str(challenge), "response": str(response)}
    return canon.write({**fields, "signature": {"hash": hashed, "proof": proof}})


def forge_decryption(made: Made) -> bytes:
    """A partial decryption with a wrong first factor whose version 1 proof holds all the same.

    The version 1 hash does not contain the factor, so its owner can choose the factor last.
    """
    group, exponent = made.group, made.exponents[1]
    fields = json.loads(made.partials[1])
    alpha, _ = made.tally.points[0][0]
    w = made.rand(group.q)
    commitments = [group.power_g(w), group.mul(group.power(alpha, w), group.g)]
    public_key = group.text(group.power_g(exponent))
    prefix = f"decrypt|{made.election.phi}|{public_key}|"
    challenge = proof.hash_scalar(group, prefix, commitments)
    shift = group.power_g(pow(challenge, -1, group.q))
    factor = group.mul(group.power(alpha, exponent), shift)
    forged = proof.Proof(challenge, (w - exponent * challenge) % group.q)
    fields["decryption_factors"][0][0] = group.text(factor)
    fields["decryption_proofs"][0][0] = forged.document()
    return canon.write(fields)
