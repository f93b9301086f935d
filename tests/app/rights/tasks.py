"""Who has a task beside a seat or no account: a speaker, a trustee, an applicant."""

from datetime import UTC, datetime

from sqlmodel import Session

from app.models import Body, CountingCommission, Member, Term, Trustee, UserSession
from app.visitor import digest
from tests.app import builder
from tests.app.account import team
from tests.app.rights.ground import Ground

LINK = "of-the-applicant"


def build(held: Session, ground: Ground) -> None:
    """Let one member speak for the council, another count for a jury, somebody own a proposal."""
    council = ground.council
    builder.make_speaker(held, council, speaker(ground))
    own = _commission(held, ground)
    held.add_all([own, named := _without_access(ground, own)])
    held.flush()
    ground.ids["trustee_id"] = named.id
    trustee(ground).is_demo = False
    team.equip(held, trustee(ground))
    proposal = builder.build_proposal(held, council, f"{ground.name} Antrag mit Link")
    proposal.applicant_link = digest(LINK)
    ground.own["applicant"] = {"token": LINK}
    held.commit()


def speaker(ground: Ground) -> Member:
    return ground.council.members[3]


def trustee(ground: Ground) -> Member:
    return ground.council.members[4]


def sign_in_proved(held: Session, member: Member) -> str:
    """The cookie of a member who has just shown more than the card."""
    cookie = builder.sign_in(held, member)
    held.get_one(UserSession, digest(cookie)).confirmed_at = datetime.now(UTC)
    held.commit()
    return cookie


def _without_access(ground: Ground, colleague: Trustee) -> Trustee:
    """Somebody who was named and can show the card alone so far."""
    member = ground.council.members[5]
    member.is_demo, member.mail = False, f"schluessel@{ground.council.area.slug}.example"
    return Trustee(
        area_id=member.area_id,
        commission_id=colleague.commission_id,
        position=2,
        member_id=member.id,
    )


def _commission(held: Session, ground: Ground) -> Trustee:
    council, slug = ground.council, ground.council.area.slug
    body = Body(area_id=council.area.id, kind="jury", name=f"{ground.name} Jury 2")
    held.add(body)
    held.flush()
    dates = {"starts_on": council.term.starts_on, "ends_on": council.term.ends_on}
    held.add(Term(id=f"{slug}-counted", area_id=council.area.id, body_id=body.id, **dates))
    held.flush()
    commission = CountingCommission(
        area_id=council.area.id,
        body_id=body.id,
        term_id=f"{slug}-counted",
        group="Ed25519",
        state="in_force",
        made_at=datetime.now(UTC),
    )
    held.add(commission)
    held.flush()
    return Trustee(
        area_id=council.area.id,
        commission_id=commission.id,
        position=1,
        member_id=trustee(ground).id,
    )
