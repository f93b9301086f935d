"""Each job can be repeated, and one that fails does not stop the others."""

import dataclasses
import logging
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from app import jobs, outbox, retention
from app.booth.casting import cast
from app.config import Settings
from app.models import (
    EnrolmentNonce,
    Invitation,
    LogEntry,
    Mail,
    Question,
    SignInLink,
    Throttle,
    UsedChallenge,
    UserSession,
)
from tests.app import builder
from tests.service.site import ROOT, environment

NOW = datetime(2026, 5, 4, 18, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch):
    """As in a new process: no job has failed yet."""
    monkeypatch.setattr(jobs, "_said", {})


def use_smtp(app, url):
    server = Settings.from_environment(
        {"INSTANCE": str(app.extensions["settings"].instance), "SMTP_URL": url}
    ).mail_server
    app.extensions["settings"] = dataclasses.replace(app.extensions["settings"], mail_server=server)


def write_mails(held, now):
    for name in ("a", "b", "c"):
        outbox.send(held, f"{name}@example.org", name, "Text", now)
    held.commit()


@pytest.fixture
def three_mails(held):
    write_mails(held, NOW)


def mails(held):
    held.expire_all()
    found = [(each.tries, each.next_try_at) for each in held.exec(select(Mail).order_by(Mail.id))]
    held.commit()
    return found


def test_mail_is_handed_over_once(app, held, mailbox, three_mails):
    use_smtp(app, mailbox.url)
    jobs.send_mail(NOW)
    jobs.send_mail(NOW)
    assert sorted(message["Subject"] for message in mailbox.messages) == ["a", "b", "c"]
    assert mails(held) == []


def test_a_refused_mail_waits_longer_each_time(app, held, mailbox, three_mails):
    use_smtp(app, mailbox.url)
    mailbox.refuse = "451 later please"
    jobs.send_mail(NOW)
    assert mails(held) == [(1, NOW + timedelta(minutes=1))] * 3
    jobs.send_mail(NOW)
    assert mails(held) == [(1, NOW + timedelta(minutes=1))] * 3
    later = NOW + timedelta(minutes=2)
    jobs.send_mail(later)
    assert mails(held) == [(2, later + timedelta(minutes=2))] * 3
    mailbox.refuse = None
    jobs.send_mail(later + timedelta(minutes=2))
    assert len(mailbox.messages) == 3
    assert mails(held) == []


