"""Start the site: migrate, then keep a web server and a worker running until told to stop.

The application is imported once and both children are forks of this process: a start stays quick.
"""

import argparse
import ctypes
import errno
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPException
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from urllib.parse import urlsplit

from flask import Flask
from flask.cli import ScriptInfo
from gunicorn.app.base import BaseApplication

from app import create_app, jobs, worker
from app.config import ConfigError, Settings
from app.durable import DatabaseUnsafe
from app.migrating import migrate

WORKERS = 2
SWITCH_SECONDS = 0.005
THREADS = 8
# Pages that follow something ask every two seconds, each time on the connection they have.
KEEP_SECONDS = 15
STOP_SECONDS = 10
ANSWER_SECONDS = 30
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1


class StartRefused(Exception):
    """The site cannot start or go on; the message says why."""


class WebServer(BaseApplication):
    """gunicorn on a socket that is already ours."""

    def __init__(self, app: Flask, settings: Settings, listener: socket.socket) -> None:
        self.app = app
        self.options = {
            "bind": f"fd://{listener.fileno()}",
            "workers": WORKERS,
            "worker_class": "gthread",
            "threads": THREADS,
            "keepalive": KEEP_SECONDS,
            "preload_app": True,
            "control_socket_disable": True,
            "forwarded_allow_ips": "127.0.0.1" if settings.trusted_proxies else "",
            "graceful_timeout": STOP_SECONDS // 2,
            "loglevel": "warning",
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        # Whoever holds the database's lock must get the interpreter back soon.
        sys.setswitchinterval(SWITCH_SECONDS)
        return self.app


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until a signal (status 0) or until a child fails (status 1); 2 for a bad setting."""
    parser = argparse.ArgumentParser(prog="python -m app.serve", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="load invented people and print links")
    chosen = parser.parse_args(arguments)
    for number in STOP_SIGNALS:
        signal.signal(number, signal.default_int_handler)
    try:
        serve(Settings.from_environment(), demo=chosen.demo)
    except KeyboardInterrupt:
        return 0
    except ConfigError as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except (StartRefused, DatabaseUnsafe) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def serve(settings: Settings, *, demo: bool) -> None:
    """Run the site; returns only by an exception."""
    demo = demo and settings.is_loopback
    with ExitStack() as started:
        listener = started.enter_context(reserve(settings.port))
        app = create_app(settings)
        demo = prepare(app, demo=demo)
        server = WebServer(app, settings, listener)
        children: list[ForkProcess] = []
        started.callback(stop, children)
        children.append(start("The web server", server.run))
        children.append(start("The worker", lambda: sys.exit(run_command(app, "work"))))
        wait_for_answer(settings, children)
        if demo:
            run_command(app, "demo")
        print(f"Kiezvotum answers on {settings.public_url} (Ctrl-C stops it)", flush=True)
        require_alive(children, None)


def reserve(port: int) -> socket.socket:
    """Take the port before anything slow begins; gunicorn listens on it later."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as failure:
        listener.close()
        if failure.errno == errno.EADDRINUSE:
            raise ConfigError("PORT", f"{port} is in use: stop that program or set PORT") from None
        raise ConfigError("PORT", f"{port} cannot be used: {failure.strerror}") from None
    return listener


def prepare(app: Flask, *, demo: bool) -> bool:
    """Bring the database up to date; whether it holds the demo, which real data never does."""
    engine = app.extensions["engine"]
    migrate(engine)
    with app.app_context():
        worker.run(jobs.compare_heads)
        worker.run(jobs.forget_again)
    holds_demo = demo and run_command(app, "demo", "--ensure") == 0
    engine.dispose()  # the children must not share a connection
    return holds_demo


def run_command(app: Flask, *arguments: str) -> int:
    """Run one of the flask commands in this process and give its exit status."""
    info = ScriptInfo(create_app=lambda: app)
    status: int | None = app.cli.main(
        list(arguments), prog_name="flask", obj=info, standalone_mode=False
    )
    return status or 0


def start(name: str, run: Callable[[], None]) -> ForkProcess:
    """Fork a child that ends with this process at the latest."""
    fork = multiprocessing.get_context("fork")
    child = fork.Process(target=_become, args=(run,), name=name)
    child.start()
    return child


def _become(run: Callable[[], None]) -> None:
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    os.setpgid(0, 0)  # Ctrl-C reaches the parent alone, which stops its children in order
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    run()


def stop(children: list[ForkProcess]) -> None:
    """Ask the children to end, and end those that do not."""
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.terminate()
    try:
        for child in children:
            child.join(max(0, deadline - time.monotonic()))
    finally:
        for child in children:
            child.kill()
            child.join()


def wait_for_answer(settings: Settings, children: list[ForkProcess]) -> None:
    """Return once the site answers a request."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while not is_answering(settings):
        require_alive(children, 0.05)
        if time.monotonic() > deadline:
            raise StartRefused(f"The site did not answer within {ANSWER_SECONDS} seconds")


def is_answering(settings: Settings) -> bool:
    """Whether the front page is there."""
    connection = HTTPConnection("127.0.0.1", settings.port, timeout=ANSWER_SECONDS)
    try:
        connection.request("HEAD", "/", headers={"Host": urlsplit(settings.public_url).netloc})
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def require_alive(children: list[ForkProcess], seconds: float | None) -> None:
    """Watch the children for some time, or for ever; raise StartRefused when one ends."""
    ended = wait([child.sentinel for child in children], seconds)
    for child in children:
        if child.sentinel in ended:
            child.join()
            raise StartRefused(f"{child.name} stopped by itself (status {child.exitcode})")


if __name__ == "__main__":
    sys.exit(main())
