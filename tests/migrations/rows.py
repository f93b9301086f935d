"""One row in every table, made from the tables themselves, so that no table is forgotten."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Engine, Enum, LargeBinary, Table, insert, select
from sqlmodel import SQLModel

from app.models import Area
from app.models.column import UtcDateTime

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
# What belongs to one person: the column of the other kind stays empty.
EMPTY = {
    "user_session.officer_id",
    "sign_in_link.officer_id",
    "passphrase.member_id",
    "passkey.member_id",
    "round.repeats_id",
    "question.follows_id",
    *(f"{table}.member_id" for table in ("paper_enterer", "count_entry", "roll_call")),
    "security_event.officer_id",
    "trustee.officer_id",
    "second_factor.officer_id",
    "recovery_code.officer_id",
    "invitation.officer_id",
}
VALUES: dict[type, Any] = {int: 1, bool: False, date: NOON.date(), datetime: NOON, bytes: b"\0\xff"}


def area(slug: str, id: int | None = None) -> Area:  # noqa: A002
    return Area(
        id=id,
        slug=slug,
        name=slug,
        bezirk="Mitte",
        office_address="Anger 1",
        office_hours="",
        office_phone="",
        office_mail="",
    )


def fill(engine: Engine) -> None:
    """Insert a row into each table; all numbers are 1, so that every key finds its parent."""
    with engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            row = {column.name: value_of(table, column) for column in table.columns}
            connection.execute(insert(table).values(row))


def value_of(table: Table, column: Column[Any]) -> Any:
    if f"{table.name}.{column.name}" in EMPTY:
        return None
    if column.foreign_keys:
        target = sorted(column.foreign_keys, key=lambda key: key.target_fullname)[-1].column
        return value_of(target.table, target) if target.table is not table else 1
    if isinstance(column.type, Enum):
        return column.type.enums[0]
    if isinstance(column.type, JSON):
        return {"de": "ß"}
    if isinstance(column.type, LargeBinary):
        return VALUES[bytes]
    if isinstance(column.type, UtcDateTime):
        return NOON
    return VALUES.get(column.type.python_type, "Grüße")


def dump(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in SQLModel.metadata.sorted_tables
        }
