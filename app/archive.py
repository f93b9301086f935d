"""An area after its last day: everything stays readable and nothing can be changed."""

from datetime import date, datetime

from app.errors import Refused
from app.models import Area
from app.text import BERLIN


def is_closed(area: Area, day: date) -> bool:
    """Whether the last day of this area is over."""
    return area.closes_on is not None and area.closes_on < day


def require_open(area: Area, now: datetime) -> None:
    """Refuse what would change an area that is an archive."""
    if is_closed(area, now.astimezone(BERLIN).date()):
        raise Refused("archived")
