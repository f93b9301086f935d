"""Money: the funds of an area and what their pots hold, year by year."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, render_template
from flask_login import current_user
from sqlmodel import Session, col, select

from app import attendance, db, pot
from app.models import Body, Fund, Meeting, Pot
from app.policy import Action, requires
from voting.rules.money import Ledger

blueprint = Blueprint("money", __name__, url_prefix="/money")


class Holding(NamedTuple):
    """A fund with its body, its pots (the newest first) and its coming meetings."""

    fund: Fund
    body: Body
    pots: list[tuple[Pot, Ledger]]
    meetings: Sequence[Meeting]


@blueprint.get("/")
@requires(Action.KEEP_MONEY)
def index() -> str:
    held = db.session()
    now = db.clock(held)
    funds = held.exec(
        select(Fund).where(Fund.area_id == current_user.area_id).order_by(col(Fund.name))
    ).all()
    return render_template(
        "money/index.html",
        holdings=[_holding(held, each, now) for each in funds],
        juries=juries_without_fund(held, current_user.area_id),
    )


def _holding(held: Session, fund: Fund, now: datetime) -> Holding:
    pots = held.exec(select(Pot).where(Pot.fund_id == fund.id).order_by(col(Pot.year).desc()))
    meetings = held.exec(
        select(Meeting).where(Meeting.body_id == fund.body_id).order_by(col(Meeting.starts_at))
    )
    return Holding(
        fund,
        held.get_one(Body, fund.body_id),
        [(each, pot.ledger(held, each)) for each in pots],
        [each for each in meetings if not attendance.is_over(each, now)],
    )


def juries_without_fund(held: Session, area_id: int) -> Sequence[Body]:
    """The bodies that decide about money alone and have no fund yet."""
    return held.exec(
        select(Body)
        .outerjoin(Fund, col(Fund.body_id) == Body.id)
        .where(Body.area_id == area_id, Body.kind == "jury", col(Fund.id).is_(None))
        .order_by(col(Body.id))
    ).all()
