"""An officer's own name and address: corrected by the officer, and told to the team.

A new address is confirmed by a link that was sent there and is opened on an own session: who gets
the link by mistake cannot use it. It names the address that it replaces, so it works once.
"""

from datetime import datetime, timedelta

from flask import current_app, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app import coordinated, language, outbox, second_person
from app.account import device, noting
from app.account.proving import login_of
from app.body import day_of
from app.errors import Refused
from app.models import Coordinator, Officer

LINK_LIFETIME = timedelta(days=1)


def rename(held: Session, officer: Officer, name: str, now: datetime) -> None:
    """Correct the name; the others of the teams learn both."""
    second_person.require_none(held, officer, now)
    with force_locale(language.locale(language.DEFAULT)):
        subject = _("Ein Name im QM-Team oder in der Begleitung ist geändert")
        body = _(
            "Guten Tag,\n\n"
            "%(before)s steht in Kiezvotum jetzt als: %(after)s\n\n"
            "Die Person hat das selbst geändert. Stimmt es nicht? Dann sprechen Sie mit ihr und mit"
            " der Verwaltung im QM-Team.\n",
            before=officer.name,
            after=name,
        )
    tell_teams(held, officer, subject, body, now)
    noting.note(held, officer, "name_changed", now)
    officer.name = name
    _take_over(held, officer)


def ask_for_mail(held: Session, officer: Officer, mail: str, now: datetime) -> None:
    """Send the link to the new address, and word of it to the old one."""
    with force_locale(language.locale(language.DEFAULT)):
        body = _(
            "Guten Tag %(name)s,\n\n"
            "das soll Ihre neue E-Mail-Adresse bei Kiezvotum sein. Melden Sie sich mit der"
            " bisherigen Adresse an, und öffnen Sie dann diesen Link:\n%(link)s\n\n"
            "Er gilt einen Tag. Haben Sie nichts geändert, löschen Sie diese E-Mail.\n",
            name=officer.name,
            link=_address(_signer().dumps([officer.id, officer.mail, mail])),
        )
        subject = _("Ihre neue E-Mail-Adresse bestätigen")
        warning = _(
            "Ihre Adresse bei Kiezvotum soll ab jetzt eine andere sein: %(mail)s", mail=mail
        )
        outbox.send(held, mail, subject, body, now)
        _tell_old(held, officer, warning, now)


def asked_mail(officer: Officer, token: str) -> str:
    """The new address that the link was sent to; refuse another's link and an old one."""
    try:
        found = _signer().loads(token, max_age=int(LINK_LIFETIME.total_seconds()))
    except BadData:
        raise Refused("link_unknown") from None
    officer_id, before, mail = found
    if (officer_id, before) != (officer.id, officer.mail):
        raise Refused("link_unknown")
    return str(mail)


def take_mail(held: Session, officer: Officer, token: str, here: str, now: datetime) -> None:
    """Let the new address be the one that signs in; other sessions end, the old one is told."""
    mail = asked_mail(officer, token)
    second_person.require_none(held, officer, now)
    with force_locale(language.locale(language.DEFAULT)):
        _tell_old(
            held, officer, _("Ihre Adresse bei Kiezvotum ist jetzt: %(mail)s", mail=mail), now
        )
        if officer.coordinator_id is not None:
            _tell_areas(held, officer, mail, now)
    noting.note(held, officer, "mail_changed", now)
    officer.mail = mail
    if officer.login is not None:
        officer.login = login_of(mail)
    try:
        _take_over(held, officer)
    except IntegrityError:
        raise Refused("mail_in_use") from None
    device.end_all(held, officer, now, but=here)


def tell_teams(held: Session, officer: Officer, subject: str, body: str, now: datetime) -> None:
    """Write to everybody else who is in the team of one of the officer's areas, once each."""
    others = held.exec(
        select(Officer.mail)
        .where(col(Officer.area_id).in_(_areas(held, officer, now)), Officer.id != officer.id)
        .where(col(Officer.ended_at).is_(None), col(Officer.coordinator_id).is_(None))
    ).all()
    for mail in sorted({each for each in others if each}):
        outbox.send(held, mail, subject, body, now)


def _areas(held: Session, officer: Officer, now: datetime) -> list[int]:
    """The officer's own area; all that a coordinator keeps together."""
    if officer.coordinator_id is None:
        return [officer.area_id]
    return [each.id for each in coordinated.areas_of(held, officer.coordinator_id, day_of(now))]


def _tell_areas(held: Session, officer: Officer, mail: str, now: datetime) -> None:
    """The teams write to a coordinator at the address that they know."""
    subject = _("Eine Adresse in der Begleitung ist geändert")
    body = _(
        "Guten Tag,\n\n"
        "%(name)s hat bei Kiezvotum jetzt diese E-Mail-Adresse: %(mail)s\n\n"
        "Die Person hat das selbst geändert.\n",
        name=officer.name,
        mail=mail,
    )
    tell_teams(held, officer, subject, body, now)


def _tell_old(held: Session, officer: Officer, change: str, now: datetime) -> None:
    if not officer.mail:
        return
    body = _(
        "Guten Tag,\n\n"
        "%(change)s\n\n"
        "Waren Sie das nicht? Dann sagen Sie es sofort der Verwaltung im QM-Team.\n",
        change=change,
    )
    outbox.send(held, officer.mail, _("Ihre E-Mail-Adresse bei Kiezvotum"), body, now)


def _take_over(held: Session, officer: Officer) -> None:
    """Who coordinates areas is noted there under the same name and address."""
    held.add(officer)
    if officer.coordinator_id is not None:
        noted = held.get_one(Coordinator, officer.coordinator_id)
        noted.name, noted.mail = officer.name, officer.mail
        held.add(noted)
    held.flush()


def _address(token: str) -> str:
    path = url_for("account.new_mail", token=token).removeprefix(request.script_root)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="new-mail")
