"""The trustees of a commission are told that a box waits for their keys."""

from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session

from app import language, outbox
from app.models import Body, Member, Officer, Round
from app.round import releasing


def call(held: Session, round_id: str, now: datetime) -> None:
    """Write to everybody who can open the sum of this round and has a mail address."""
    round_ = held.get_one(Round, round_id)
    if round_.trust != "commission" or not releasing.waiting(held, round_):
        return
    body = held.get_one(Body, round_.body_id)
    for holder in releasing.holders(held, round_):
        if holder.person.mail:
            _write(held, body, holder.person, now)


def _write(held: Session, body: Body, person: Member | Officer, now: datetime) -> None:
    spoken = person.language if isinstance(person, Member) else language.DEFAULT
    prefix = "" if spoken == language.DEFAULT else f"/{spoken}"
    with force_locale(language.locale(spoken)):
        title = _("Ihr Schlüssel wird gebraucht")
        text = _(
            "Guten Tag %(name)s,\n\n"
            "%(body)s hat abgestimmt. Die Urne ist zu und wartet auf die Zählkommission.\n"
            "Zwei von drei Personen reichen. Halten Sie Ihre Passphrase bereit.\n\n"
            "Hier geht es zur Auszählung:\n"
            "%(address)s\n",
            name=person.name,
            body=body.name,
            address=f"{current_app.config['PUBLIC_URL']}{prefix}/commission/count",
        )
    outbox.send(held, person.mail or "", title, text, now)
