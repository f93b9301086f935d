"""What a stranger tries: beside each that is nearly right, one of the same form that is nothing."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from flask import Flask
from sqlmodel import Session
from werkzeug.test import TestResponse

from app import card_secret, entrance_link, report
from app.account import entering, kept_passphrase, recovery
from app.visitor import digest
from tests.app import builder
from tests.app.account import team
from tests.app.builder import Browser, Council

# As long as the one that is there.
UNKNOWN = "jana.vogt@team.example"
WRONG = "falsch und noch mal falsch"
CODE = "babab-babab-babab-babab-babab-babab-babab-babab"


class Try(NamedTuple):
    """What one browser sends; without fields it opens a page."""

    browser: Browser
    path: str
    fields: dict[str, str] | None
    shown: str

    def send(self) -> TestResponse:
        if self.fields is None:
            return self.browser.get(self.path)
        return self.browser.post(self.path, data=self.fields)


Pair = tuple[Try, Try]
Make = Callable[[Flask, Session, Council], Pair]


def sign_in(app: Flask, held: Session, area: Council) -> Pair:
    team.equip(held, team.add_officer(held, area))
    return _by_mail(app, held, "/account/sign-in", passphrase=WRONG)


def sign_in_before_set_up(app: Flask, held: Session, area: Council) -> Pair:
    """Who is invited has no passphrase yet."""
    team.add_officer(held, area)
    return _by_mail(app, held, "/account/sign-in", passphrase=WRONG)


def recovery_code(app: Flask, held: Session, area: Council) -> Pair:
    officer = team.add_officer(held, area)
    team.equip(held, officer)
    recovery.renew(held, officer)
    return _by_mail(app, held, "/account/recovery", passphrase=WRONG, code=CODE)


def recovery_code_beside_passkey(app: Flask, held: Session, area: Council) -> Pair:
    """Who has passkeys alone shows no passphrase."""
    recovery.renew(held, team.add_officer(held, area))
    return _by_mail(app, held, "/account/recovery", passphrase="", code=CODE)


def code(app: Flask, held: Session, area: Council) -> Pair:
    """After the right passphrase: one has an app, the other has not set it up."""
    team.equip(held, team.add_officer(held, area))
    bare = team.add_officer(held, area, mail=UNKNOWN)
    kept_passphrase.keep(held, bare, team.stored_passphrase(), datetime.now(UTC))
    tries = []
    for mail in (team.MAIL, UNKNOWN):
        browser = builder.browse(app, held)
        team.show_passphrase(browser, mail)
        tries.append(Try(browser, "/account/sign-in/code", {"code": "271828"}, mail))
    return tries[0], tries[1]


def card(app: Flask, held: Session, area: Council) -> Pair:
    secret = card_secret.parse(area.phones[area.members[0].id].card_text) or b""
    nearly, nothing = secret[:-1] + bytes([secret[-1] ^ 1]), secrets.token_bytes(16)
    words = [card_secret.spell(each) for each in (nearly, nothing)]
    tries = [Try(builder.browse(app, held), "/karte", {"words": each}, each) for each in words]
    return tries[0], tries[1]


def invitation(app: Flask, held: Session, area: Council) -> Pair:
    token = entrance_link.make(held, team.add_officer(held, area), datetime.now(UTC))
    return _by_link(app, held, "/einladung/", token, {})


def sign_in_link(app: Flask, held: Session, area: Council) -> Pair:
    officer = team.add_officer(held, area)
    officer.is_demo = True
    return _by_link(
        app, held, "/anmelden/", entering.make_link(held, officer, datetime.now(UTC)), {}
    )


def applicant_link(app: Flask, held: Session, area: Council) -> Pair:
    token = secrets.token_urlsafe(24)
    proposal = builder.build_proposal(held, area, "Hochbeete")
    proposal.applicant_link = digest(token)
    return _by_link(app, held, "/proposals/link/", token, None)


def report_link(app: Flask, held: Session, area: Council) -> Pair:
    facts = {"reason": "other", "words": "Hm", "trackers": "", "contact": ""}
    token = report.make(held, area.area, None, now=datetime.now(UTC), **facts)
    return _by_link(app, held, "/meldung/", token, None)


BY_MAIL: tuple[Make, ...] = (
    *(sign_in, sign_in_before_set_up),
    *(recovery_code, recovery_code_beside_passkey),
)
ALL: tuple[Make, ...] = (
    *(*BY_MAIL, code, card),
    *(invitation, sign_in_link, applicant_link, report_link),
)


def _by_mail(app: Flask, held: Session, path: str, **typed: str) -> Pair:
    known, unknown = (
        Try(builder.browse(app, held), path, {"mail": mail, **typed}, mail)
        for mail in (team.MAIL, UNKNOWN)
    )
    return known, unknown


def _by_link(
    app: Flask, held: Session, path: str, token: str, fields: dict[str, str] | None
) -> Pair:
    """All but the last letter is right; or nothing is."""
    nearly = token[:-1] + ("B" if token[-1] == "A" else "A")
    known, unknown = (
        Try(builder.browse(app, held), f"{path}{each}", fields, each)
        for each in (nearly, secrets.token_urlsafe(24))
    )
    return known, unknown
