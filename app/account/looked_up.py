"""Who looked at a member's record, page by page."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from app.models import LookUp, Member, Officer

ON_A_PAGE = 25


class Listed(NamedTuple):
    """One page of look-ups with the officers, the newest first; pages count from 1."""

    rows: Sequence[tuple[LookUp, Officer]]
    total: int
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // ON_A_PAGE))


def of(held: Session, member: Member, number: int) -> Listed:
    """The page of this number, the first one where there is none such."""
    own = (LookUp.area_id == member.area_id, LookUp.member_id == member.id)
    total = held.exec(select(func.count()).select_from(LookUp).where(*own)).one()
    wanted = number if 0 < number <= max(1, -(-total // ON_A_PAGE)) else 1
    rows = held.exec(
        select(LookUp, Officer)
        .join(Officer, col(Officer.id) == LookUp.officer_id)
        .where(*own)
        .order_by(col(LookUp.looked_at).desc(), col(LookUp.id).desc())
        .offset((wanted - 1) * ON_A_PAGE)
        .limit(ON_A_PAGE)
    )
    return Listed(rows.all(), total, wanted)
