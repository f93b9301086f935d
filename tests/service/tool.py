"""The programs beside Python that tests start, and what happens where one is missing.

A test that needs a missing program counts as "not run", never as passed or skipped: the rest runs,
then the exit status is 1 and the line to install it is printed. ALLOW_MISSING=1 makes that 0. A
tool that few machines have is optional: its tests are counted as not run, the status stays.
"""

import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

NOT_RUN = "NOT RUN: needs "
POSTGRESQL_FOLDERS = "/usr/lib/postgresql"


class Tool(NamedTuple):
    """A program that tests start, what brings it, and the variable that may name its place.

    Without an optional one the run may still succeed.
    """

    brought_by: str
    programs: tuple[str, ...]
    variable: str = ""
    optional: bool = False


TOOLS = {
    "chromium": Tool("apt-get install chromium", ("chromium", "chromium-browser", "google-chrome")),
    "postgresql": Tool("apt-get install postgresql", ("initdb",)),
    "belenios-tool": Tool("apt-get install belenios-tool", ("belenios-tool",), "BELENIOS_TOOL_20"),
    "belenios-tool-3": Tool(
        "BELENIOS_TOOL_30 names a belenios-tool of release 3", (), "BELENIOS_TOOL_30", optional=True
    ),
}
FIXTURE_TOOLS = {"browser": "chromium", "postgresql": "postgresql"}


def find(name: str) -> Path | None:
    """Where a tool is; HIDE_TOOLS (names with commas) makes some look absent."""
    if name in os.environ.get("HIDE_TOOLS", "").split(","):
        return None
    named = os.environ.get(TOOLS[name].variable)
    if named:
        return Path(named)
    places = os.environ["PATH"]
    if name == "postgresql":
        folders = sorted(Path(POSTGRESQL_FOLDERS).glob("*/bin"), reverse=True)
        places = os.pathsep.join([*map(str, folders), places])
    for program in TOOLS[name].programs:
        if found := shutil.which(program, path=places):
            return Path(found)
    return None


def is_present(name: str) -> bool:
    """Whether tests that need this tool can run."""
    if name == "postgresql" and os.environ.get("TEST_DATABASE_URL"):
        return True
    return find(name) is not None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a service's fixture."""
    for item in items:
        for fixture, name in FIXTURE_TOOLS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.needs(name))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Stop before a test whose tool is missing."""
    wanted = {name for mark in item.iter_markers("needs") for name in mark.args}
    missing = sorted(name for name in wanted if not is_present(name))
    if missing:
        pytest.skip(NOT_RUN + ", ".join(missing))


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Count what did not run under its own word."""
    return ("not run", "N", "NOT RUN") if _missing(report) else None


def _missing(report: pytest.TestReport) -> list[str]:
    if not report.skipped or not isinstance(report.longrepr, tuple):
        return []
    _, found, names = report.longrepr[2].partition(NOT_RUN)
    return names.split(", ") if found else []


class Absence:
    """Counts, in the process that prints the summary, the tests that each missing tool stopped."""

    def __init__(self) -> None:
        self.tests: dict[str, int] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for name in _missing(report):
            self.tests[name] = self.tests.get(name, 0) + 1

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        allowed = os.environ.get("ALLOW_MISSING") == "1"
        wanted = [name for name in self.tests if not TOOLS[name].optional]
        if wanted and not allowed and session.exitstatus in (0, 5):
            session.exitstatus = 1

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for name, count in sorted(self.tests.items()):
            terminalreporter.write_line(
                f"NOT RUN: {count} tests need {name}: {TOOLS[name].brought_by}"
            )


def pytest_configure(config: pytest.Config) -> None:
    """Watch from the controlling process only."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Absence())
