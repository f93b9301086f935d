"""A jury with money: its fund, and the nine applications of a real evening."""

from datetime import UTC, datetime

from sqlmodel import Session

from app import pot
from app.body import day_of
from app.models import Fund, Pot, Proposal
from tests.app import builder
from tests.app.builder import Council

# After Schöneberger Norden, May 2014: asked for, and what was approved of it (None: refused).
NINE = (
    ("Hofkonzert", 900_00, 600_00),
    ("Sprachcafé", 1_000_00, 700_00),
    ("Fahrrad-Werkstatt", 1_000_00, 650_00),
    ("Kräuterbeete", 480_00, 480_00),
    ("Lesefest", 996_00, 700_00),
    ("Theater im Park", 1_000_00, 803_26),
    ("Nachbarschafts-Chor", 800_00, 600_00),
    ("Müll-Sammeltag", 400_00, 400_00),
    ("Feuerwerk", 900_00, None),
)
AVAILABLE = 6_733_26


def build_pot(
    held: Session, jury: Council, cents: int = AVAILABLE, cap: int | None = 1_000_00
) -> Pot:
    """Give a jury a fund with a pot for the year of its meeting, and commit."""
    fund = Fund(
        area_id=jury.area.id,
        body_id=jury.body.id,
        slug=f"aktionsfonds-{jury.area.slug}",
        name="Aktionsfonds",
    )
    held.add(fund)
    held.flush()
    year = day_of(jury.meeting.starts_at).year
    own = Pot(area_id=jury.area.id, fund_id=fund.id, year=year, cap_cents=cap)
    held.add(own)
    held.flush()
    pot.change(held, own, cents, datetime.now(UTC))
    held.commit()
    return own


def apply(held: Session, jury: Council) -> list[Proposal]:
    """The nine applications, admitted in this order."""
    made = [builder.build_proposal(held, jury, title, asked) for title, asked, _granted in NINE]
    held.commit()
    return made
