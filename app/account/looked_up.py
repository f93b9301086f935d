"""Who looked at a member's record, and whose records an officer looked at, page by page."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from app.models import LookUp, Member, Officer

ON_A_PAGE = 25


class Listed(NamedTuple):
    """One page of look-ups with who looked and at whom, the newest first; pages count from 1."""

    rows: Sequence[tuple[LookUp, Officer, Member]]
    total: int
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // ON_A_PAGE))


def of(held: Session, person: Member | Officer, number: int) -> Listed:
    """The page of this number, the first one where there is none such."""
    column = LookUp.member_id if isinstance(person, Member) else LookUp.officer_id
    own = (LookUp.area_id == person.area_id, column == person.id)
    total = held.exec(select(func.count()).select_from(LookUp).where(*own)).one()
    wanted = number if 0 < number <= max(1, -(-total // ON_A_PAGE)) else 1
    rows = held.exec(
        select(LookUp, Officer, Member)
        .join(Officer, col(Officer.id) == LookUp.officer_id)
        .join(Member, col(Member.id) == LookUp.member_id)
        .where(*own)
        .order_by(col(LookUp.looked_at).desc(), col(LookUp.id).desc())
        .offset((wanted - 1) * ON_A_PAGE)
        .limit(ON_A_PAGE)
    )
    return Listed(rows.all(), total, wanted)
