"""Everything a database holds, to see what a request changed."""

from collections import Counter

from flask import Flask
from sqlalchemy import Table
from sqlmodel import SQLModel, func, select

from app.models import LookUp

# What a request may leave behind though it changes nothing: counts of failures, looks, last use.
TRACES = {"throttle", "look_up"}
# Whose record an officer opened is noted by the page that shows it.
NOTES = {"look_up"}
FLEETING = {"seen_at"}

Rows = Counter[tuple[str, str]]


def rows(app: Flask, area_id: int | None = None) -> Rows:
    """The rows of all tables, or of those that belong to one area, each as table and content."""
    found: Rows = Counter()
    with app.extensions["reading"].connect() as connection:
        for name, table in SQLModel.metadata.tables.items():
            if name in TRACES or (area_id is not None and "area_id" not in table.columns):
                continue
            own = "" if area_id is None else f" WHERE area_id = {area_id}"
            wanted = f'SELECT {_columns(table)} FROM "{name}"{own}'
            for row in connection.exec_driver_sql(wanted):
                found[name, repr(row)] += 1
    return found


def _columns(table: Table) -> str:
    return ", ".join(f'"{each.name}"' for each in table.columns if each.name not in FLEETING)


def difference(before: Rows, after: Rows, *, noted: bool = False) -> str:
    """What went and what came; with `noted` a note of who looked at whom may come."""
    gone, come = before - after, after - before
    if noted:
        come = Counter({each: n for each, n in come.items() if each[0] not in NOTES})
    lines = [f"- {table} {row}" for table, row in gone] + [f"+ {t} {row}" for t, row in come]
    return "\n".join(lines)


def look_ups(app: Flask) -> int:
    """How many looks at members' records are noted."""
    with app.extensions["reading"].connect() as connection:
        return int(connection.execute(select(func.count()).select_from(LookUp)).scalar_one())
