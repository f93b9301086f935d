"""The worker runs every job as often as it is due."""

import os
import signal
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from select import select as readable
from threading import Event, Thread

from flask import Flask, current_app

from app import db, jobs
from app.fault_log import guard
from app.posting import send_mail

Job = Callable[[datetime], object]

PAUSE_SECONDS = 1
BEAT_SECONDS = 30
FORGET_SECONDS = 60
RETAIN_SECONDS = 24 * 60 * 60


def work_until_stopped() -> None:
    """Repeat all jobs until SIGTERM or SIGINT; mail has a thread, because servers may hang."""
    told, tell = os.pipe()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: os.write(tell, b"."))
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    Thread(target=_mail_until_ended, args=(app, tell), name="mail", daemon=True).start()
    every: dict[Job, float] = {
        jobs.beat: BEAT_SECONDS,
        jobs.open_rounds: PAUSE_SECONDS,
        jobs.close_rounds: PAUSE_SECONDS,
        jobs.count_rounds: PAUSE_SECONDS,
        jobs.remind: FORGET_SECONDS,
        jobs.end_terms: FORGET_SECONDS,
        jobs.end_commissions: FORGET_SECONDS,
        jobs.hand_over_areas: FORGET_SECONDS,
        jobs.note_bundles: FORGET_SECONDS,
        jobs.forget: FORGET_SECONDS,
        jobs.retain: RETAIN_SECONDS,
    }
    repeat(app, every, lambda seconds: bool(readable([told], [], [], seconds)[0]))


def _mail_until_ended(app: Flask, tell: int) -> None:
    """A mistake in here must end the worker, whose supervisor notices, not only this thread."""
    try:
        repeat(app, {send_mail: PAUSE_SECONDS}, Event().wait)
    finally:
        os.write(tell, b".")


def run(job: Job) -> None:
    """Run one job by the clock."""
    with db.reading() as held:
        now = db.clock(held)
    job(now)


def repeat(app: Flask, jobs: Mapping[Job, float], pause: Callable[[float], bool]) -> None:
    """Run each job every so many seconds, until a pause says that it was the last."""
    due = dict.fromkeys(jobs, 0.0)
    while True:
        for job, seconds in jobs.items():
            if time.monotonic() >= due[job]:
                due[job] = time.monotonic() + seconds
                with app.app_context():
                    guard(job.__name__, partial(run, job))
        if pause(PAUSE_SECONDS):
            return
