"""Where the files of tests lie: in memory where there is room; there `fsync` costs nothing."""

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
NEEDED_BYTES = 2 * 1024**3


def quickest() -> str | None:
    """A folder in memory, or none: then the system's own choice holds."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < NEEDED_BYTES:
        return None
    return str(MEMORY)


def pytest_configure() -> None:
    """Let `tmp_path` lie there too, unless somebody chose another place."""
    if chosen := quickest():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", chosen)
