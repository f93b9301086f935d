"""A coordinator of the area, the area being handed over, and texts of its log."""

from datetime import UTC, datetime

from sqlmodel import Session, col, select

from app import decision_log, second_person, text_removal
from app.models import Area, Coordination, Coordinator, Handover, LogText, Officer, Passkey
from tests.app import builder
from tests.app.builder import Council
from tests.app.rights.ground import Ground


def reader(held: Session, council: Council, name: str) -> Officer:
    """Somebody who coordinates this area by an access that belongs to another one."""
    slug = f"{council.area.slug}-frueher"
    former = Area(**council.area.model_dump(exclude={"id", "slug"}), slug=slug)
    person = Coordinator(side="senate", name="Uli Senat", mail=f"amt@{slug}.example")
    held.add_all([former, person])
    held.flush()
    here, since = council.area.id, council.term.starts_on
    held.add(Coordination(area_id=here, coordinator_id=person.id, starts_on=since))
    access = Officer(
        area_id=former.id,
        name=name,
        role="coordinator",
        coordinator_id=person.id,
        login=person.mail,
        has_access=True,
    )
    held.add(access)
    held.flush()
    held.add_all([_passkey(access, number) for number in (1, 2)])
    held.flush()
    return access


def _passkey(access: Officer, number: int) -> Passkey:
    """One of two, so that one can go."""
    return Passkey(
        id=f"key{number:05}{access.id:08}",
        area_id=access.area_id,
        officer_id=access.id,
        name="Handy",
        public_key=b"of a test",
        sign_count=0,
        created_at=builder.LONG_AGO,
    )


def hand_over(held: Session, ground: Ground) -> None:
    """One handover that two persons want, and one that waits for the second person."""
    council, now = ground.council, datetime.now(UTC)
    shown = {
        "area_id": council.area.id,
        "contractor": f"{ground.name} gGmbH",
        "mandated_by": "Senat",
        "starts_on": council.term.ends_on,
        "team": [{"name": "Ada Roth", "mail": "ada@neu.example"}],
        "reason": "Neuer Auftrag",
        "asked_by": council.moderators[0].id,
    }
    waiting = Handover(**shown)
    held.add_all([Handover(**shown, agreed_at=now), waiting])
    held.flush()
    asked = second_person.ask(
        held, "hand_over_area", council.moderators[0], now, reason="", handover_id=waiting.id
    )
    restoring = second_person.ask(held, "open_epoch", council.moderators[0], now, reason="Platte")
    ground.set_at("account.go_on", confirmation_id=restoring.id)
    ground.set_at("account.agree_handover account.agree_handover_now", confirmation_id=asked.id)
    _write_texts(held, ground, now)


def _write_texts(held: Session, ground: Ground, now: datetime) -> None:
    """A text in the log, and one that waits for the second person who lets it go."""
    area, officer = ground.council.area, ground.council.moderators[0]
    for why in (f"Wegen {ground.name}", f"Auch wegen {ground.name}"):
        decision_log.append(held, area, "access_restored", {"reason": why}, now)
    wanted = select(LogText).where(LogText.area_id == area.id).order_by(col(LogText.seq).desc())
    waiting, there = held.exec(wanted.limit(2)).all()
    asked = text_removal.ask(held, waiting, "names_somebody", officer, now)
    ground.set_at("account.remove_text", text_id=there.id)
    ground.set_at("account.agree_removal account.agree_removal_now", confirmation_id=asked.id)
