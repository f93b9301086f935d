"""The room of doubts: objections, reports, annulled and corrected decisions."""

from typing import TypeVar

from flask import Blueprint, abort
from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models import Area

blueprint = Blueprint("doubt", __name__)
Row = TypeVar("Row")


def first_or_404(held: Session, wanted: SelectOfScalar[Row]) -> Row:
    """What everybody may name by its address."""
    found = held.exec(wanted).first()
    if found is None:
        abort(404)
    return found


def area_called(held: Session, slug: str) -> Area:
    return first_or_404(held, select(Area).where(Area.slug == slug))
