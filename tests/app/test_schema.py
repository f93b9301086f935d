"""What the database may know: a committed list of columns, and nothing beside a ballot's bytes."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Column, Date, DateTime, ForeignKey, Integer, MetaData, String, Table, inspect
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from app import db, models
from app.models.column import UtcDateTime

pytestmark = pytest.mark.each_time

ALLOWED = Path(__file__).parent / "columns.txt"
# What casting writes: whoever reads these tables learns bytes and their order, nothing else.
SECRET_TABLES = ("ballot", "board_event", "credential_pointer", "receipt")
TELLING = re.compile(
    r"(^|_)(at|on|time|timestamp|date|day|ip|address|network|agent|device|browser|language|locale"
    r"|session|cookie|member|seat|name|person|user|serial|seq|position|choice|answer|vote)(_|$|s$)"
)
PERSONAL_TABLES = {
    "member", "membership", "seat", "roll_entry", "user_session", "card", "voting_key",
}  # fmt: skip


def listed(metadata: MetaData) -> list[str]:
    """Every column as `table.column TYPE`, in alphabetical order."""
    return sorted(
        f"{table.name}.{column.name} {column.type.compile(sqlite.dialect())}"
        for table in metadata.tables.values()
        for column in table.columns
    )


def telling_columns(metadata: MetaData) -> list[str]:
    """The columns beside ballots that could tell when, where, by whom or in which order."""
    return [
        f"{name}.{column.name}"
        for name in SECRET_TABLES
        for column in metadata.tables[name].columns
        if tells(column)
    ]


def tells(column: Column) -> bool:
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    counts_alone = isinstance(kind, Integer) and list(column.table.primary_key) == [column]
    points_at_people = any(key.column.table.name in PERSONAL_TABLES for key in column.foreign_keys)
    return (
        isinstance(kind, (DateTime, Date))
        or bool(TELLING.search(column.name))
        or counts_alone
        or points_at_people
    )


def copy() -> MetaData:
    other = MetaData()
    for table in SQLModel.metadata.sorted_tables:
        table.to_metadata(other)
    return other


def test_every_column_is_on_the_committed_list():
    """A new column is a decision: add its line to the list in the same commit."""
    assert listed(SQLModel.metadata) == ALLOWED.read_text().splitlines()


def test_the_database_has_no_other_column(database_url):
    engine = db.connect(database_url)
    inspector = inspect(engine)
    found = {
        f"{table}.{column['name']}"
        for table in inspector.get_table_names()
        for column in inspector.get_columns(table)
    }
    engine.dispose()
    wanted = {line.partition(" ")[0] for line in ALLOWED.read_text().splitlines()}
    assert found == wanted | {"alembic_version.version_num"}


def test_nothing_beside_a_ballot_tells_when_where_or_by_whom():
    assert telling_columns(SQLModel.metadata) == []


@pytest.mark.parametrize("table", SECRET_TABLES)
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("cast_at", UtcDateTime),
        ("stored", UtcDateTime),
        ("created_day", Date),
        ("ip", String),
        ("user_agent", String),
        ("language", String),
        ("seq", Integer),
        ("member_id", Integer),
        ("voter", "member.id"),
        ("choice", String),
    ],
)
def test_a_telling_column_is_noticed(table, name, kind):
    """The control: each of these fails both tests above."""
    metadata = copy()
    kind = ForeignKey(kind) if isinstance(kind, str) else kind
    metadata.tables[table].append_column(Column(name, kind))
    assert telling_columns(metadata) == [f"{table}.{name}"]
    assert listed(metadata) != ALLOWED.read_text().splitlines()


def test_a_serial_number_is_noticed():
    metadata = copy()
    metadata.remove(metadata.tables["receipt"])
    Table("receipt", metadata, Column("n", Integer, primary_key=True), Column("document", String))
    assert telling_columns(metadata) == ["receipt.n"]


def test_the_roll_does_not_point_at_ballots():
    roll = SQLModel.metadata.tables["roll_entry"]
    targets = {key.column.table.name for key in roll.foreign_keys}
    assert targets.isdisjoint(SECRET_TABLES)
    assert {"tracker", "height", "receipt_id", "has_voted"}.isdisjoint(roll.columns.keys())


def test_every_model_is_seen():
    tables = {getattr(models, name).__tablename__ for name in models.__all__}
    assert tables == set(SQLModel.metadata.tables)
