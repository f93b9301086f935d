"""Passkeys (WebAuthn): a key pair in a person's device, unlocked by finger, face or PIN."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import webauthn
from flask import current_app
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.base64url_to_bytes import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app import belonging
from app.account import challenge
from app.errors import Refused
from app.models import Member, Officer, Passkey
from voting.errors import RefusalError
from voting.protocol import canon

NAME = "Kiezvotum"
BASE64URL = re.compile(r"[A-Za-z0-9_-]+")


def of(held: Session, person: Member | Officer) -> Sequence[Passkey]:
    """The person's passkeys, the oldest first."""
    return held.exec(
        select(Passkey).where(belonging.of(Passkey, person)).order_by(col(Passkey.created_at))
    ).all()


def creation_options(held: Session, person: Member | Officer) -> str:
    """What the browser needs to make a passkey, as JSON."""
    options = webauthn.generate_registration_options(
        rp_id=_host(),
        rp_name=NAME,
        user_id=f"{belonging.kind(person)}-{person.id}".encode(),
        user_name=_login(person),
        user_display_name=person.name,
        challenge=challenge.issue(_making(person)),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_descriptors(of(held, person)),
    )
    return webauthn.options_to_json(options)


def sign_in_options() -> str:
    """What the browser needs to sign somebody in; the device knows who it is."""
    return _request_options(challenge.SIGN_IN, [])


def confirmation_options(held: Session, person: Member | Officer) -> str:
    """What the browser needs to show that this is that person."""
    return _request_options(_confirming(person), of(held, person))


def add(held: Session, person: Member | Officer, sent: str, name: str, now: datetime) -> None:
    """Store the passkey that the browser made, or raise Refused: passkey_refused."""
    response = _read(sent)
    expected = challenge.answered(response, _making(person))
    try:
        made = webauthn.verify_registration_response(
            credential=response,
            expected_challenge=expected,
            expected_rp_id=_host(),
            expected_origin=current_app.config["PUBLIC_URL"],
            require_user_verification=True,
        )
    except WebAuthnException:
        raise Refused("passkey_refused") from None
    challenge.use_up(held, expected, now)
    held.add(
        Passkey(
            id=bytes_to_base64url(made.credential_id),
            **belonging.owner(person),
            name=name,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            created_at=now,
        )
    )
    try:
        held.flush()
    except IntegrityError:
        raise Refused("passkey_refused") from None


def owner(held: Session, sent: str, now: datetime) -> Officer:
    """Whose passkey answered at the sign-in, or raise Refused: passkey_refused."""
    found = _verified(held, sent, challenge.SIGN_IN, now)
    if found.officer_id is None:
        raise Refused("passkey_refused")
    return held.get_one(Officer, found.officer_id)


def require_own(held: Session, person: Member | Officer, sent: str, now: datetime) -> None:
    """Refuse an answer that is not of one of this person's passkeys."""
    found = _verified(held, sent, _confirming(person), now)
    if found.id not in [key.id for key in of(held, person)]:
        raise Refused("passkey_refused")


def _verified(held: Session, sent: str, purpose: str, now: datetime) -> Passkey:
    response = _read(sent)
    expected = challenge.answered(response, purpose)
    key = held.exec(select(Passkey).where(Passkey.id == _id(response)).with_for_update()).first()
    if key is None:
        raise Refused("passkey_refused")
    try:
        shown = webauthn.verify_authentication_response(
            credential=response,
            expected_challenge=expected,
            expected_rp_id=_host(),
            expected_origin=current_app.config["PUBLIC_URL"],
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except WebAuthnException:
        raise Refused("passkey_refused") from None
    challenge.use_up(held, expected, now)
    key.sign_count = shown.new_sign_count
    return key


def _read(sent: str) -> dict[str, Any]:
    try:
        response = canon.peek(sent.encode())
    except RefusalError:
        raise Refused("passkey_refused") from None
    if not isinstance(response, dict):
        raise Refused("passkey_refused")
    return response


def _id(response: dict[str, Any]) -> str:
    stated = response.get("id")
    return stated if isinstance(stated, str) and BASE64URL.fullmatch(stated) else ""


def _request_options(purpose: str, keys: Sequence[Passkey]) -> str:
    options = webauthn.generate_authentication_options(
        rp_id=_host(),
        challenge=challenge.issue(purpose),
        allow_credentials=_descriptors(keys),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def _descriptors(keys: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.id)) for key in keys]


def _making(person: Member | Officer) -> str:
    return f"make {belonging.kind(person)} {person.id}"


def _confirming(person: Member | Officer) -> str:
    return f"confirm {belonging.kind(person)} {person.id}"


def _login(person: Member | Officer) -> str:
    """The name under which a device keeps the passkey."""
    return (person.login if isinstance(person, Officer) else None) or person.name


def _host() -> str:
    return str(urlsplit(current_app.config["PUBLIC_URL"]).hostname)
