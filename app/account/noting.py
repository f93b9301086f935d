"""What happens at a person's entrance is noted, and what weighs is told by mail."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from app import db, language, outbox, text
from app.account import device
from app.models import Member, Officer, SecurityEvent

MOST = 30


def note(held: Session, person: Member | Officer, kind: str, now: datetime) -> None:
    """Note what happened on the device of this request."""
    is_member = isinstance(person, Member)
    held.add(
        SecurityEvent(
            area_id=person.area_id,
            member_id=person.id if is_member else None,
            officer_id=None if is_member else person.id,
            kind=kind,
            device=device.kind(),
            at=now,
        )
    )


def note_refusal(person: Officer, kind: str) -> None:
    """Note something in a transaction of its own, which the refused request does not take back."""
    officer_id = person.id
    # SQLite cannot write beside a transaction of this very request.
    db.session().rollback()
    with db.writing() as own:
        note(own, own.get_one(Officer, officer_id), kind, db.clock(own))


def tell(held: Session, person: Member | Officer, kind: str, now: datetime) -> None:
    """Note what happened and tell the person at the own address, in the own language."""
    note(held, person, kind, now)
    if not person.mail:
        return
    spoken = person.language if isinstance(person, Member) else language.DEFAULT
    with force_locale(language.locale(spoken)):
        event = text.word(kind)
        body = _(
            "Guten Tag,\n\n"
            "an Ihrem Zugang zu Kiezvotum ist etwas geschehen:\n"
            "%(event)s, %(time)s, %(device)s.\n\n"
            "Waren Sie das nicht? Dann melden Sie fremde Geräte ab und sagen Sie es sofort dem"
            " QM-Team.\n%(address)s\n",
            event=event,
            time=text.moment(now),
            device=device.name(device.kind()),
            address=account_address(spoken),
        )
        subject = _("Ihr Zugang: %(event)s", event=event)
    outbox.send(held, person.mail, subject, body, now)


def of(held: Session, person: Member | Officer) -> Sequence[SecurityEvent]:
    """What happened lately, the newest first."""
    column = SecurityEvent.member_id if isinstance(person, Member) else SecurityEvent.officer_id
    return held.exec(
        select(SecurityEvent)
        .where(SecurityEvent.area_id == person.area_id, column == person.id)
        .order_by(col(SecurityEvent.at).desc(), col(SecurityEvent.id).desc())
        .limit(MOST)
    ).all()


def account_address(spoken: str) -> str:
    """Where the person's own account is, in this language."""
    prefix = "" if spoken == language.DEFAULT else f"/{spoken}"
    path = url_for("account.index").removeprefix(request.script_root)
    return f"{current_app.config['PUBLIC_URL']}{prefix}{path}"
