"""Entering: by a card, by what officers prove, or by the link of a demo person."""

import secrets
from datetime import datetime, timedelta

from flask import g, request
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select, update

from app import db, language, outbox, policy, throttle, visitor, way_back
from app.account import device, noting
from app.account.recognising import Holder, ends_at
from app.body import term_ids_of
from app.errors import Refused
from app.models import Area, Card, Member, Officer, SignInLink, Term
from app.policy import Action

OFFICER_HOURS = timedelta(hours=12)
LINK_SCOPE = "link"
MOST_UNKNOWN_LINKS = 20
FIRST_PAGES = (
    (Action.VOTE, "/booth/"),
    (Action.RUN_ROUNDS, "/desk/"),
    (Action.EDIT_ROSTER, "/roster/"),
    (Action.COORDINATE, "/coordination/"),
)


def make_link(held: Session, person: Member | Officer, now: datetime, hours: int = 24) -> str:
    """A token that signs this demo person in until it expires, on as many devices as wanted."""
    if not person.is_demo:
        raise ValueError("only demo people enter by a link alone")
    token = secrets.token_urlsafe(24)
    is_member = isinstance(person, Member)
    held.add(
        SignInLink(
            token_hash=visitor.digest(token),
            area_id=person.area_id,
            member_id=person.id if is_member else None,
            officer_id=None if is_member else person.id,
            expires_at=now + timedelta(hours=hours),
        )
    )
    return token


def require_link(token: str) -> tuple[Member | Officer, Area]:
    """Whom a link signs in, and where; unknown ones are counted."""
    held = db.session()
    row = held.exec(
        select(SignInLink, Member, Officer, Area)
        .join(Area, col(Area.id) == SignInLink.area_id)
        .join(Member, col(Member.id) == SignInLink.member_id, isouter=True)
        .join(Officer, col(Officer.id) == SignInLink.officer_id, isouter=True)
        .where(SignInLink.token_hash == visitor.digest(token))
    ).first()
    if row is None:
        throttle.count_failure(LINK_SCOPE, MOST_UNKNOWN_LINKS)
        raise Refused("link_unknown")
    link, member, officer, area = row
    person = member or officer
    if link.expires_at <= db.clock(held):
        raise Refused("link_unknown")
    if not person.is_demo:
        raise Refused("second_factor_needed")
    return person, area


def enter_by_link(held: Session, person: Member | Officer, now: datetime) -> None:
    """Sign a demo person in: members until their term ends, officers for hours."""
    _enter(held, person, now, _until(held, person, now))


def enter_by_card(held: Session, holder: Holder, now: datetime) -> None:
    """Sign the card's holder in; if this device is new, the others ask whose it is."""
    member = holder.member
    # Of devices that come at the same time only the first one is not asked about.
    held.exec(select(Card.id).where(Card.id == holder.card.id).with_for_update()).one()
    held.exec(
        update(Card)
        .where(col(Card.id) == holder.card.id, col(Card.used_at).is_(None))
        .values(used_at=now)
    )
    elsewhere = () if is_signed_in_as(member) else device.live(held, member, now)
    _enter(held, member, now, holder.valid_until, holder.card, is_doubted=bool(elsewhere))
    if elsewhere:
        noting.note(held, member, "new_device", now)
    if elsewhere and member.mail:
        _tell(held, member, member.mail, now)


def enter_by_proof(held: Session, officer: Officer, now: datetime) -> None:
    """Sign in an officer who has just shown passphrase and code, a passkey, or the way to them."""
    _enter(held, officer, now, now + OFFICER_HOURS)


def is_signed_in_as(person: Member | Officer) -> bool:
    """Whether this browser's session already is this person's."""
    return (
        current_user.is_authenticated
        and isinstance(person, Member) == isinstance(current_user.person, Member)
        and current_user.person_id == person.id
    )


def landing(person: Member | Officer) -> str:
    """The first page after signing in: the one that sent a member to the card, if there is one."""
    before = way_back.kept()
    if before and isinstance(person, Member):
        return before
    role = visitor.role_of(person)
    place = next(place for action, place in FIRST_PAGES if policy.allows(role, action))
    return request.script_root + place


def _enter(
    held: Session,
    person: Member | Officer,
    now: datetime,
    until: datetime,
    card: Card | None = None,
    *,
    is_doubted: bool = False,
) -> None:
    if current_user.is_authenticated:
        is_doubted = is_doubted or (is_signed_in_as(person) and current_user.session.is_doubted)
        device.end(held, current_user.person, current_user.get_id(), now)
    visitor.sign_in(
        held,
        person,
        now=now,
        expires_at=until,
        device=device.kind(),
        card_id=card.id if card else None,
        is_doubted=is_doubted,
    )
    g.pop("csrf_token", None)


def _until(held: Session, person: Member | Officer, now: datetime) -> datetime:
    if isinstance(person, Officer):
        return now + OFFICER_HOURS
    terms = held.exec(select(Term).where(col(Term.id).in_(term_ids_of(person)))).all()
    running = [ends_at(term) for term in terms if ends_at(term) > now]
    if not running:
        raise Refused("link_unknown")
    return min(running)


def _tell(held: Session, member: Member, recipient: str, now: datetime) -> None:
    with force_locale(language.locale(member.language)):
        subject = _("Ihre Karte wurde auf einem anderen Gerät benutzt")
        body = _(
            "Guten Tag,\n\n"
            "Ihre Karte wurde auf einem anderen Gerät benutzt. Waren Sie das?\n\n"
            "Wenn nicht: Melden Sie das Gerät ab und sagen Sie es dem QM-Team.\n"
            "%(address)s\n",
            address=noting.account_address(member.language),
        )
    outbox.send(held, recipient, subject, body, now)
