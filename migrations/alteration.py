"""What migrations have in common: changes to a table, choices, keys that stay in an area."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


class Alteration:
    """Changes to one table, which SQLite builds anew."""

    def __init__(self, table: str, batch: BatchOperations) -> None:
        self.table = table
        self.batch = batch

    def add(self, name: str, type_: sa.types.TypeEngine[Any], default: str | None = None) -> None:
        """Add a column; one with a default is never empty."""
        self.batch.add_column(
            sa.Column(name, type_, nullable=default is None, server_default=default)
        )

    def add_choice(
        self, column: str, check: str, values: Sequence[str], default: str | None = None
    ) -> None:
        self.add(column, sa.String(40), default)
        self.check(column, check, values)

    def check(self, column: str, check: str, values: Sequence[str]) -> None:
        listed = ", ".join(f"'{value}'" for value in values)
        self.batch.create_check_constraint(self._check(check), sa.text(f"{column} IN ({listed})"))

    def uncheck(self, check: str) -> None:
        self.batch.drop_constraint(self._check(check), type_="check")

    def drop_choice(self, column: str, check: str) -> None:
        self.uncheck(check)
        self.batch.drop_column(column)

    def require(self, column: str, type_: sa.types.TypeEngine, *, filled: bool) -> None:
        self.batch.alter_column(column, existing_type=type_, nullable=not filled)

    def refer(self, column: str, parent: str) -> None:
        self.batch.create_foreign_key(
            self._key(column), parent, ["area_id", column], ["area_id", "id"]
        )

    def unrefer(self, column: str) -> None:
        self.batch.drop_constraint(self._key(column), type_="foreignkey")

    def _check(self, check: str) -> str:
        return op.f(f"ck_{self.table}_{check}")

    def _key(self, column: str) -> str:
        return op.f(f"fk_{self.table}_area_id_{column}")


@contextmanager
def altered(table: str) -> Iterator[Alteration]:
    # The tables it points to need no look: it took half the time of all migrations.
    with op.batch_alter_table(table, reflect_kwargs={"resolve_fks": False}) as batch:
        yield Alteration(table, batch)


def choice(name: str, *values: str) -> sa.Enum:
    """A text column that takes one of these values; PostgreSQL's own enums survive a downgrade."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def in_area(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["area_id", column],
        [f"{parent}.area_id", f"{parent}.id"],
        name=op.f(f"fk_{table}_area_id_{column}"),
    )


def of_area(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f(f"fk_{table}_area_id"))


def no() -> str:
    """The default of a column that is false in the rows that exist."""
    return "0" if op.get_bind().dialect.name == "sqlite" else "false"
