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
    "journeys",
    "test_rights.py",
    "test_demo.py",
    "races",
    "test_setup.py",
    "secrecy",
    "browser",
)


def pytest_collection_modifyitems(items):
    """Begin with what takes long, so that no worker is left alone with it at the end."""
    order = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: min(order.get(part, len(LONG)) for part in item.path.parts))


def pytest_configure(config):
    """Fixed seeds in `make test`, random and printed ones in a drill."""
    is_drill = config.option.markexpr.startswith("drill")
    settings.load_profile("drill" if is_drill else "ordinary")
