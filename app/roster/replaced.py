"""Members whose card is replaced or stopped are told by mail, so that it is never in secret."""

from collections.abc import Collection
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from app import language, outbox
from app.models import Area, Body, Card, Member, Term


def tell_replaced(
    held: Session,
    term: Term,
    members: Collection[Member],
    now: datetime,
    lifted: Collection[int] = (),
) -> None:
    """Write to those of these members who had a card in this term before and have an address.

    `lifted` are those who lose what they had added to the card.
    """
    had_one = held.exec(
        select(Card.member_id).where(
            Card.term_id == term.id, col(Card.member_id).in_([each.id for each in members])
        )
    )
    before = set(had_one)
    for member in members:
        if member.id in before and member.mail:
            _tell(held, term, member, member.mail, now, is_lifted=member.id in lifted)


def tell_stopped(held: Session, term: Term, member: Member, now: datetime) -> None:
    """Write to somebody with an address that the card is stopped, and no new one there yet."""
    if not member.mail:
        return
    area = held.get_one(Area, term.area_id)
    with force_locale(language.locale(member.language)):
        subject = _("Ihre Karte wurde gesperrt")
        body = _(
            "Guten Tag %(name)s,\n\n"
            "das QM-Team hat Ihre Karte für %(body)s gesperrt. Auf allen Geräten sind Sie"
            " abgemeldet. Um abzustimmen brauchen Sie eine neue Karte vom QM-Team.\n\n"
            "Wissen Sie davon nichts? Dann sagen Sie es sofort dem QM-Team:\n"
            "%(phone)s, %(mail)s\n",
            name=member.name,
            body=held.get_one(Body, term.body_id).name,
            phone=area.office_phone,
            mail=area.office_mail,
        )
    outbox.send(held, member.mail, subject, body, now)


def _tell(
    held: Session, term: Term, member: Member, recipient: str, now: datetime, *, is_lifted: bool
) -> None:
    area = held.get_one(Area, term.area_id)
    with force_locale(language.locale(member.language)):
        subject = _("Ihre Karte wurde ersetzt")
        body = _(
            "Guten Tag %(name)s,\n\n"
            "das QM-Team hat Ihre Karte für %(body)s ersetzt. Die alte Karte gilt nicht mehr. Auf"
            " allen Geräten sind Sie abgemeldet. Bitte scannen Sie die neue Karte.\n\n"
            "%(lifted)s"
            "Wissen Sie davon nichts? Dann sagen Sie es sofort dem QM-Team:\n"
            "%(phone)s, %(mail)s\n",
            name=member.name,
            lifted=_lifted() if is_lifted else "",
            body=held.get_one(Body, term.body_id).name,
            phone=area.office_phone,
            mail=area.office_mail,
        )
    outbox.send(held, recipient, subject, body, now)


def _lifted() -> str:
    return _(
        "Mehr Schutz ist damit aufgehoben: Ihre Passphrase, Passkeys und Codes von bisher gelten"
        " nicht mehr. Richten Sie ihn mit der neuen Karte wieder ein, wenn Sie möchten.\n\n"
    )
