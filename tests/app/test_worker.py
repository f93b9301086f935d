"""Jobs run when they are due, one that fails does not stop the others, and a signal ends them."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

from sqlalchemy.exc import OperationalError
from sqlmodel import select

from app import fault_log, outbox, worker
from app.models import Mail
from tests.service.site import ROOT, environment


def test_a_failing_job_is_named_once_and_the_others_run(app, caplog, monkeypatch):
    monkeypatch.setattr(fault_log, "_said", {})
    runs = []

    def jam(_now):
        raise OperationalError("select 1", {}, Exception("database is locked"))

    def count(_now):
        runs.append(len(runs))

    worker.repeat(app, {jam: 0, count: 0}, lambda _seconds: len(runs) == 3)
    assert runs == [0, 1, 2]
    assert [each.message for each in caplog.records] == ["jam failed: OperationalError"]


def test_a_job_runs_as_often_as_it_is_due(app):
    runs = {"often": 0, "seldom": 0}

    def often(_now):
        runs["often"] += 1

    def seldom(_now):
        runs["seldom"] += 1

    worker.repeat(app, {often: 0, seldom: 3600}, lambda _seconds: runs["often"] == 3)
    assert runs == {"often": 3, "seldom": 1}


def _mails(held):
    found = held.exec(select(Mail.id)).all()
    held.commit()
    return found


def test_the_worker_sends_mail_and_ends_when_it_is_told_to(app, held):
    for name in ("a", "b", "c"):
        outbox.send(held, f"{name}@example.org", name, "Text", datetime.now(UTC))
    held.commit()
    settings = app.extensions["settings"]
    environ = environment(DATABASE_URL=settings.database_url, INSTANCE=str(settings.instance))
    running = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "work"],
        cwd=ROOT, env=environ, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 30
        while _mails(held):
            assert running.poll() is None
            assert time.monotonic() < deadline, "no mail was sent"
            time.sleep(0.1)
        running.send_signal(signal.SIGTERM)
        assert running.wait(10) == 0
    finally:
        running.kill()
        running.wait()
    assert len(os.listdir(settings.instance / "mail")) == 3  # noqa: PTH208
