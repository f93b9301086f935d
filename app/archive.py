"""An area after its last day: everything stays readable and nothing can be changed."""

from datetime import date

from app import db
from app.errors import Refused
from app.models import Area
from app.text import BERLIN


def is_closed(area: Area) -> bool:
    """Whether the last day of this area is over; templates ask this too."""
    return area.closes_on is not None and area.closes_on < _today()


def require_open(area: Area) -> None:
    """Refuse what would change an area that is an archive."""
    if is_closed(area):
        raise Refused("archived")


def _today() -> date:
    return db.clock(db.session()).astimezone(BERLIN).date()
