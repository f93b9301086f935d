"""A vote over days that lost time at its end to an outage gets that time back."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app import decision_log, setback
from app.models import Heartbeat, Round
from app.round.telling import tell

LAST_HOUR = timedelta(hours=1)
TOLERATED = timedelta(minutes=5)


def beat(held: Session, now: datetime) -> None:
    """Say that the site is there; after a gap of more than five minutes, give the time back."""
    heart = held.exec(select(Heartbeat).with_for_update()).first()
    if heart is None:
        held.add(Heartbeat(at=now))
        return
    if now - heart.at > TOLERATED:
        for round_ in _touched(held, heart.at):
            _extend(held, round_, heart.at, now)
    heart.at = max(heart.at, now)


def _touched(held: Session, since: datetime) -> list[Round]:
    """The open votes over days that had not ended when the site was last there."""
    found = select(Round).where(
        Round.mode == "circular", Round.state == "open", col(Round.closes_at) > since
    )
    whole = found.where(setback.is_whole(Round.area_id))
    return list(held.exec(whole.order_by(col(Round.id)).with_for_update()))


def lost(closes_at: datetime, since: datetime, until: datetime) -> timedelta:
    """How much of the last hour before an end the gap took; nothing up to five minutes."""
    gap = min(until, closes_at) - max(since, closes_at - LAST_HOUR)
    return gap if gap > TOLERATED else timedelta()


def _extend(held: Session, round_: Round, since: datetime, now: datetime) -> None:
    if round_.closes_at is None:
        return
    gap = lost(round_.closes_at, since, now)
    if not gap:
        return
    round_.closes_at = max(round_.closes_at, now) + gap
    round_.extended_seconds += int(gap.total_seconds())
    public = {
        "round": round_.id,
        "down_since": decision_log.moment(since),
        "down_until": decision_log.moment(now),
        "closes_at": decision_log.moment(round_.closes_at),
    }
    tell(held, round_, "round_extended", public, now)
