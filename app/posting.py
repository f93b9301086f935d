"""Mails that are due are handed over, by one worker each."""

import logging
from datetime import datetime, timedelta
from functools import partial

from flask import current_app
from sqlalchemy import delete, update
from sqlmodel import col, select

from app import db, outbox, retention
from app.fault_log import guard
from app.models import Mail

FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
LIFETIME = retention.RULES["mails"].period

log = logging.getLogger("kiezvotum.jobs")


def send_mail(now: datetime) -> None:
    """Hand over what is due; a mail that fails is tried again later, for three days."""
    with db.reading() as held:
        due = held.exec(
            select(Mail).where(col(Mail.next_try_at) <= now).order_by(col(Mail.next_try_at))
        ).all()
    for mail in due:
        if mail.created_at + LIFETIME <= now:
            log.warning("mail %s is given up after %s tries", mail.id, mail.tries)
            _delete(mail)
        elif _claim(mail, now):
            guard(f"mail {mail.id}", partial(_deliver, mail))


def _deliver(mail: Mail) -> None:
    outbox.deliver(current_app.extensions["settings"], mail)
    _delete(mail)


def _delete(mail: Mail) -> None:
    with db.writing() as held:
        held.exec(delete(Mail).where(col(Mail.id) == mail.id))


def _claim(mail: Mail, now: datetime) -> bool:
    """Set the next try before this one: of two workers one wins, and no lock waits for SMTP."""
    pause = min(FIRST_RETRY * 2 ** min(mail.tries, 20), LONGEST_RETRY)
    with db.writing() as held:
        won = held.exec(
            update(Mail)
            .where(col(Mail.id) == mail.id, col(Mail.tries) == mail.tries)
            .values(tries=mail.tries + 1, next_try_at=now + pause)
        )
    return won.rowcount == 1
