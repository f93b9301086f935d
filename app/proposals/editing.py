"""A proposal is written down or changed, until a round has fixed its wording."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, func, select

from app.errors import Refused
from app.models import Area, Body, CostItem, Proposal, Question, Round
from app.text import BERLIN

FIXING = ("announced", "open", "closed")


@dataclass(frozen=True)
class Draft:
    """What stands in a proposal; money in cents."""

    title: str
    what: str
    why: str
    applicant: str
    action_goal_id: int
    requested_cents: int
    cost_items: list[tuple[str, int]]
    applicant_mail: str | None = None


def create(held: Session, body: Body, draft: Draft, now: datetime) -> Proposal:
    """Write a new proposal to this body down under the next number of its year."""
    held.exec(select(Area).where(Area.id == body.area_id).with_for_update()).one()
    year = now.astimezone(BERLIN).year
    proposal = Proposal(
        area_id=body.area_id,
        body_id=body.id,
        year=year,
        n=_next_number(held, body.area_id, year),
        created_at=now,
        **_columns(draft),
    )
    held.add(proposal)
    held.flush()
    _write_cost_items(held, proposal, draft)
    return proposal


def change(held: Session, proposal: Proposal, draft: Draft) -> None:
    """Change a proposal whose wording no round has fixed."""
    if fixing_round(held, proposal, lock=True):
        raise Refused("proposal_fixed")
    proposal.sqlmodel_update(_columns(draft))
    held.exec(delete(CostItem).where(col(CostItem.proposal_id) == proposal.id))
    held.flush()
    _write_cost_items(held, proposal, draft)


def fixing_round(held: Session, proposal: Proposal, *, lock: bool = False) -> Round | None:
    """The round that has fixed the wording, if any; with `lock` none can do so meanwhile."""
    found = (
        select(Round)
        .join(Question, col(Question.round_id) == Round.id)
        .where(
            Question.proposal_id == proposal.id,
            col(Question.state).not_in(("taken_out", "annulled")),
            Round.area_id == proposal.area_id,
        )
        .order_by(col(Round.created_at).desc(), Round.id)
    )
    rounds = held.exec(found.with_for_update(of=Round) if lock else found).all()
    return next((each for each in rounds if _fixes(each)), None)


def _fixes(round_: Round) -> bool:
    """Whether a round keeps the wording as it is; a poll does until it is over."""
    return round_.state in FIXING and not (round_.is_poll and round_.state == "closed")


def discussion_is_open(round_: Round | None) -> bool:
    """Members may talk until voting begins."""
    return round_ is None or round_.state == "announced"


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "what": draft.what,
        "why": draft.why,
        "applicant": draft.applicant,
        "applicant_mail": draft.applicant_mail,
        "action_goal_id": draft.action_goal_id,
        "requested_cents": draft.requested_cents,
    }


def _write_cost_items(held: Session, proposal: Proposal, draft: Draft) -> None:
    for position, (label, cents) in enumerate(draft.cost_items, start=1):
        held.add(
            CostItem(
                area_id=proposal.area_id,
                proposal_id=proposal.id,
                position=position,
                label=label,
                amount_cents=cents,
            )
        )
    held.flush()


def _next_number(held: Session, area_id: int, year: int) -> int:
    last = held.exec(
        select(func.max(Proposal.n)).where(Proposal.area_id == area_id, Proposal.year == year)
    ).one()
    return (last or 0) + 1
