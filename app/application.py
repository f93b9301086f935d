"""The applicant's link to a proposal: it opens it, and corrects it until a vote is announced."""

import secrets
from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session, select

from app import language, outbox, throttle
from app.errors import Refused
from app.models import Area, Proposal
from app.visitor import digest

MOST_GUESSES = 20


def send(held: Session, proposal: Proposal, now: datetime) -> None:
    """Mail the applicant a new link; an older one ends. Without an address there is none."""
    proposal.applicant_link = None
    if not proposal.applicant_mail:
        return
    secret = secrets.token_urlsafe(24)
    proposal.applicant_link = digest(secret)
    held.add(proposal)
    area = held.get_one(Area, proposal.area_id)
    with force_locale(language.locale(language.DEFAULT)):
        title = _("Ihr Antrag %(number)s", number=proposal.number)
        text = _(
            "Guten Tag,\n\n"
            "das QM-Team %(area)s hat Ihren Antrag eingetragen: %(title)s\n\n"
            "Hier sehen Sie ihn. Bis die Abstimmung angesagt ist, können Sie ihn ändern:\n"
            "%(address)s\n\n"
            "Wer diesen Link hat, kann den Antrag ändern. Geben Sie ihn nicht weiter.\n",
            area=area.name,
            title=proposal.title,
            address=f"{current_app.config['PUBLIC_URL']}/proposals/link/{secret}",
        )
    outbox.send(held, proposal.applicant_mail, title, text, now)


def find(held: Session, secret: str) -> Proposal | None:
    """The proposal that this secret leads to."""
    return held.exec(select(Proposal).where(Proposal.applicant_link == digest(secret))).first()


def require(held: Session, secret: str) -> Proposal:
    """The same; the policy has looked at the link, but it may have ended meanwhile."""
    found = find(held, secret)
    if found is None:
        raise Refused("link_unknown")
    return found


def refuse_guess() -> None:
    """Count a link that leads nowhere, and say so."""
    throttle.count_failure("application_link", MOST_GUESSES)
    raise Refused("link_unknown")
