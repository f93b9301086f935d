"""Work that may fail from outside is logged once when it fails and once when it works again."""

import logging
import smtplib
from collections.abc import Callable

from sqlalchemy.exc import OperationalError

from app.errors import Refused
from app.office_key import OfficeKeyUnsafe
from app.round.counting import BoardRefused

OWN = (Refused, OfficeKeyUnsafe, BoardRefused)
EXPECTED = (*OWN, OperationalError, OSError, smtplib.SMTPException)

log = logging.getLogger("kiezvotum.jobs")

_said: dict[str, str] = {}


def guard(name: str, work: Callable[[], object]) -> None:
    """Run a piece of work; what may go wrong from outside is logged once by the work's name."""
    try:
        work()
    except EXPECTED as failure:
        # The texts of mail and database errors name people: only our own refusals are printed.
        own = isinstance(failure, OWN)
        found = f"{type(failure).__name__} {failure}" if own else type(failure).__name__
        if _said.get(name) != found:
            log.warning("%s failed: %s", name, found)
        _said[name] = found
    else:
        if _said.pop(name, None):
            log.warning("%s works again", name)
