"""What people show, compared within a budget; unknown accounts cost the same work.

Every function counts its try in a transaction of its own before anything is compared. What it
then writes stands in the request's transaction and takes the try back.
"""

from typing import NamedTuple

from sqlmodel import Session, col, select

from app import db, one_line, throttle
from app.account import kept_passphrase, known_device, passphrase, recovery, second_factor
from app.models import Member, Officer, Passphrase
from app.throttle import Budget
from app.visitor import digest

PASSPHRASES = Budget("passphrase", on_subject_from_here=10, on_subject=25, from_here=50)
CODES = Budget("code", on_subject_from_here=5, on_subject=20, from_here=50)
RECOVERIES = Budget("recovery", on_subject_from_here=5, on_subject=20, from_here=50)


class Account(NamedTuple):
    """An officer by the numbers that find the rest, and the stored passphrase."""

    officer_id: int
    area_id: int
    verifier: str | None


# Compared and asked about where there is no account; no row is of this one.
NOBODY = Account(0, 0, None)


def login_of(mail: str) -> str:
    """The form of a mail address that signs in: capitals and blanks around it do not matter."""
    return (one_line.normal(mail) or "").casefold()


def subject_of(login: str) -> str:
    """How tries on an account are counted, whether or not it exists."""
    return digest(login)


def own_subject(person: Officer | Member) -> str:
    """How tries of somebody who is known already are counted."""
    return subject_of(f"member {person.id}" if isinstance(person, Member) else (person.login or ""))


def by_passphrase(mail: str, typed: str) -> Officer | None:
    """The officer whose passphrase this is."""
    subject = subject_of(login_of(mail))
    device = known_device.of(subject)
    throttle.begin_try(PASSPHRASES, subject, device)
    found = _find(db.session(), login_of(mail))
    db.end_read()
    if not passphrase.matches(found.verifier, typed):
        return None
    held = db.begin_write()
    throttle.end_well(held, PASSPHRASES, subject, device)
    return held.get(Officer, found.officer_id)


def by_own_passphrase(member: Member, typed: str) -> bool:
    """Whether this is the passphrase that the member's new devices must show."""
    subject = own_subject(member)
    device = known_device.of(subject)
    throttle.begin_try(PASSPHRASES, subject, device)
    if not _matches(member, typed):
        return False
    throttle.end_well(db.begin_write(), PASSPHRASES, subject, device)
    known_device.remember(subject)
    return True


def by_passphrase_and_code(member: Member, typed: str, code: str) -> bool:
    """Whether these are a trustee's passphrase and a fresh code of the trustee's app."""
    subject = own_subject(member)
    device = known_device.of(subject)
    for budget in (PASSPHRASES, CODES):
        throttle.begin_try(budget, subject, device)
    if not _matches(member, typed):
        return False
    held = db.begin_write()
    throttle.end_well(held, PASSPHRASES, subject, device)
    if not second_factor.use(held, member, code, db.clock(held)):
        return False
    throttle.end_well(held, CODES, subject, device)
    known_device.remember(subject)
    return True


def by_code(person: Officer | Member, typed: str) -> bool:
    """Whether this is a fresh code of the person's app."""
    subject = own_subject(person)
    device = known_device.of(subject)
    throttle.begin_try(CODES, subject, device)
    held = db.begin_write()
    if not second_factor.use(held, person, typed, db.clock(held)):
        return False
    throttle.end_well(held, CODES, subject, device)
    return True


def by_recovery_code(mail: str, typed_passphrase: str, typed_code: str) -> Officer | None:
    """The officer whose recovery code this is; with a passphrase, if the officer has one."""
    subject = subject_of(login_of(mail))
    device = known_device.of(subject)
    throttle.begin_try(RECOVERIES, subject, device)
    found = _find(db.session(), login_of(mail))
    db.end_read()
    is_right = passphrase.matches(found.verifier, typed_passphrase) or found.verifier is None
    held = db.begin_write()
    whose = found if is_right else NOBODY
    officer = Officer(id=whose.officer_id, area_id=whose.area_id, name="", role="")
    if not recovery.use(held, officer, typed_code, db.clock(held)):
        return None
    throttle.end_well(held, RECOVERIES, subject, device)
    return held.get(Officer, found.officer_id)


def by_own_recovery_code(member: Member, typed_passphrase: str, typed_code: str) -> bool:
    """Whether this is a recovery code of a trustee; with a passphrase, if there is one."""
    subject = own_subject(member)
    device = known_device.of(subject)
    throttle.begin_try(RECOVERIES, subject, device)
    has_none = kept_passphrase.of(db.session(), member) is None
    is_right = _matches(member, typed_passphrase) or has_none
    held = db.begin_write()
    if not is_right or not recovery.use(held, member, typed_code, db.clock(held)):
        return False
    throttle.end_well(held, RECOVERIES, subject, device)
    return True


def _matches(member: Member, typed: str) -> bool:
    """Whether the member has this passphrase; the read ends before the work begins."""
    stored = kept_passphrase.of(db.session(), member)
    verifier = stored.verifier if stored else None
    db.end_read()
    return passphrase.matches(verifier, typed)


def _find(held: Session, login: str) -> Account:
    """Who signs in with this address; to load a whole officer would take longer than nobody."""
    row = held.exec(
        select(Officer.id, Officer.area_id, Passphrase.verifier)
        .join(Passphrase, col(Passphrase.officer_id) == Officer.id, isouter=True)
        .where(Officer.login == login, col(Officer.ended_at).is_(None))
    ).first()
    return Account(*row) if row else NOBODY
