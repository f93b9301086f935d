"""Mail leaves over a real SMTP server, or as files while none is set."""

import smtplib
import stat
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from sqlmodel import select

from app import outbox
from app.config import Settings
from app.models import Mail
from tests.service.port import free_port

NOW = datetime(2026, 5, 4, 18, 30, tzinfo=UTC)


@pytest.fixture
def mail(held):
    outbox.send(held, "rania@example.org", "Ihr Code für morgen", "Grüße aus dem Kiez", NOW)
    held.flush()
    return held.exec(select(Mail)).one()


def with_smtp(tmp_path, url):
    return Settings.from_environment(
        {"INSTANCE": str(tmp_path / "instance"), "SMTP_URL": url, "MAIL_FROM": "rat@kiez.example"}
    )


def test_a_mail_is_gone_with_the_transaction_that_wrote_it(held, mail):
    held.rollback()
    assert held.exec(select(Mail)).all() == []


def test_a_mail_is_due_at_once(mail):
    assert (mail.created_at, mail.next_try_at, mail.tries) == (NOW, NOW, 0)


@pytest.mark.parametrize("recipient", ["a@example.org\nBcc: b@example.org", "a@example.org\r"])
def test_a_second_header_line_is_refused(held, recipient):
    with pytest.raises(ValueError, match="one line"):
        outbox.send(held, recipient, "Betreff", "Text", NOW)
    with pytest.raises(ValueError, match="one line"):
        outbox.send(held, "a@example.org", recipient, "Text", NOW)


def test_the_server_gets_the_mail_as_it_was_written(tmp_path, mailbox, mail):
    outbox.deliver(with_smtp(tmp_path, mailbox.url), mail)
    (message,) = mailbox.messages
    assert mailbox.recipients == [["rania@example.org"]]
    assert message["Subject"] == "Ihr Code für morgen"
    assert message["From"] == "rat@kiez.example"
    assert message.get_content().strip() == "Grüße aus dem Kiez"
    assert message["Date"].datetime == NOW
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_second_try_is_recognisable_as_the_same_mail(tmp_path, mailbox, mail):
    settings = with_smtp(tmp_path, mailbox.url)
    outbox.deliver(settings, mail)
    outbox.deliver(settings, mail)
    assert len({message["Message-ID"] for message in mailbox.messages}) == 1


def test_a_refusal_of_the_server_is_raised(tmp_path, mailbox, mail):
    mailbox.refuse = "451 later please"
    with pytest.raises(smtplib.SMTPDataError):
        outbox.deliver(with_smtp(tmp_path, mailbox.url), mail)
    assert mailbox.messages == []


def test_a_server_that_is_not_there_is_an_error(tmp_path, mail):
    with pytest.raises(ConnectionRefusedError):
        outbox.deliver(with_smtp(tmp_path, f"smtp://127.0.0.1:{free_port()}"), mail)


def test_without_a_server_mail_becomes_a_file_that_only_the_operator_reads(settings, mail):
    outbox.deliver(settings, mail)
    outbox.deliver(settings, mail)
    (file,) = (settings.instance / "mail").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert file.suffix == ".eml"
    assert message["To"] == "rania@example.org"
    assert message.get_content().strip() == "Grüße aus dem Kiez"
