"""Who has not cast in a vote over days is reminded, at half time and a day before the end."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app import language, outbox, setback
from app.models import Body, CredentialPointer, Member, Question, Reminder, RollEntry, Round
from app.text import moment

LAST_DAY = timedelta(hours=24)


def due(held: Session, now: datetime) -> list[str]:
    """The rounds of which somebody is to be reminded now."""
    running = held.exec(_running(now)).all()
    return [each.id for each in running if _kind_due(held, each, now)]


def remind(held: Session, round_id: str, now: datetime) -> None:
    """Send what is due for one round, once; several at the same time become the latest."""
    round_ = held.exec(_running(now).where(Round.id == round_id).with_for_update()).first()
    kind = _kind_due(held, round_, now) if round_ else None
    if round_ is None or kind is None:
        return
    waiting = _not_cast(held, round_)
    with_mail = [member for member in waiting if member.mail]
    for member in with_mail:
        _write(held, round_, member, now)
    held.add(
        Reminder(
            area_id=round_.area_id,
            round_id=round_.id,
            kind=kind,
            sent_at=now,
            mails=len(with_mail),
            without_mail=len(waiting) - len(with_mail),
        )
    )


def sent(held: Session, round_: Round) -> Sequence[Reminder]:
    """What went out so far, as numbers."""
    found = select(Reminder).where(Reminder.round_id == round_.id)
    return held.exec(found.order_by(col(Reminder.sent_at))).all()


def moments(opens_at: datetime, closes_at: datetime) -> dict[str, datetime]:
    """When each reminder is due; a vote of a day or less has only the one at half time."""
    half, last_day = opens_at + (closes_at - opens_at) / 2, closes_at - LAST_DAY
    return {"half": half} | ({"last_day": last_day} if last_day > half else {})


def _running(now: datetime) -> SelectOfScalar[Round]:
    return (
        select(Round)
        .where(Round.mode == "circular", Round.state == "open", col(Round.closes_at) > now)
        .where(setback.is_whole(Round.area_id))
    )


def _kind_due(held: Session, round_: Round, now: datetime) -> str | None:
    """The latest reminder whose moment has come, unless it went out."""
    if round_.opened_at is None or round_.closes_at is None:
        return None
    past = [kind for kind, at in moments(round_.opened_at, round_.closes_at).items() if at <= now]
    if not past:
        return None
    was_sent = held.get(Reminder, (round_.id, past[-1]))
    return None if was_sent else past[-1]


def _not_cast(held: Session, round_: Round) -> list[Member]:
    """Who is on a roll of this round with a key and has no ballot in its box."""
    cast = (
        select(CredentialPointer.credential)
        .where(CredentialPointer.question_id == RollEntry.question_id)
        .where(CredentialPointer.credential == RollEntry.credential)
        .exists()
    )
    found = (
        select(Member)
        .join(RollEntry, col(RollEntry.member_id) == Member.id)
        .join(Question, col(Question.id) == RollEntry.question_id)
        .where(Question.round_id == round_.id, col(RollEntry.credential).is_not(None), ~cast)
        .order_by(col(Member.id))
        .distinct()
    )
    return list(held.exec(found))


def _write(held: Session, round_: Round, member: Member, now: datetime) -> None:
    body, closes_at = held.get_one(Body, round_.body_id), round_.closes_at
    if closes_at is None:
        return
    prefix = "" if member.language == language.DEFAULT else f"/{member.language}"
    address = f"{current_app.config['PUBLIC_URL']}{prefix}/booth/{round_.id}/questions"
    with force_locale(language.locale(member.language)):
        title = _("Die Abstimmung läuft noch")
        text = _(
            "Guten Tag %(name)s,\n\n"
            "%(body)s stimmt gerade ab, ohne Sitzung. Von Ihnen ist noch keine Stimme da.\n"
            "Sie können abstimmen bis: %(end)s\n\n"
            "Hier geht es zur Abstimmung:\n"
            "%(address)s\n\n"
            "Diese Nachricht kommt von selbst. Das QM-Team sieht nicht, wer sie bekommt.\n",
            name=member.name,
            body=body.name,
            end=moment(closes_at),
            address=address,
        )
    outbox.send(held, member.mail or "", title, text, now)
