"""The invented proposals and what members said about them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from app.demo import content, people
from app.models import ActionGoal, Comment, Proposal
from app.proposals import editing

WRITTEN_BEFORE = timedelta(days=15)


def propose(held: Session, key: str, meeting_at: datetime) -> Proposal:
    """Write a proposal down and let members talk about it, all before a meeting."""
    told = content.proposals()[key]
    proposal = editing.create(
        held, people.council(held), draft(held, told), meeting_at - WRITTEN_BEFORE
    )
    _discuss(held, proposal, told["comments"], meeting_at)
    return proposal


def draft(held: Session, told: dict[str, Any]) -> editing.Draft:
    """What is told of a proposal, as it is written down."""
    items = [(label, cents) for label, cents in told["costs"]]
    return editing.Draft(
        title=told["title"],
        what=told["what"],
        why=told["why"],
        applicant=told["applicant"],
        action_goal_id=_goal(held, told["goal"]).id,
        requested_cents=sum(cents for _label, cents in items),
        cost_items=items,
    )


def _goal(held: Session, position: int) -> ActionGoal:
    area = people.area(held)
    return held.exec(
        select(ActionGoal).where(
            ActionGoal.area_id == area.id,
            ActionGoal.version == 1,
            ActionGoal.position == position,
        )
    ).one()


def _discuss(
    held: Session, proposal: Proposal, comments: Sequence[Any], meeting_at: datetime
) -> None:
    members = people.members(held)
    for place, (key, days_before, source) in enumerate(comments):
        held.add(
            Comment(
                area_id=proposal.area_id,
                proposal_id=proposal.id,
                member_id=members[key].id,
                source=source,
                created_at=meeting_at - timedelta(days=days_before, minutes=-23 * place),
            )
        )
    held.flush()
