"""What members are told about a card that others want to replace, or have replaced."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session, col, or_, select

from app import language, outbox
from app.models import Area, Confirmation, Member, UserSession
from app.models.confirmation import AFTER_NOTICE, NOTICE
from app.text import moment

TOLD_FOR = timedelta(days=14)


def shown_to(held: Session, member: Member, now: datetime) -> Sequence[Confirmation]:
    """Replacements that two officers agreed to and that can be stopped; and those lately done."""
    stoppable = (
        (col(Confirmation.act) == "replace_card_home")
        & col(Confirmation.done_at).is_(None)
        & col(Confirmation.objected_at).is_(None)
        & (col(Confirmation.confirmed_at) > now - NOTICE - AFTER_NOTICE)
    )
    return held.exec(
        select(Confirmation)
        .where(Confirmation.area_id == member.area_id, Confirmation.member_id == member.id)
        .where(or_(stoppable, col(Confirmation.done_at) > now - TOLD_FOR))
        .order_by(col(Confirmation.id).desc())
    ).all()


def reaches(held: Session, member: Member, now: datetime) -> bool:
    """Whether the member can learn of it at all: by mail, or on a device that is signed in."""
    devices = select(UserSession.id_hash).where(
        UserSession.area_id == member.area_id,
        UserSession.member_id == member.id,
        col(UserSession.revoked_at).is_(None),
        col(UserSession.expires_at) > now,
    )
    return bool(member.mail) or held.exec(devices.limit(1)).first() is not None


def send(held: Session, member: Member, now: datetime) -> None:
    """Write to the member, if there is an address, that a new card is due in a day."""
    if not member.mail:
        return
    area = held.get_one(Area, member.area_id)
    with force_locale(language.locale(member.language)):
        subject = _("Sie sollen eine neue Karte bekommen")
        body = _(
            "Guten Tag %(name)s,\n\n"
            "das QM-Team will Ihre Karte ersetzen, weil sie weg ist. Ab %(time)s kann die neue"
            " Karte gedruckt werden. Dann gilt die alte nicht mehr.\n\n"
            "Stimmt das nicht? Dann stoppen Sie es hier mit einem Tipp:\n"
            "%(address)s\n"
            "Oder sagen Sie es dem QM-Team: %(phone)s\n",
            name=member.name,
            time=moment(now + NOTICE),
            address=f"{current_app.config['PUBLIC_URL']}/account/",
            phone=area.office_phone,
        )
    outbox.send(held, member.mail, subject, body, now)
