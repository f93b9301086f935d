"""What the QM team did at a member's entrance is noted where the member sees it."""

from datetime import datetime

from sqlmodel import Session

from app.models import Member, SecurityEvent


def note(held: Session, member: Member, kind: str, now: datetime) -> None:
    """Note it for thirty days; it came from no device of the member."""
    held.add(
        SecurityEvent(area_id=member.area_id, member_id=member.id, kind=kind, device="", at=now)
    )
