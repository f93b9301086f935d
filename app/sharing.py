"""Adopted questions and the money of their fund: which the pot pays for, and what is short."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from app import decision_log, pot, rules_of_procedure
from app.body import day_of
from app.errors import Refused
from app.models import Area, Fund, Meeting, Pot, Question, Round, Sharing
from app.round.preparing import questions_of
from app.round.telling import decides
from app.text import amount
from voting.rules.money import Ledger
from voting.rules.shortage import Item, share_out

DECIDED = ("counted", "confirmed", "published")


def fund_of(held: Session, round_: Round) -> Fund | None:
    """The fund that a round gives money from."""
    if not decides(round_):
        return None
    return held.exec(select(Fund).where(Fund.body_id == round_.body_id)).first()


def pot_of(held: Session, round_: Round) -> Pot | None:
    """The fund's pot for the year of the meeting."""
    if fund_of(held, round_) is None:
        return None
    return pot.of_body(held, round_.body_id, _year(held, round_))


def _year(held: Session, round_: Round) -> int:
    if round_.meeting_id is None:
        return day_of(round_.created_at).year
    return day_of(held.get_one(Meeting, round_.meeting_id).starts_at).year


def require_money(held: Session, round_: Round) -> None:
    """Refuse questions about more than one grant may be, and money of a year without a pot."""
    asked = [each for each in questions_of(held, round_) if each.matter == "funding"]
    if not asked or fund_of(held, round_) is None:
        return
    found = pot_of(held, round_)
    if found is None:
        raise Refused("pot_missing", year=_year(held, round_))
    excess = max((each.amount_cents or 0) - (found.cap_cents or 0) for each in asked)
    if found.cap_cents is not None and excess > 0:
        raise Refused("above_cap", sum=amount(excess))


def shared(held: Session, round_: Round, now: datetime) -> Sharing | None:
    """What the pot pays for of a counted round: as it was relied on first, or as it is now."""
    stored = held.get(Sharing, round_.id)
    if stored is not None or not adopted(held, round_):
        return stored
    found = pot_of(held, round_)
    return _share(held, round_, found, (), now) if found else None


def adopted(held: Session, round_: Round) -> list[Question]:
    """The questions about money that got their majority, in the order of the agenda."""
    return [
        each
        for each in questions_of(held, round_)
        if each.matter == "funding"
        and each.state in DECIDED
        and (each.outcome or {}).get("code") == "adopted"
    ]


def _share(
    held: Session, round_: Round, found: Pot, drawn: Sequence[str], now: datetime
) -> Sharing:
    questions = adopted(held, round_)
    book = pot.ledger(held, found)
    left = book.available + sum(_bound(book, each) for each in questions)
    items = [Item(each.id, each.amount_cents or 0, _yes(each)) for each in questions]
    procedure = rules_of_procedure.procedure(held, round_, "funding")
    result = share_out(items, left, procedure, drawn)
    return Sharing(
        round_id=round_.id,
        area_id=round_.area_id,
        pot_id=found.id,
        available_cents=left,
        adopted_cents=result.adopted_cents,
        short_cents=result.short_cents,
        funded=list(result.funded),
        unfunded=list(result.unfunded),
        needs_lot=list(result.needs_lot),
        drawn=list(drawn),
        left_cents=result.left_cents,
        shared_at=now,
    )


def _bound(book: Ledger, question: Question) -> int:
    grant = book.grants.get(question.id)
    return grant.reserved + grant.paid if grant else 0


def _yes(question: Question) -> int:
    return int((question.outcome or {})["yes"])


def rely_on(held: Session, round_: Round, now: datetime) -> Sharing | None:
    """The same, kept from now on: the first confirmation, or a second round, rests on it."""
    found = shared(held, round_, now)
    if found is not None and held.get(Sharing, round_.id) is None and not found.needs_lot:
        _keep(held, round_, found, now)
    return found


def draw(held: Session, round_: Round, order: Sequence[str], now: datetime) -> Sharing:
    """Enter the order in which tied questions were drawn in the room; it is drawn once."""
    found = shared(held, round_, now)
    if found is None or not found.needs_lot or set(order) != set(found.needs_lot):
        raise Refused("already_done")
    before = [*found.drawn, *order]
    shares = _share(held, round_, held.get_one(Pot, found.pot_id), before, now)
    stored = held.get(Sharing, round_.id)
    if stored is None:
        _keep(held, round_, shares, now)
        return shares
    stored.sqlmodel_update(shares.model_dump())
    _tell(held, round_, stored, now)
    return stored


def _keep(held: Session, round_: Round, found: Sharing, now: datetime) -> None:
    held.add(found)
    held.flush()
    if found.short_cents:
        _tell(held, round_, found, now)


def _tell(held: Session, round_: Round, found: Sharing, now: datetime) -> None:
    """Say in the log what became of too little money."""
    names = ("available_cents", "adopted_cents", "short_cents", "left_cents")
    public = {
        **pot.record(held, held.get_one(Pot, found.pot_id)),
        "round": round_.id,
        "rule": rules_of_procedure.procedure(held, round_, "funding").choice("shortage.rule"),
        **{name: getattr(found, name) for name in names},
        **{name: getattr(found, name) for name in ("funded", "unfunded", "drawn")},
    }
    decision_log.append(held, held.get_one(Area, round_.area_id), "money_shared", public, now)


def pass_over(found: Sharing, question: Question) -> None:
    """Another round took the money meanwhile."""
    found.funded = [each for each in found.funded if each != question.id]
    found.unfunded = [*found.unfunded, question.id]


def is_funded(held: Session, question: Question) -> bool | None:
    """Whether a confirmed question got its money; None where no fund is asked."""
    if (question.outcome or {}).get("code") != "adopted":
        return None
    found = held.get(Sharing, question.round_id)
    return question.id in found.funded if found else None


def shown(held: Session, round_: Round, now: datetime) -> dict[str, Any]:
    """What the page of a round says about money that does not suffice."""
    found = shared(held, round_, now)
    if found is None or not found.short_cents:
        return {"sharing": None, "shortage_rule": None}
    procedure = rules_of_procedure.procedure(held, round_, "funding")
    return {"sharing": found, "shortage_rule": procedure.choice("shortage.rule")}


def fund_shown(held: Session, round_: Round) -> dict[str, Any] | None:
    """The fund as a decision page names it."""
    fund, own = fund_of(held, round_), pot_of(held, round_)
    return {"name": fund.name, "slug": fund.slug, "year": own.year} if fund and own else None
