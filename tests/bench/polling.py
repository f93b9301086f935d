"""Sixty phones and the screen in the hall follow an evening, together, beside one processor core.

While they ask, people come and go, all members cast and the last call begins: each of these changes
what the screen shows. The same evening without anybody who follows is measured first and taken off.
"""

import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from flask import Flask, g
from sqlmodel import Session

from app import attendance, create_app, db, hall_key, migrating
from app.config import Settings
from app.models import Round
from app.round import closing
from tests.app import builder
from tests.app.builder import Council
from tests.bench.http import posts
from tests.service import load, site
from tests.service.process import processor_seconds

PHONES = 60
EVERY_SECONDS = 2
SECONDS = 20
FIRST_BALLOT = 4
LAST_CALL = 17
BOUND = 5
TIMES = 2  # the best one counts: other work on the machine only slows

Act = tuple[float, Callable[[], None]]


class Follower:
    """Somebody who asks one address again and again, with the mark of the last answer."""

    def __init__(self, port: int, path: str, begin: float) -> None:
        self.connection = HTTPConnection("127.0.0.1", port)
        self.path = path
        self.due = begin
        self.tag = ""

    def ask(self) -> int:
        headers = {"If-None-Match": self.tag} if self.tag else {}
        self.connection.request("GET", self.path, headers=headers)
        answer = self.connection.getresponse()
        answer.read()
        self.tag = answer.getheader("ETag") or ""
        self.due += EVERY_SECONDS
        return answer.status


class Evening(NamedTuple):
    """A council with an open round, its members' ballots and sessions, and two addresses."""

    council: Council
    round_: Round
    bodies: dict[int, bytes]
    cookies: dict[int, str]
    hall: str
    phone: str


def main() -> None:
    """Measure on a SQLite file in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment(site.environment(INSTANCE=folder, DATABASE_URL=""))
        app = create_app(settings)
        migrating.migrate(app.extensions["engine"])
        evenings = [prepare(app, f"area-{number}") for number in range(2 * TIMES)]
        with site.running(settings.database_url, Path(folder)) as running:
            shares = partial(share_of_a_core, app, running)
            alone = min(shares(each, followed=False) for each in evenings[:TIMES])
            followed = min(shares(each, followed=True) for each in evenings[TIMES:])
        app.extensions["engine"].dispose()
    report(f"{PHONES} phones and the hall follow an evening", 100 * (followed - alone))


def prepare(app: Flask, slug: str) -> Evening:
    """An open round of a council whose members have filled in their ballots."""
    with app.app_context(), Session(app.extensions["engine"], expire_on_commit=False) as held:
        g.session = held
        council = builder.build_council(held, slug)
        hall_key.renew(council.meeting)
        round_ = builder.open_round(held, builder.prepare_round(held, council))
        bodies = {}
        for each in council.members:
            phone = council.phones[each.id]
            made = builder.make_submission(held, phone, each, round_, "yes")
            bodies[each.id] = json.dumps(made).encode()
        cookies = {each.id: builder.sign_in(held, each) for each in council.members}
        key = council.meeting.hall_key
        hall = f"/sitzung/{council.meeting.id}/saal?key={key}&second=en"
    return Evening(council, round_, bodies, cookies, hall, f"/booth/pulse/{slug}")


def acts(app: Flask, running: site.Site, evening: Evening) -> list[Act]:
    """What happens when: someone goes and comes back, all cast one after the other, a last call."""
    ballots = [
        posts(running, evening.round_, evening.cookies[member_id], [body])
        for member_id, body in evening.bodies.items()
    ]
    between = (LAST_CALL - FIRST_BALLOT) / len(ballots)
    return [
        (1, partial(leave, app, evening)),
        (2.5, partial(arrive, app, evening)),
        *(
            (FIRST_BALLOT + number * between, partial(cast, running, ballot))
            for number, ballot in enumerate(ballots[:-1])
        ),
        (LAST_CALL, partial(call, app, evening)),
        (LAST_CALL + 1, partial(cast, running, ballots[-1])),
    ]


def cast(running: site.Site, ballot: list[bytes]) -> None:
    assert load.send(running.port, ballot, 1).statuses == {200: 1}


def leave(app: Flask, evening: Evening) -> None:
    with app.app_context():
        held = db.begin_write()
        now, member = db.clock(held), evening.council.members[0]
        attendance.leave(held, evening.council.meeting, member.id, now)
        held.commit()


def arrive(app: Flask, evening: Evening) -> None:
    with app.app_context():
        held = db.begin_write()
        now, member = db.clock(held), evening.council.members[0]
        attendance.arrive(held, evening.council.meeting, member.id, now)
        held.commit()


def call(app: Flask, evening: Evening) -> None:
    with app.app_context():
        held = db.begin_write()
        round_ = held.get_one(Round, evening.round_.id)
        closing.start_last_call(held, round_, db.clock(held))
        held.commit()


def share_of_a_core(app: Flask, running: site.Site, evening: Evening, *, followed: bool) -> float:
    """Processor time of all the site's processes beside the time that passes."""
    paths = [evening.hall, *[evening.phone] * PHONES] if followed else []
    happens = acts(app, running, evening)
    begin = time.monotonic()
    spread = EVERY_SECONDS / max(1, len(paths))
    followers = [
        Follower(running.port, path, begin + number * spread) for number, path in enumerate(paths)
    ]
    for each in followers:
        each.ask()
    before, since = processor_seconds(running.process.pid), time.monotonic()
    statuses = follow(followers, happens, since)
    used = processor_seconds(running.process.pid) - before
    assert set(statuses) == ({200, 304} if followed else set()), statuses
    return used / (time.monotonic() - since)


def follow(followers: list[Follower], waiting: list[Act], since: float) -> Counter[int]:
    """Let each ask when its time has come and let happen what is due, until the end."""
    statuses: Counter[int] = Counter()
    while (now := time.monotonic()) < since + SECONDS:
        if waiting and since + waiting[0][0] <= now:
            waiting.pop(0)[1]()
        for each in followers:
            if each.due <= now:
                statuses[each.ask()] += 1
        time.sleep(0.005)
    assert not waiting
    return statuses


def report(name: str, value: float) -> None:
    line = {
        "name": name,
        "value": value,
        "unit": "% of a core",
        "bound": BOUND,
        "ok": value <= BOUND,
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
