"""An invented council and its jury."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, delete, select

from app.demo.phone import Phone
from app.models import (
    ActionGoal,
    Area,
    Attendance,
    Body,
    CountingCommission,
    Meeting,
    Member,
    Membership,
    Officer,
    RulesOfProcedure,
    Seat,
    Term,
    Trustee,
)
from tests.app.builder.rows import (
    PARTNERS,
    RESIDENTS,
    arrival,
    build_meeting,
    first_rules,
    give_key,
    give_keys,
    give_point,
    membership_of,
    moderator,
    new_member,
    seats_of,
    store,
    store_all,
)

FAR_AWAY = datetime(2200, 1, 1, tzinfo=UTC)
JURORS = ("Lena Ott", "Emre Koç", "Nadia Saleh", "Piotr Lis", "Greta Hahn")
MODERATORS = ("Mara Feldt", "Deniz Aydın")


@dataclass
class Council:
    """An area with one council whose nine members are all present and have voting keys."""

    area: Area
    goal: ActionGoal
    body: Body
    term: Term
    rules: RulesOfProcedure
    meeting: Meeting
    seats: list[Seat]
    members: list[Member]
    moderators: list[Officer]
    phones: dict[int, Phone] = field(default_factory=dict)


def build_council(held: Session, slug: str = "anger", *, with_keys: bool = True) -> Council:
    """Store a council and commit it; `phones` holds what its members' phones know."""
    area = store(
        held,
        Area(
            slug=slug,
            name=slug.title(),
            bezirk="Mitte",
            office_address="Anger 1, 10000 Berlin",
            office_hours="Dienstag 10 bis 14 Uhr",
            office_phone="030 23125 100",
            office_mail=f"team@{slug}.example",
        ),
    )
    goal = store(held, ActionGoal(area_id=area.id, position=1, title="Nachbarschaft stärken"))
    body = store(held, Body(area_id=area.id, kind="council", name=f"Quartiersrat {area.name}"))
    today = datetime.now(UTC).date()
    term = Term(
        id=f"{slug}-rat-2026",
        area_id=area.id,
        body_id=body.id,
        starts_on=today - timedelta(days=300),
        ends_on=today + timedelta(days=400),
    )
    store(held, term)
    moderators = store_all(held, (moderator(area, name) for name in MODERATORS))
    council = Council(
        area=area,
        goal=goal,
        body=body,
        term=term,
        rules=store(held, first_rules(body, moderators[0])),
        meeting=store(held, build_meeting(body, datetime.now(UTC))),
        seats=store_all(held, seats_of(body)),
        members=store_all(held, (new_member(area, name) for name in (*RESIDENTS, *PARTNERS))),
        moderators=moderators,
    )
    pairs = zip(council.seats, council.members, strict=True)
    store_all(held, (membership_of(term, seat, member) for seat, member in pairs))
    store_all(held, (arrival(council.meeting, member) for member in council.members))
    if with_keys:
        council.phones = give_keys(held, council.members, term)
    held.commit()
    return council


def add_members(held: Session, council: Council, names: Iterable[str]) -> None:
    """Residents who join the council, each with a seat, at the meeting and with a voting key."""
    for name in names:
        position = len(council.seats) + 1
        seat = Seat(
            area_id=council.area.id, body_id=council.body.id, position=position, segment="resident"
        )
        council.seats.append(store(held, seat))
        member = store(held, new_member(council.area, name))
        council.members.append(member)
        store(held, membership_of(council.term, seat, member))
        store(held, arrival(council.meeting, member))
        council.phones[member.id] = give_key(held, member, council.term)
    held.commit()


def build_jury(held: Session, council: Council) -> Council:
    """A jury beside the council, with rules, a meeting and five residents of its own."""
    body = store(held, Body(area_id=council.area.id, kind="jury", name="Aktionsfondsjury"))
    term = council.term.model_copy(update={"id": f"{council.area.slug}-jury", "body_id": body.id})
    jury = replace(
        council,
        body=body,
        term=store(held, Term(**term.model_dump())),
        rules=store(held, first_rules(body, council.moderators[0])),
        meeting=store(held, build_meeting(body, datetime.now(UTC))),
        seats=[store(held, seat) for seat in list(seats_of(body))[:5]],
        members=[store(held, new_member(council.area, name)) for name in JURORS],
        phones={},
    )
    for seat, member in zip(jury.seats, jury.members, strict=True):
        store(held, membership_of(jury.term, seat, member))
        store(held, arrival(jury.meeting, member))
        jury.phones[member.id] = give_key(held, member, jury.term)
    held.commit()
    return jury


def set_present(held: Session, council: Council, members: Iterable[Member]) -> None:
    """Let exactly these be at the council's meeting."""
    held.exec(delete(Attendance).where(col(Attendance.meeting_id) == council.meeting.id))
    held.add_all(arrival(council.meeting, each) for each in members)
    held.commit()


def make_speaker(held: Session, council: Council, member: Member) -> None:
    """Let a member speak for the body, and commit."""
    mine = select(Membership).where(Membership.member_id == member.id)
    membership = held.exec(mine.where(Membership.term_id == council.term.id)).one()
    membership.role = "speaker"
    held.commit()


def complete_keys(held: Session, council: Council) -> None:
    """Register the points of all members in BELENIOS-2048 too, and commit."""
    for member in council.members:
        give_point(held, member, council.phones[member.id], "BELENIOS-2048")
    held.commit()


def seat_commission(
    held: Session, council: Council, members: Sequence[Member]
) -> CountingCommission:
    """A counting commission in force whose trustees these members are, in this order."""
    places = {"area_id": council.area.id, "body_id": council.body.id, "term_id": council.term.id}
    commission: CountingCommission = store(
        held,
        CountingCommission(**places, group="Ed25519", state="in_force", made_at=datetime.now(UTC)),
    )
    held.add_all(
        Trustee(
            area_id=council.area.id,
            commission_id=commission.id,
            position=position,
            member_id=member.id,
        )
        for position, member in enumerate(members, start=1)
    )
    held.commit()
    return commission
