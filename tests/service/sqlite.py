"""SQLite files that start migrated, and copies of them."""

import shutil
from itertools import count
from pathlib import Path

from tests.service.store import Store

LEFTOVERS = ("-journal", "-wal", "-shm")


class Files(Store):
    """SQLite files in one folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.numbers = count(1)

    def create(self) -> str:
        return f"sqlite:///{self.folder / str(next(self.numbers))}.sqlite3"

    def copy(self, url: str) -> str:
        made = self.create()
        shutil.copy(file_of(url), file_of(made))
        return made

    def clean(self, url: str) -> bool:
        """Put a new copy of the template in the file's place."""
        assert self.template is not None
        self.drop(url)
        shutil.copy(file_of(self.template), file_of(url))
        return True

    def drop(self, url: str) -> None:
        for ending in ("", *LEFTOVERS):
            Path(f"{file_of(url)}{ending}").unlink(missing_ok=True)


def file_of(url: str) -> Path:
    """The file behind an address."""
    return Path(url.removeprefix("sqlite:///"))
