"""What the phone of an invented member does: keep a card and a voting key, fill in ballots."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.entropy import rand_scalar
from app.wording import ORDER
from voting.protocol import group as groups
from voting.protocol.ballot import make_ballot
from voting.protocol.credential import derive_exponent, make_code
from voting.protocol.election import parse_election

GROUP = groups.by_name("Ed25519")
SECRET_BYTES = 16
IV_BYTES = 12
CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aiou"


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
        words = [self.secret[at : at + 2] for at in range(0, SECRET_BYTES, 2)]
        return "-".join(_word(int.from_bytes(word, "big")) for word in words)

    @property
    def sign_in_key(self) -> bytes:
        """What the phone shows to sign in."""
        return _derive(self.secret, "kv-card-signin")

    @property
    def verifier(self) -> str:
        """What the server keeps of the card."""
        return sha256(self.sign_in_key).hexdigest()

    @property
    def exponent(self) -> int:
        return derive_exponent(GROUP, self.term, self.code)

    @property
    def point(self) -> str:
        """The public part of the voting key."""
        return GROUP.text(GROUP.power_g_secret(self.exponent))

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
                    elections[document], self.exponent, [_values(choice)], rand_scalar
                ).decode(),
            }
            for document, choice in choices.items()
        ]
        return {"ballots": ballots, "pad": ""}

    @property
    def _lock(self) -> AESGCM:
        return AESGCM(_derive(self.secret, "kv-card-wrap"))


def _derive(secret: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret)


def _word(number: int) -> str:
    """Five letters for sixteen bits: consonant, vowel, consonant, vowel, consonant."""
    parts = [(number >> 12, 4), (number >> 10, 2), (number >> 6, 4), (number >> 4, 2), (number, 4)]
    return "".join((CONSONANTS if bits == 4 else VOWELS)[n % 2**bits] for n, bits in parts)


def _values(choice: str) -> list[int]:
    return [int(each == choice) for each in ORDER]
