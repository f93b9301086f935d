"""Sixty phones and the screen in the hall follow an open round, beside one processor core."""

import json
import tempfile
import time
from collections import Counter
from http.client import HTTPConnection
from pathlib import Path

from flask import g
from sqlmodel import Session

from app import create_app, db, hall_key
from app.config import Settings
from tests.app import builder
from tests.service import site
from tests.service.process import processor_seconds

PHONES = 60
EVERY_SECONDS = 2
SECONDS = 20
BOUND = 5


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


def main() -> None:
    """Measure on a SQLite file in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment(site.environment(INSTANCE=folder, DATABASE_URL=""))
        hall, phone = prepare(settings)
        with site.running(settings.database_url, Path(folder)) as running:
            idle = share_of_a_core(running, [])
            for name, path in (("hall", hall), ("phones", phone)):
                busy = share_of_a_core(running, [path] * PHONES)
                report(f"{PHONES} screens follow the {name}", 100 * (busy - idle))


def prepare(settings: Settings) -> tuple[str, str]:
    """An open round; the addresses of the screen and of what phones follow."""
    app = create_app(settings)
    db.migrate(app.extensions["engine"])
    with app.app_context(), Session(app.extensions["engine"], expire_on_commit=False) as held:
        g.session = held
        council = builder.build_council(held)
        hall_key.renew(council.meeting)
        builder.open_round(held, builder.prepare_round(held, council))
        hall = f"/sitzung/{council.meeting.id}/saal?key={council.meeting.hall_key}&second=en"
    app.extensions["engine"].dispose()
    return hall, f"/booth/pulse/{council.area.slug}"


def share_of_a_core(running: site.Site, paths: list[str]) -> float:
    """Processor time of all the site's processes beside the time that passes."""
    begin = time.monotonic()
    spread = EVERY_SECONDS / max(1, len(paths))
    followers = [
        Follower(running.port, path, begin + number * spread) for number, path in enumerate(paths)
    ]
    for each in followers:
        each.ask()
    before, since = processor_seconds(running.process.pid), time.monotonic()
    statuses = follow(followers, since + SECONDS)
    used = processor_seconds(running.process.pid) - before
    assert set(statuses) <= {304}, statuses
    return used / (time.monotonic() - since)


def follow(followers: list[Follower], end: float) -> Counter[int]:
    """Let each ask when its time has come, until the end."""
    statuses: Counter[int] = Counter()
    while (now := time.monotonic()) < end:
        for each in followers:
            if each.due <= now:
                statuses[each.ask()] += 1
        time.sleep(0.005)
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
