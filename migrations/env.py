"""Alembic's environment: on the connection it is given, or on the one the settings name."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Enum
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from app import models  # noqa: F401  fills the metadata
from app.models.column import Json, UtcDateTime


def render(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    """Write plain SQLAlchemy types, so that a migration does not change with the application."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and item is Json:
        return "JSON"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, Enum):
        return f"choice({', '.join(map(repr, [item.name, *item.enums]))})"
    return False


def run(connection: Connection) -> None:
    """Run what was asked for inside the caller's transaction."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=render,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_by_settings() -> None:
    """Serve the `alembic` command line, which brings no connection."""
    from app.config import Settings
    from app.db import connect

    with connect(Settings.from_environment().database_url).begin() as connection:
        run(connection)


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    run_by_settings()
