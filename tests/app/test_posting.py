"""A mail is handed over once, and again and again as long as that fails."""

import dataclasses
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlmodel import select

from app import outbox
from app.config import Settings
from app.fault_log import guard
from app.models import Mail
from app.posting import send_mail

NOW = datetime(2026, 5, 4, 18, 30, tzinfo=UTC)


def use_smtp(app, url):
    server = Settings.from_environment(
        {"INSTANCE": str(app.extensions["settings"].instance), "SMTP_URL": url}
    ).mail_server
    app.extensions["settings"] = dataclasses.replace(app.extensions["settings"], mail_server=server)


@pytest.fixture
def three_mails(held):
    for name in ("a", "b", "c"):
        outbox.send(held, f"{name}@example.org", name, "Text", NOW)
    held.commit()


def mails(held):
    held.expire_all()
    found = [(each.tries, each.next_try_at) for each in held.exec(select(Mail).order_by(Mail.id))]
    held.commit()
    return found


def test_mail_is_handed_over_once(app, held, mailbox, three_mails):
    use_smtp(app, mailbox.url)
    send_mail(NOW)
    send_mail(NOW)
    assert sorted(message["Subject"] for message in mailbox.messages) == ["a", "b", "c"]
    assert mails(held) == []


def test_a_refused_mail_waits_longer_each_time(app, held, mailbox, three_mails):
    use_smtp(app, mailbox.url)
    mailbox.refuse = "451 later please"
    send_mail(NOW)
    assert mails(held) == [(1, NOW + timedelta(minutes=1))] * 3
    send_mail(NOW)
    assert mails(held) == [(1, NOW + timedelta(minutes=1))] * 3
    later = NOW + timedelta(minutes=2)
    send_mail(later)
    assert mails(held) == [(2, later + timedelta(minutes=2))] * 3
    mailbox.refuse = None
    send_mail(later + timedelta(minutes=2))
    assert len(mailbox.messages) == 3
    assert mails(held) == []


def test_a_mail_is_given_up_after_three_days(app, held, mailbox, three_mails, caplog):
    use_smtp(app, mailbox.url)
    mailbox.refuse = "550 no such person"
    now = NOW
    while mails(held):
        send_mail(now)
        now += timedelta(hours=6)
        assert now < NOW + timedelta(days=4), "tried for ever"
    assert now >= NOW + timedelta(days=3)
    assert mailbox.messages == []
    assert "given up" in caplog.text
    assert "example.org" not in caplog.text


def test_of_two_workers_one_sends_a_mail(app, held, mailbox, three_mails):
    use_smtp(app, mailbox.url)

    def work():
        with app.app_context():
            guard("mail", lambda: send_mail(NOW))

    workers = [Thread(target=work) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    send_mail(NOW + timedelta(hours=1))
    assert sorted(message["Subject"] for message in mailbox.messages) == ["a", "b", "c"]
