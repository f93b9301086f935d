"""A mail is a row written in the caller's transaction; the worker hands it over later."""

import os
import smtplib
import ssl
import tempfile
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from sqlmodel import Session

from app.config import MailServer, Settings
from app.models import Mail

TIMEOUT_SECONDS = 10


def send(
    held: Session, recipient: str, subject: str, body: str, now: datetime, calendar: str = ""
) -> None:
    """Put a mail into the outbox; it leaves only if the caller's transaction is committed.

    `calendar` is an iCalendar file that goes with it.
    """
    if "\n" in recipient + subject or "\r" in recipient + subject:
        raise ValueError("a header of a mail is one line")
    held.add(
        Mail(
            recipient=recipient,
            subject=subject,
            body=body,
            calendar=calendar,
            created_at=now,
            next_try_at=now,
        )
    )


def deliver(settings: Settings, mail: Mail) -> None:
    """Hand one mail over, to the mail server or as a file; raise OSError or SMTPException."""
    message = compose(settings, mail)
    if settings.mail_server:
        _hand_over(settings.mail_server, settings.mail_from, mail.recipient, message)
    else:
        _write(settings.instance / "mail" / f"{_name(mail)}.eml", message)


def compose(settings: Settings, mail: Mail) -> EmailMessage:
    """The message; its id stays the same when a mail is tried again."""
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.mail_from
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{_name(mail)}@{settings.mail_from.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    if mail.calendar:
        message.add_attachment(
            mail.calendar.encode(),
            maintype="text",
            subtype="calendar",
            filename="sitzung.ics",
            params={"method": "PUBLISH", "charset": "utf-8"},
        )
    return message


def _name(mail: Mail) -> str:
    return f"{mail.created_at:%Y%m%d-%H%M%S}-{mail.id}"


def _hand_over(server: MailServer, sender: str, recipient: str, message: EmailMessage) -> None:
    with _connect(server) as connection:
        if server.encryption == "starttls":
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(message, sender, [recipient])


def _connect(server: MailServer) -> smtplib.SMTP:
    if server.encryption == "tls":
        return smtplib.SMTP_SSL(
            server.host,
            server.port,
            timeout=TIMEOUT_SECONDS,
            context=ssl.create_default_context(),
        )
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)


def _write(file: Path, message: EmailMessage) -> None:
    """Write a file that is whole or absent and that others cannot read."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "wb") as out:
        out.write(message.as_bytes())
    Path(draft).rename(file)
