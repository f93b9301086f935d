"""The site as it runs for people: gunicorn and the worker, as processes of their own.

Fixtures import the application themselves, so that tests of the core start without it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.service.port import free_port

if TYPE_CHECKING:
    from app.config import Settings

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
STOP_SECONDS = 20
SECRET_KEY = "of the tests 0123456789 abcdefghijklmnopqrstuvwxyz"

StartSite = Callable[..., "Site"]


@dataclass
class Site:
    """A running site; `url` has no slash at its end."""

    url: str
    port: int
    instance: Path
    process: subprocess.Popen[bytes]

    @property
    def output(self) -> str:
        return (self.instance / "output").read_text()

    def wait_until_ready(self) -> None:
        """Return once the site says that it answers; fail with what it printed."""
        deadline = time.monotonic() + START_SECONDS
        while "answers on" not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.05)

    def stop(self) -> int:
        """End it as Ctrl-C does and give its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(STOP_SECONDS)


def environment(**chosen: str) -> dict[str, str]:
    """Our environment with none of the project's settings but the chosen ones."""
    from app.config import DESCRIPTIONS

    kept = {name: value for name, value in os.environ.items() if name not in DESCRIPTIONS}
    return kept | chosen


@contextmanager
def running(
    database_url: str, instance: Path, *options: str, port: int | None = None, **chosen: str
) -> Iterator[Site]:
    """A site with two web workers and the worker, ended even when the test fails."""
    instance.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    environ = environment(
        PORT=str(port), DATABASE_URL=database_url, INSTANCE=str(instance), **chosen
    )
    with (instance / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "app.serve", *options],
            cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
    site = Site(f"http://localhost:{port}", port, instance, process)
    try:
        site.wait_until_ready()
        yield site
    finally:
        if process.poll() is None:
            site.stop()


@pytest.fixture
def start_site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StartSite]:
    """A function that starts a site on a database, with options and settings of your choice."""
    if "database_url" in request.fixturenames:
        request.getfixturevalue("database_url")  # it must outlive the site
    with ExitStack() as sites:

        def start(database_url: str, *options: str, **chosen: str) -> Site:
            instance = tmp_path / "instance"
            return sites.enter_context(running(database_url, instance, *options, **chosen))

        yield start


@pytest.fixture
def live_server(start_site: StartSite, database_url: str) -> Site:
    """A running site on this test's database."""
    return start_site(database_url)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings on this test's database, with a folder of its own."""
    from app.config import Settings

    return Settings.from_environment(
        {
            "DATABASE_URL": database_url,
            "INSTANCE": str(tmp_path / "instance"),
            "SECRET_KEY": SECRET_KEY,
        }
    )


@pytest.fixture(scope="session")
def applications() -> dict[str, Flask]:
    """The application of each database that tests use again and again."""
    return {}


@pytest.fixture
def app(settings: Settings, applications: dict[str, Flask]) -> Iterator[Flask]:
    """The application in this process, on this test's database.

    It is made once for many tests: addresses, templates and statements are compiled once. Its
    configuration and extensions are put back; a test that changes more takes `own_app`.
    """
    from app import create_app

    if settings.database_url not in applications:
        applications[settings.database_url] = create_app(settings)
    made = applications[settings.database_url]
    config, extensions = dict(made.config), dict(made.extensions)
    made.extensions["settings"] = settings
    yield made
    made.config.clear()
    made.config.update(config)
    made.extensions.update(extensions)
    if settings.database_url.startswith("sqlite"):
        made.extensions["engine"].dispose()  # the next test finds another file in its place


@pytest.fixture
def own_app(settings: Settings) -> Iterator[Flask]:
    """An application for this test alone."""
    from app import create_app

    made = create_app(settings)
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor without a browser."""
    return app.test_client()
