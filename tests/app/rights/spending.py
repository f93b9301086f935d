"""A jury with money: its table, a grant, a shortage that waits for a lot or a second vote."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from app import payment, pot
from app.models import Body, Confirmation, Fund, Grant, Pot, Proposal, Question, Sharing, Term
from app.round import preparing
from tests.app import builder
from tests.app.rights.ground import Ground

NOW = datetime.now(UTC)
SUM = 2_000_00


def build(held: Session, ground: Ground) -> None:
    """A fund with a pot; the first question of the announced round has a grant."""
    jury, other = (_jury(held, ground, name) for name in ("Jury", "Jury ohne Geld"))
    fund = _keep(
        held,
        Fund(
            area_id=jury.area_id,
            body_id=jury.id,
            slug=f"fonds-{ground.council.area.slug}",
            name=f"{ground.name} Fonds",
        ),
    )
    own = _keep(held, Pot(area_id=jury.area_id, fund_id=fund.id, year=NOW.year))
    pot.change(held, own, SUM, NOW)
    grant = _grant(held, ground, own, ground.ids["question_id"], 300_00)
    _pay(held, ground, grant)
    _owe(held, ground, own)
    _end(held, ground, own, jury)
    meeting = _keep(held, builder.build_meeting(jury, NOW))
    proposal = builder.build_proposal(held, ground.council, f"{ground.name} Aktion", 500_00)
    proposal.body_id = jury.id
    ground.ids |= {"fund_id": fund.id, "pot_id": own.id, "grant_id": grant.id}
    ground.ids |= {"free_jury_id": other.id, "amended_id": proposal.id}
    ground.ids["tied_id"] = ground.ids["question_id"]
    ground.set_at(
        "money.table money.table_pulse money.vote money.show_table money.take_table_away",
        meeting_id=meeting.id,
    )
    ground.set_at("public.fund", slug=fund.slug, year=own.year)


def fall_short(held: Session, ground: Ground) -> None:
    """A published result that the pot cannot pay for."""
    decided = ground.at["public.archive"]
    question = held.get_one(Question, decided["question_id"])
    held.get_one(Proposal, question.proposal_id).state = "scheduled"
    sharing = Sharing(
        round_id=question.round_id,
        area_id=question.area_id,
        pot_id=ground.ids["pot_id"],
        available_cents=0,
        adopted_cents=question.amount_cents or 0,
        short_cents=question.amount_cents or 0,
        funded=[],
        unfunded=[],
        needs_lot=[question.id],
        drawn=[],
        left_cents=0,
        shared_at=NOW,
    )
    _keep(held, sharing)
    pot.change(held, held.get_one(Pot, sharing.pot_id), 500_00, NOW)
    ground.ids["tied_id"] = question.id
    ground.set_at("money.draw money.vote_again", round_id=question.round_id)


def typed(ground: Ground) -> dict[str, Any]:
    """A row of the table with a lower sum."""
    prefix = f"p{ground.ids['amended_id']}"
    seen = {"cents": 500_00, "conditions": [], "own_condition": {}, "is_left_out": False}
    return {f"{prefix}-cents": "400", f"{prefix}-seen": json.dumps(seen)}


def _jury(held: Session, ground: Ground, name: str) -> Body:
    area_id = ground.council.area.id
    jury = _keep(held, Body(area_id=area_id, kind="jury", name=f"{ground.name} {name}"))
    today = NOW.date()
    _keep(
        held,
        Term(
            id=f"{ground.council.area.slug}-{jury.id}",
            area_id=area_id,
            body_id=jury.id,
            starts_on=today - timedelta(days=30),
            ends_on=today + timedelta(days=400),
        ),
    )
    return jury


def _pay(held: Session, ground: Ground, grant: Grant) -> None:
    """A payment that waits for a second person, and a condition."""
    officer = ground.council.moderators[0]
    payment.request(held, grant, payment.Sent(100_00, NOW.date(), "Quittung"), officer, NOW)
    waiting = select(Confirmation.id).where(Confirmation.act == "pay_grant")
    mine = waiting.where(Confirmation.area_id == ground.council.area.id)
    ground.set_at("money.payment", confirmation_id=held.exec(mine).one())
    question = held.get_one(Question, grant.question_id)
    question.conditions = [{"de": f"{ground.name} Auflage"}]


def _owe(held: Session, ground: Ground, own: Pot) -> None:
    """Another grant, of which something must come back."""
    second = ground.at["booth.recuse"]["question_id"]
    grant = _grant(held, ground, own, second, 20_00)
    pot.book(held, grant, "pay", NOW, cents=20_00)
    pot.book(held, grant, "settle", NOW, cents=5_00)
    ground.set_at("money.repay", grant_id=grant.id)


def _end(held: Session, ground: Ground, own: Pot, jury: Body) -> None:
    """A grant that ended, of which nothing is left."""
    proposal = builder.build_proposal(held, ground.council, f"{ground.name} Absage", 30_00)
    round_ = preparing.prepare(held, body=jury, meeting=None, proposals=[proposal], now=NOW)
    grant = _grant(held, ground, own, preparing.questions_of(held, round_)[0].id, 30_00)
    pot.book(held, grant, "cancel", NOW)
    ground.set_at("money.completing_grant money.complete_grant", grant_id=grant.id)


def _grant(held: Session, ground: Ground, own: Pot, question_id: str, cents: int) -> Grant:
    question = held.get_one(Question, question_id)
    proposal = held.get_one(Proposal, question.proposal_id)
    made = Grant(
        area_id=own.area_id, pot_id=own.id, question_id=question.id, proposal_id=proposal.id
    )
    pot.approve(held, own, made, cents, cents, NOW)
    return made


def _keep(held: Session, row: Any) -> Any:
    held.add(row)
    held.flush()
    return row
