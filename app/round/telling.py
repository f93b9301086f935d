"""What a round tells the public log, and whether anything follows from it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app import decision_log
from app.models import Area, Round


def decides(round_: Round) -> bool:
    """Whether the outcome counts; a poll asks for opinions, a practice round for nothing."""
    return not (round_.is_poll or round_.is_practice)


def tell(held: Session, round_: Round, kind: str, public: Mapping[str, Any], now: datetime) -> None:
    """Append an entry about a round to the log of its area; a practice round is not told."""
    if not round_.is_practice:
        decision_log.append(held, held.get_one(Area, round_.area_id), kind, public, now)


def way_of(round_: Round) -> dict[str, str]:
    """What an entry adds about a vote that people count; of a box there is nothing to add."""
    return {} if round_.has_box else {"way": round_.way}
