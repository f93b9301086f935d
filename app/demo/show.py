"""Links that sign in as invented people."""

from flask import current_app
from sqlmodel import Session, col, select

from app import db
from app.account.entering import make_link
from app.demo import casting, keychain, people
from app.demo.keychain import Owner
from app.models import Area, Card, Member, Officer, Round
from app.round.preparing import questions_of

MEMBERS = 5


def links() -> list[dict[str, str]]:
    """Both moderators, five members (first those who may vote and have not), a coordinator."""
    with db.acting() as held:
        area, members, owners = people.area(held), people.members(held), keychain.read()
        return [
            *(_link(held, area, each, "") for each in people.moderators(held)),
            *(
                _link(held, area, members[key], _fragment(held, owners[key]))
                for key in _in_order(held, area)[:MEMBERS]
            ),
            *(_link(held, area, each, "") for each in people.coordinators(held)),
        ]


def _in_order(held: Session, area: Area) -> list[str]:
    """Members by key: who can vote in the open round, who has, the others."""
    everybody = list(keychain.read())
    round_ = held.exec(
        select(Round)
        .where(Round.area_id == area.id, Round.state == "open")
        .order_by(col(Round.opened_at).desc())
    ).first()
    if round_ is None:
        return everybody
    entitled = {key for each in questions_of(held, round_) for key in casting.voters(held, each)}
    have_cast = casting.have_cast(held, round_)
    return sorted(everybody, key=lambda key: (key not in entitled, key in have_cast))


def _link(held: Session, area: Area, person: Member | Officer, fragment: str) -> dict[str, str]:
    token = make_link(held, person, db.clock(held))
    address = f"{current_app.config['PUBLIC_URL']}/anmelden/{token}{fragment}"
    role = "member" if isinstance(person, Member) else person.role
    return {"role": role, "name": person.name, "area": area.name, "sign_in_url": address}


def _fragment(held: Session, owner: Owner) -> str:
    """The card, so that opening the link restores the voting key; empty once it was reprinted."""
    card = held.exec(select(Card).where(Card.verifier == owner.phone.verifier)).first()
    return f"#{owner.phone.card_text}" if card and card.revoked_at is None else ""
