"""How three trustees make a key: three rounds of acts, in any order within a round.

The phones do the work; here each act is checked as far as anybody can who holds no seed. What does
not fit ends the attempt, and everybody begins again with a fresh seed. The caller has locked the
commission.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session

from app import decision_log
from app.counting_commission import setting_of, trustees_of
from app.errors import Refused
from app.models import Area, Body, CountingCommission, Trustee
from voting.errors import RefusalError
from voting.protocol import canon, ceremony, pedersen, posted, trustee
from voting.protocol.pedersen import SignedMessage
from voting.protocol.posted import Polynomial

Read = TypeVar("Read")


def certificates_of(trustees: Sequence[Trustee]) -> list[str]:
    """The certificates of all, empty while one is missing."""
    found = [each.certificate for each in trustees]
    return found if all(found) else []


def step_of(own: Trustee) -> str:
    """How far somebody is."""
    if own.lost_at:
        return "lost"
    if own.rehearsed_at:
        return "rehearsed"
    if own.verification_key:
        return "key_compared" if own.compared_key else "checked"
    if own.polynomial:
        return "exchanged"
    if own.certificate:
        return "compared" if own.compared_parts else "made"
    return "to_make"


def certify(held: Session, commission: CountingCommission, own: Trustee, document: str) -> None:
    """Take the first act: the certified keys, which nobody else of the three may have."""
    if own.certificate == document:
        return
    _require(commission.state == "gathering" and not own.certificate)
    setting = setting_of(commission)
    sent = _checked(lambda: posted.read_certificate(setting, own.position, document.encode()))
    others = [each.certificate for each in trustees_of(held, commission) if each.certificate]
    keys = _keys(sent, own.position)
    if len(keys) < 2 or any(
        keys & _keys(_signed(commission, each), own.position) for each in others
    ):
        raise Refused("ceremony_broken")
    own.certificate = document
    held.flush()


def compare_parts(held: Session, commission: CountingCommission, own: Trustee) -> None:
    """Note that the digits of the certificates, read aloud, were the same."""
    _require(commission.state == "gathering")
    _require(bool(certificates_of(trustees_of(held, commission))))
    own.compared_parts = True
    held.flush()


def exchange(held: Session, commission: CountingCommission, own: Trustee, document: str) -> None:
    """Take the second act: hidden coefficients and a sealed share for each."""
    if own.polynomial == document:
        return
    _require(commission.state == "gathering" and own.compared_parts and not own.polynomial)
    certs = [_signed(commission, each) for each in certificates_of(trustees_of(held, commission))]
    setting = setting_of(commission)
    _checked(lambda: posted.read_polynomial(setting, certs, own.position, document.encode()))
    own.polynomial = document
    held.flush()


def finish(held: Session, commission: CountingCommission, own: Trustee, document: str) -> None:
    """Take the third act: the public half of the own part; the last one completes the key."""
    if own.verification_key == document:
        return
    trustees = trustees_of(held, commission)
    _require(commission.state == "gathering" and not own.verification_key)
    _require(all(each.polynomial for each in trustees))
    setting = setting_of(commission)
    certs = [_signed(commission, each) for each in certificates_of(trustees)]
    published = [_polynomial(commission, certs, each) for each in trustees]
    _checked(
        lambda: posted.read_verification_key(
            setting, certs, published, own.position, document.encode()
        )
    )
    own.verification_key = document
    if all(each.verification_key for each in trustees):
        _complete(commission, certs, published, trustees)
    held.flush()


def compare_key(held: Session, commission: CountingCommission, own: Trustee) -> None:
    """Note that the digits of the whole key, read aloud, were the same."""
    _require(commission.state == "keyed")
    own.compared_key = True
    held.flush()


def rehearse(
    held: Session, commission: CountingCommission, own: Trustee, shown: str, now: datetime
) -> None:
    """Take the proof that the part came back from its copy; the last one puts the key in force."""
    if own.rehearsed_at:
        return
    _require(commission.state == "keyed" and own.compared_key)
    setting, document = setting_of(commission), commission.document.encode()
    _checked(lambda: posted.verify_rehearsal(setting, document, own.position, shown.encode()))
    own.rehearsed_at = now
    if all(each.rehearsed_at for each in trustees_of(held, commission)):
        _put_in_force(held, commission, now)
    held.flush()


def begin_again(held: Session, commission: CountingCommission, fault: str) -> None:
    """Throw away everything of this attempt; all three begin with fresh seeds."""
    _require(commission.state in ("gathering", "keyed"))
    for each in trustees_of(held, commission):
        each.certificate = each.polynomial = each.verification_key = ""
        each.compared_parts = each.compared_key = False
        each.rehearsed_at = None
    commission.state, commission.attempt = "gathering", commission.attempt + 1
    commission.document = commission.public_key = ""
    commission.fault = fault
    held.flush()


def end(held: Session, commission: CountingCommission, now: datetime) -> None:
    """Let the commission's key serve no further round; those that are open keep it."""
    if commission.state == "ended":
        raise Refused("already_done")
    if commission.state == "in_force":
        tell(held, commission, "commission_key_ended", {}, now)
    commission.state, commission.ended_at = "ended", now
    held.flush()


def _put_in_force(held: Session, commission: CountingCommission, now: datetime) -> None:
    commission.state, commission.in_force_at, commission.fault = "in_force", now, ""
    setting = setting_of(commission)
    facts = {"group": commission.group, "trustees": setting.size, "needed": setting.threshold}
    tell(held, commission, "commission_key", facts, now)


def tell(
    held: Session,
    commission: CountingCommission,
    kind: str,
    facts: dict[str, object],
    now: datetime,
) -> None:
    """Say in the log what became of the key of a body and term."""
    public = {
        "body": decision_log.body_record(held.get_one(Body, commission.body_id)),
        "term": commission.term_id,
        **facts,
        "trustees_hash": canon.hexadecimal(commission.document.encode()),
    }
    decision_log.append(held, held.get_one(Area, commission.area_id), kind, public, now)


def _complete(
    commission: CountingCommission,
    certs: Sequence[SignedMessage],
    published: Sequence[Polynomial],
    trustees: Sequence[Trustee],
) -> None:
    setting = setting_of(commission)
    shape = pedersen.key_shape(setting.group)
    keys = [canon.read(each.verification_key.encode(), shape) for each in trustees]
    steps = [(each.coefexps, each.signature) for each in published]
    document = ceremony.assemble(setting, certs, steps, keys)
    commission.document = document.decode()
    commission.public_key = trustee.public_key(setting.group, document)
    commission.state = "keyed"


def _polynomial(
    commission: CountingCommission, certs: Sequence[SignedMessage], each: Trustee
) -> Polynomial:
    setting = setting_of(commission)
    return posted.read_polynomial(setting, certs, each.position, each.polynomial.encode())


def _signed(commission: CountingCommission, certificate: str) -> SignedMessage:
    shape = pedersen.signed_shape(setting_of(commission).group)
    return canon.read(certificate.encode(), shape)


def _keys(cert: SignedMessage, index: int) -> set[str]:
    said = pedersen.read_certificate(cert, index)
    return {said.verification, said.encryption}


def _checked(read: Callable[[], Read]) -> Read:
    """What a phone sent, if it holds."""
    try:
        return read()
    except (RefusalError, UnicodeEncodeError):
        raise Refused("ceremony_broken") from None


def _require(is_turn: bool) -> None:
    if not is_turn:
        raise Refused("ceremony_moved_on")
