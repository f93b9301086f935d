"""How the views of a room find a row of the visitor's area."""

from typing import TypeVar

from flask_login import current_user
from sqlmodel import Session, SQLModel, select
from werkzeug.exceptions import NotFound

Row = TypeVar("Row", bound=SQLModel)


def load(held: Session, table: type[Row], key: object, *, lock: bool = False) -> Row:
    """A row of the visitor's area; one that is absent or another area's is not found."""
    found = select(table).where(
        table.id == key,  # type: ignore[attr-defined]
        table.area_id == current_user.area_id,  # type: ignore[attr-defined]
    )
    row = held.exec(found.with_for_update() if lock else found).first()
    if row is None:
        raise NotFound()
    return row
