"""What second persons have agreed to, and who coordinates areas."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from app.models import Confirmation, Coordination, Coordinator, Member, Officer
from tests.app.builder.council import Council
from tests.app.builder.rows import store


def agree_to_cards(
    held: Session, council: Council, *members: Member, act: str = "replace_card"
) -> None:
    """Let a second person have agreed that cards are replaced: of these members, or of all."""
    for member in members or council.members:
        store(held, _agreed(council, act, member_id=member.id))
    held.commit()


def release_roster(held: Session, council: Council) -> None:
    """Let a second person have released the roster for half an hour."""
    store(held, _agreed(council, "change_roster"))
    held.commit()


def _agreed(council: Council, act: str, *, member_id: int | None = None) -> Confirmation:
    now = datetime.now(UTC)
    return Confirmation(
        area_id=council.area.id,
        act=act,
        reason="",
        body_id=council.body.id,
        member_id=member_id,
        requested_by=council.moderators[0].id,
        requested_at=now,
        confirmed_by=council.moderators[1].id,
        confirmed_at=now,
    )


def add_coordinator(
    held: Session,
    councils: Iterable[Council],
    mail: str,
    *,
    name: str = "Kim Amt",
    has_access: bool = True,
) -> Officer:
    """Somebody of the Bezirk who coordinates these areas; the access belongs to the first."""
    person = store(held, Coordinator(side="bezirk", name=name, mail=mail))
    since = datetime.now(UTC).date() - timedelta(days=30)
    areas = [each.area.id for each in councils]
    for area_id in areas:
        store(held, Coordination(area_id=area_id, coordinator_id=person.id, starts_on=since))
    access = Officer(
        area_id=areas[0],
        name=name,
        role="coordinator",
        coordinator_id=person.id,
        mail=mail,
        login=mail,
        has_access=has_access,
    )
    store(held, access)
    held.commit()
    return access
