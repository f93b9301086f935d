"""What became of the money of a fund in one year, for everybody to add up."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app import pot
from app.models import Area, Decision, Fund, Grant, Movement, Pot
from voting.rules.money import Ledger


@dataclass(frozen=True)
class Year:
    """A pot with its lines: each grant with its decision, once that is published."""

    fund: Fund
    area: Area
    pot: Pot
    ledger: Ledger
    lines: Sequence[tuple[Grant, Decision | None]]
    returned_cents: int
    years: Sequence[int]

    @property
    def released_cents(self) -> int:
        """What was granted and is neither reserved nor spent any more."""
        return self.ledger.approved - self.ledger.reserved - self.ledger.paid


def find(held: Session, slug: str, year: int) -> Year | None:
    row = held.exec(
        select(Fund, Pot, Area)
        .join(Pot, col(Pot.fund_id) == Fund.id)
        .join(Area, col(Area.id) == Fund.area_id)
        .where(Fund.slug == slug, Pot.year == year)
    ).first()
    if row is None:
        return None
    fund, own, area = row
    return Year(
        fund=fund,
        area=area,
        pot=own,
        ledger=pot.ledger(held, own),
        lines=_lines(held, own),
        returned_cents=_returned(held, own),
        years=_years(held, fund),
    )


def newest(held: Session, area: Area, year: int) -> list[tuple[Fund, Pot, int]]:
    """The funds of an area with this year's pot and what is left of it."""
    rows = held.exec(
        select(Fund, Pot)
        .join(Pot, col(Pot.fund_id) == Fund.id)
        .where(Fund.area_id == area.id, Pot.year == year)
        .order_by(col(Fund.name))
    ).all()
    return [(fund, own, pot.available(held, own)) for fund, own in rows]


def _lines(held: Session, own: Pot) -> Sequence[tuple[Grant, Decision | None]]:
    found = held.exec(
        select(Grant, Decision)
        .outerjoin(Decision, col(Decision.question_id) == Grant.question_id)
        .where(Grant.pot_id == own.id)
        .order_by(col(Grant.id))
    )
    return [(grant, decision) for grant, decision in found]


def _returned(held: Session, own: Pot) -> int:
    """What was paid and came back."""
    repaid = select(Movement).where(Movement.pot_id == own.id, Movement.act == "repay")
    return sum(each.cents for each in held.exec(repaid))


def _years(held: Session, fund: Fund) -> Sequence[int]:
    return held.exec(
        select(Pot.year).where(Pot.fund_id == fund.id).order_by(col(Pot.year).desc())
    ).all()
