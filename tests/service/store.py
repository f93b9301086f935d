"""Where fresh databases come from: what SQLite files and PostgreSQL databases have in common."""


class Store:
    """Makes databases; one of them serves test after test and is as good as new each time."""

    def __init__(self) -> None:
        self.template: str | None = None
        self.spare: str | None = None

    def create(self) -> str:
        """The address of a new database without tables."""
        raise NotImplementedError

    def copy(self, url: str) -> str:
        """A new database with the same content; nobody may be connected to the first."""
        raise NotImplementedError

    def clean(self, url: str) -> bool:
        """Whether a migrated database could be made as good as new."""
        raise NotImplementedError

    def drop(self, url: str) -> None:
        raise NotImplementedError

    def create_migrated(self) -> str:
        """A new database with the newest schema; the migrations run once."""
        if self.template is None:
            self.template = self.create()
            _migrate(self.template)
        return self.copy(self.template)

    def take(self) -> str:
        """A clean migrated database to give back afterwards."""
        url, self.spare = self.spare, None
        return url or self.create_migrated()

    def give_back(self, url: str) -> None:
        if self.clean(url):
            self.spare = url
        else:
            self.drop(url)


def _migrate(url: str) -> None:
    from app import db, migrating

    engine = db.connect(url)
    migrating.migrate(engine)
    engine.dispose()
