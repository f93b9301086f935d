"""Plug-ins only: what tests start for real lives in tests/service/."""

from hypothesis import settings

pytest_plugins = [
    "tests.service.folder",
    "tests.service.kept",
    "tests.service.tool",
    "tests.service.outside",
    "tests.service.database",
    "tests.service.mail",
    "tests.service.browser",
    "tests.service.site",
]

settings.register_profile("ordinary", derandomize=True, deadline=None)
settings.register_profile("drill", deadline=None, print_blob=True)


LONG = (
    "test_rights.py",
    "test_first_vote.py",
    "test_races.py",
    "test_booth.py",
    "browser",
    "test_demo.py",
    "test_setup.py",
    "journeys",
    "races",
    "secrecy",
    "migrations",
    "test_vectors.py",
)


def pytest_collection_modifyitems(items):
    """Begin with the files that take long, so that no worker is left alone with one at the end."""
    order = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: min(order.get(part, len(LONG)) for part in item.path.parts))


def pytest_configure(config):
    """Fixed seeds in `make test`, random and printed ones in a drill."""
    is_drill = config.option.markexpr.startswith("drill")
    settings.load_profile("drill" if is_drill else "ordinary")
