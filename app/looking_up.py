"""Which officer looked at whose record; the member sees it."""

from collections.abc import Collection
from typing import Literal

from flask_login import current_user

from app import db
from app.models import LookUp

Page = Literal["person", "seat", "card", "export"]


def note(page: Page, member_ids: Collection[int]) -> None:
    """Write down, before they are shown, whose records this officer sees; it stays written.

    It commits beside the request, whose read it ends: what was loaded is loaded anew.
    """
    if not member_ids:
        return
    officer_id, area_id = current_user.person_id, current_user.area_id
    now = db.clock(db.session())
    db.end_read()
    with db.writing() as own:
        own.add_all(
            LookUp(area_id=area_id, member_id=each, officer_id=officer_id, page=page, looked_at=now)
            for each in sorted(set(member_ids))
        )
