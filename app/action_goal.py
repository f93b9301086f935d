"""The action goals of an area: which list is the newest."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from app.models import ActionGoal


def newest_goals(held: Session, area_id: int) -> Sequence[ActionGoal]:
    """The goals of the newest version in their order; older ones stay with their proposals."""
    newest = select(func.max(ActionGoal.version)).where(ActionGoal.area_id == area_id)
    return held.exec(
        select(ActionGoal)
        .where(ActionGoal.area_id == area_id, ActionGoal.version == newest.scalar_subquery())
        .order_by(col(ActionGoal.position))
    ).all()