def test_a_mail_is_given_up_after_three_days(app, held, mailbox, three_mails, caplog):
    use_smtp(app, mailbox.url)
    mailbox.refuse = "550 no such person"
    now = NOW
    while mails(held):
        jobs.send_mail(now)
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
            jobs.guard("mail", lambda: jobs.send_mail(NOW))

    workers = [Thread(target=work) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    jobs.send_mail(NOW + timedelta(hours=1))
    assert sorted(message["Subject"] for message in mailbox.messages) == ["a", "b", "c"]


def test_a_round_is_closed_at_its_end_and_counted(held, area, open_round, make_submission):
    end = datetime.now(UTC) + timedelta(minutes=5)
    round_ = open_round(closes_at=end)
    for member in area.members[:7]:
        cast(member, round_.id, make_submission(member, round_, "yes"))
        held.commit()
    jobs.close_rounds(end - timedelta(seconds=1))
    jobs.count_rounds(end)
    held.refresh(round_)
    held.commit()
    assert round_.state == "open"
    for _ in range(2):
        jobs.close_rounds(end)
        jobs.count_rounds(end)
    held.refresh(round_)
    question = held.exec(select(Question)).one()
    assert (round_.state, question.state) == ("closed", "counted")
    assert (question.outcome["yes"], question.outcome["code"]) == (7, "adopted")
    kinds = [each.type for each in held.exec(select(LogEntry).order_by(LogEntry.seq))]
    assert kinds == ["round_announced", "round_opened", "round_closed", "counted"]


def test_a_board_that_does_not_verify_does_not_hold_up_another_round(
    app, held, area, open_round, make_submission, caplog
):
    end = datetime.now(UTC) + timedelta(minutes=5)
    rounds = [open_round(closes_at=end) for _ in range(2)]
    for round_ in rounds:
        for member in area.members[:5]:
            cast(member, round_.id, make_submission(member, round_, "no"))
            held.commit()
    jobs.close_rounds(end)
    broken = builder.break_board(held, min(rounds, key=lambda each: each.id))
    for _ in range(3):
        jobs.count_rounds(end)
    held.expire_all()
    states = {each.id: each.state for each in held.exec(select(Question))}
    assert states.pop(broken) == "listed"
    assert list(states.values()) == ["counted"]
    assert caplog.text.count("failed: BoardRefused") == 1


def test_what_has_expired_is_forgotten_and_nothing_else(held, area):
    member = area.members[0]
    for moment in (NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)):
        name = moment.isoformat()
        owner = {"area_id": area.area.id, "member_id": member.id}
        held.add(EnrolmentNonce(nonce=name, expires_at=moment, **owner))
        held.add(SignInLink(token_hash=name, expires_at=moment, **owner))
        held.add(UserSession(id_hash=name, created_at=NOW, expires_at=moment, **owner))
        started = moment - retention.RULES["throttles"].period
        counted = {"subject": "", "network": name, "window_started_at": started}
        held.add(Throttle(scope="card", failures=1, **counted))
        held.add(UsedChallenge(digest=name, expires_at=moment))
        invited = {"area_id": area.area.id, "officer_id": area.moderators[0].id}
        held.add(Invitation(token_hash=name, expires_at=moment, **invited))
    ended = {"area_id": area.area.id, "officer_id": area.moderators[0].id}
    far = NOW + timedelta(days=1)
    held.add(UserSession(id_hash="out", created_at=NOW, expires_at=far, revoked_at=NOW, **ended))
    held.commit()
    jobs.forget(NOW)
    jobs.forget(NOW)
    kept = (NOW + timedelta(seconds=1)).isoformat()
    assert held.exec(select(EnrolmentNonce.nonce)).all() == [kept]
    assert held.exec(select(SignInLink.token_hash)).all() == [kept]
    assert held.exec(select(UserSession.id_hash)).all() == [kept]
    assert held.exec(select(Throttle.network)).all() == [kept]
    assert held.exec(select(UsedChallenge.digest)).all() == [kept]
    assert held.exec(select(Invitation.token_hash)).all() == [kept]


def test_a_failing_job_is_named_once_and_the_others_run(app, caplog):
    runs = []

    def jam(_now):
        raise OperationalError("select 1", {}, Exception("database is locked"))

    def count(_now):
        runs.append(len(runs))

    jobs.repeat(app, {jam: 0, count: 0}, lambda _seconds: len(runs) == 3)
    assert runs == [0, 1, 2]
    assert [each.message for each in caplog.records] == ["jam failed: OperationalError"]


def test_a_job_runs_as_often_as_it_is_due(app):
    runs = {"often": 0, "seldom": 0}

    def often(_now):
        runs["often"] += 1

    def seldom(_now):
        runs["seldom"] += 1

    jobs.repeat(app, {often: 0, seldom: 3600}, lambda _seconds: runs["often"] == 3)
    assert runs == {"often": 3, "seldom": 1}


def test_a_job_that_recovers_says_so(caplog):
    caplog.set_level(logging.WARNING)
    answers = [OSError(), OSError(), None]

    def work():
        answer = answers.pop(0)
        if answer:
            raise answer

    for _ in range(3):
        jobs.guard("mail", work)
    assert [each.message for each in caplog.records] == [
        "mail failed: OSError",
        "mail works again",
    ]


def test_a_mistake_in_a_job_is_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        jobs.guard("mail", lambda: 1 // 0)


def test_the_worker_sends_mail_and_ends_when_it_is_told_to(app, held):
    write_mails(held, datetime.now(UTC))
    settings = app.extensions["settings"]
    environ = environment(DATABASE_URL=settings.database_url, INSTANCE=str(settings.instance))
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "work"],
        cwd=ROOT, env=environ, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 30
        while mails(held):
            assert worker.poll() is None
            assert time.monotonic() < deadline, "no mail was sent"
            time.sleep(0.1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
    finally:
        worker.kill()
        worker.wait()
    assert len(os.listdir(settings.instance / "mail")) == 3  # noqa: PTH208
