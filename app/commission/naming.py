"""Who was named to hold a part of a key is told, and invited to show more than the card."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session

from app import entrance_link, language, member_event, outbox
from app.models import Body, Member, Officer
from app.text import moment

Person = Member | Officer


def tell(held: Session, body: Body, people: Sequence[Person], now: datetime) -> None:
    """Write to the three, as far as they have an address."""
    for person in people:
        if person.mail:
            _write(held, body, person, person.mail, now)


def invite_here(held: Session, member: Member, now: datetime) -> str:
    """The address that an officer shows to a trustee who stands there, good for half an hour."""
    token = entrance_link.make(held, member, now, entrance_link.SHOWN_FOR)
    member_event.note(held, member, "invited_to_count", now)
    return entrance_link.address(token)


def _write(held: Session, body: Body, person: Person, recipient: str, now: datetime) -> None:
    spoken = person.language if isinstance(person, Member) else language.DEFAULT
    with force_locale(language.locale(spoken)):
        subject = _("Sie sind als Schlüsselperson benannt")
        words = _(
            "Guten Tag %(name)s,\n\n"
            "das QM-Team hat Sie als eine von drei Schlüsselpersonen benannt: %(body)s. Zu dritt"
            " machen Sie den Schlüssel, mit dem Abstimmungen ohne Sitzung ausgezählt werden. Das"
            " QM-Team sagt Ihnen, wann.\n\n",
            name=person.name,
            body=body.name,
        )
        words += _invitation(held, person, now) + _(
            "Wollen Sie das nicht, oder wissen Sie nichts davon? Dann sagen Sie es dem QM-Team.\n"
        )
    outbox.send(held, recipient, subject, words, now)


def _invitation(held: Session, person: Person, now: datetime) -> str:
    """What a member sets up first, or where to go at once."""
    if isinstance(person, Officer) or person.has_access or person.is_demo:
        return _("Hier geht es los: %(link)s\n\n", link=current_app.config["PUBLIC_URL"])
    link = entrance_link.address(entrance_link.make(held, person, now))
    member_event.note(held, person, "invited_to_count", now)
    return _(
        "Dafür braucht man mehr als die Karte. Richten Sie es hier ein, mit Ihrer Karte und Ihrem"
        " Handy:\n%(link)s\n\n"
        "Der Link gilt bis %(until)s. Bitte geben Sie ihn nicht weiter.\n\n",
        link=link,
        until=moment(now + entrance_link.LIFETIME),
    )
