"""What the phone of an invented member does: keep a card and a voting key, fill in ballots."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app import card_secret
from app.entropy import rand_scalar
from app.models.card import MARK
from app.models.round import BLANK
from voting.protocol import group as groups
from voting.protocol.ballot import make_ballot
from voting.protocol.credential import derive_exponent, make_code
from voting.protocol.election import Election, parse_election
from voting.protocol.group import Group

SECRET_BYTES = 16
IV_BYTES = 12


@dataclass(frozen=True)
class Phone:
    """A card's secret and the voting code made with it, for one term."""

    term: str
    secret: bytes
    code: str

    @classmethod
    def fresh(cls, term: str) -> "Phone":
        """Make a card's secret and a voting code."""
        return cls(term, secrets.token_bytes(SECRET_BYTES), make_code(rand_scalar))

    @property
    def card_text(self) -> str:
        """The secret as it stands on the card, in eight words."""
        return card_secret.spell(self.secret)

    @property
    def sign_in_key(self) -> str:
        """What the phone shows to sign in, in hexadecimal."""
        return card_secret.signin_key(self.secret)

    @property
    def verifier(self) -> str:
        """What the server keeps of the card."""
        return hashlib.sha256(bytes.fromhex(self.sign_in_key)).hexdigest()

    @property
    def exponent(self) -> int:
        return self.exponent_in(groups.by_name(MARK))

    @property
    def point(self) -> str:
        """The public part by which the voting key is known again."""
        return self.point_in(MARK)

    def exponent_in(self, group: Group) -> int:
        return derive_exponent(group, self.term, self.code)

    def point_in(self, name: str) -> str:
        """The public part of the voting key in a group."""
        group = groups.by_name(name)
        return group.text(group.power_g_secret(self.exponent_in(group)))

    def wrap(self) -> str:
        """The voting code locked under the card, as the server keeps it."""
        iv = secrets.token_bytes(IV_BYTES)
        locked = self._lock.encrypt(iv, self.code.encode(), self.term.encode())
        return base64.urlsafe_b64encode(iv + locked).decode().rstrip("=")

    def unwrap(self, wrapped: str) -> str:
        """The voting code again; raise InvalidTag for another card's copy."""
        data = base64.urlsafe_b64decode(wrapped + "=" * (-len(wrapped) % 4))
        opened = self._lock.decrypt(data[:IV_BYTES], data[IV_BYTES:], self.term.encode())
        return opened.decode()

    def fill_in(self, choices: Mapping[str, str]) -> dict[str, object]:
        """Encrypt and sign: answers by election document in, a submission out."""
        elections = {document: parse_election(document.encode()) for document in choices}
        ballots = [
            {
                "question": elections[document].uuid,
                "ballot": make_ballot(
                    elections[document],
                    self.exponent_in(elections[document].group),
                    [_values(elections[document], ticked)],
                    rand_scalar,
                ).decode(),
            }
            for document, ticked in choices.items()
        ]
        return {"ballots": ballots, "pad": ""}

    @property
    def _lock(self) -> AESGCM:
        key = HKDF(SHA256(), length=32, salt=None, info=b"kv-card-wrap").derive(self.secret)
        return AESGCM(key)


def _values(election: Election, ticked: str) -> list[int]:
    """The ticks of a ballot; several answers stand with blanks between them."""
    chosen, (question,) = ticked.split(), election.questions
    values = [int(each in chosen) for each in question.answers]
    return [int(BLANK in chosen), *values] if question.blank else values
