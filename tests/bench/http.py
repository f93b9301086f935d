"""Casting and the decision page over HTTP, each beside the bare thing under the same server."""

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from flask import Flask, Response, g
from sqlalchemy import Engine, event, text
from sqlmodel import Session

from app import create_app, db, migrating, serve
from app.config import Settings
from app.models import Member, Round
from tests.app import builder, deciding
from tests.service import load, site
from tests.service.port import free_port
from tests.service.process import processor_seconds

REVOTES = 60
BURSTS = 5  # the best one counts: other work on the machine only slows
READS = 400
TURNS = 14
WARM = 2  # the first turns do not count
BLOCK = 4096
CONNECTIONS = 8


def main() -> None:
    """Measure on a SQLite file in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        settings = Settings.from_environment(
            site.environment(INSTANCE=folder, PORT=str(free_port()), DATABASE_URL="")
        )
        bare = durable_inserts(f"sqlite:///{instance / 'bare.sqlite3'}")
        app = create_app(settings)
        migrating.migrate(app.extensions["engine"])
        with app.app_context(), Session(app.extensions["engine"], expire_on_commit=False) as held:
            g.session = held
            council = builder.build_council(held)
            path = published_decision(held, council)
            round_ = builder.open_round(held, builder.prepare_round(held, council))
            bodies = {each.id: bodies_of(held, council, each, round_) for each in council.members}
            cookies = {member.id: builder.sign_in(held, member) for member in council.members}
        app.extensions["engine"].dispose()
        with site.running(settings.database_url, instance) as running:
            report_casting(running, round_, bodies, cookies, bare)
            report_decision(settings, running, path)
        report("decision page: queries", queries(app, path), "queries", 8, at_most=True)


def report(name: str, value: float, unit: str, bound: float, *, at_most: bool = False) -> None:
    ok = value <= bound if at_most else value >= bound
    print(json.dumps({"name": name, "value": value, "unit": unit, "bound": bound, "ok": ok}))


def durable_inserts(url: str) -> float:
    """Rows a second that one writer stores, each in a durable transaction of its own."""
    engine = db.connect(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bare (id INTEGER PRIMARY KEY, content BLOB)"))
    rate = max(insert_rate(engine) for _burst in range(BURSTS))
    engine.dispose()
    return rate


def insert_rate(engine: Engine, number: int = 150) -> float:
    """Rows a second in one burst."""
    insert = text("INSERT INTO bare (content) VALUES (:content)")
    with engine.connect() as connection:
        began = time.perf_counter()
        for _ in range(number):
            connection.execute(insert, {"content": os.urandom(BLOCK)})
            connection.commit()
        return number / (time.perf_counter() - began)


def published_decision(held: Session, council: builder.Council) -> str:
    """The path of the page of a decision that came about by real votes."""
    (decision,) = deciding.decide(held, council, ["yes"] * len(council.members))
    return f"/entscheidung/{decision.year}-{decision.n}"


def bodies_of(
    held: Session, council: builder.Council, member: Member, round_: Round
) -> list[bytes]:
    """Finished ballots of one member, padded as the booth does."""
    phone = council.phones[member.id]
    submissions = [
        builder.make_submission(held, phone, member, round_, choice)
        for choice in ("yes", "no", "abstain") * (REVOTES // 3)
    ]
    return [_padded(submission) for submission in submissions]


def _padded(submission: dict[str, object]) -> bytes:
    body = json.dumps(submission | {"pad": ""}, separators=(",", ":"))
    pad = "x" * (-len(body) % BLOCK)
    return json.dumps(submission | {"pad": pad}, separators=(",", ":")).encode()


def report_casting(
    running: site.Site,
    round_: Round,
    bodies: dict[int, list[bytes]],
    cookies: dict[int, str],
    bare: float,
) -> None:
    """Send all ballots; the members take turns, as in a hall."""
    requests = {
        member_id: posts(running, round_, cookies[member_id], own)
        for member_id, own in bodies.items()
    }
    turns = [one for turn in zip(*requests.values(), strict=True) for one in turn]
    rate = max(cast_rate(running, turns[number::BURSTS]) for number in range(BURSTS))
    report("casting, one question, two workers", rate, "/s", 100)
    report("casting beside bare durable inserts", 100 * rate / bare, "%", 10)


def cast_rate(running: site.Site, requests: list[bytes]) -> float:
    """Ballots a second in one burst; every one of them must be stored."""
    sent = load.send(running.port, requests, CONNECTIONS)
    assert set(sent.statuses) == {200}, (sent.statuses, running.output)
    return sent.rate


def posts(running: site.Site, round_: Round, cookie: str, bodies: list[bytes]) -> list[bytes]:
    connection = HTTPConnection("127.0.0.1", running.port)
    host = running.url.removeprefix("http://")
    headers = {"Host": host, "Cookie": f"kiezvotum={cookie}"}
    connection.request("GET", f"/booth/{round_.id}/state", headers=headers)
    answer = connection.getresponse()
    csrf = json.load(answer)["csrf"]
    form = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    connection.close()
    headers = {
        "Cookie": f"kiezvotum={cookie}; {form}",
        "Origin": running.url,
        "X-CSRF-Token": csrf,
    }
    path = f"/booth/{round_.id}/ballots"
    return [load.post_json(host, path, body, headers) for body in bodies]


def report_decision(settings: Settings, running: site.Site, path: str) -> None:
    """Read the page and the hello in many short turns: a processor changes its pace."""
    page = load.get(running.url.removeprefix("http://"), path)
    greeting = load.get(f"localhost:{settings.port}", "/")
    with hello(settings) as pid:
        turns = [
            (
                seconds_of(settings.port, pid, greeting),
                seconds_of(running.port, running.process.pid, page),
            )
            for _turn in range(TURNS)
        ]
    bare, decision = (sum(each) for each in zip(*turns[WARM:], strict=True))
    report("decision page beside a bare hello", 100 * bare / decision, "%", 15)


def seconds_of(port: int, pid: int, request: bytes) -> float:
    """How long answering keeps a processor busy."""
    before = processor_seconds(pid)
    read = load.send(port, [request] * READS, CONNECTIONS)
    assert set(read.statuses) == {200}, read.statuses
    return processor_seconds(pid) - before


@contextmanager
def hello(settings: Settings) -> Iterator[int]:
    """An application that only says hello, under the same server; the number of its process."""
    bare = Flask("hello")
    bare.add_url_rule("/", view_func=lambda: Response("hello"))
    with ExitStack() as started:
        listener = started.enter_context(serve.reserve(settings.port))
        server = serve.WebServer(bare, settings, listener)
        children = [serve.start("hello", server.run)]
        started.callback(serve.stop, children)
        serve.wait_for_answer(settings, children)
        yield children[0].pid or 0


def queries(app: Flask, path: str) -> int:
    """How often one reading asks the database."""
    asked: list[str] = []
    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert app.test_client().get(path).status_code == 200
    return sum(not statement.startswith("PRAGMA") for statement in asked)


if __name__ == "__main__":
    main()
