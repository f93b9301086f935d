"""Column types shared by the tables."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Enum, ForeignKeyConstraint, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, aware UTC datetimes out, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


ONE_PERSON = "(member_id IS NULL) <> (officer_id IS NULL)"
Json = JSON().with_variant(JSONB(), "postgresql")


def choice(name: str, *values: str) -> Enum:
    """A text column that takes one of these values; no native type to survive a downgrade."""
    return Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def in_area(parent: str, column: str | None = None) -> ForeignKeyConstraint:
    """A key that cannot point into another area."""
    return ForeignKeyConstraint(
        ["area_id", column or f"{parent}_id"], [f"{parent}.area_id", f"{parent}.id"]
    )
