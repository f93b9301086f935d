"""A card that replaces another needs a second person: in the room at once, at home after a day."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from app import card_notice, decision_log, second_person
from app.errors import Refused
from app.models import Area, Body, Card, Confirmation, Member, Officer, Term
from app.models.confirmation import AFTER_NOTICE, LIFETIME, NOTICE

HOW = {"replace_card": "room", "replace_card_home": "home"}
# A choice, not words: the log says why and can name nobody.
REASONS = ("card_lost", "card_stolen", "card_broken", "locked_out")
# As long as nobody has used a card, it may be printed again for this time: paper jams.
SPOILT = timedelta(hours=1)


def is_replacement(newest: Card | None, now: datetime) -> bool:
    """Whether the next card of somebody whose newest one is this replaces it."""
    if newest is None:
        return False
    return newest.used_at is not None or newest.printed_at <= now - SPOILT


def ask(
    held: Session,
    act: str,
    term: Term,
    member: Member,
    officer: Officer,
    now: datetime,
    *,
    reason: str,
) -> Confirmation:
    """Ask for the second person; while a request waits it is the one that counts."""
    last = latest(held, term, member, now)
    if last is not None and standing(last, now) != "objected":
        raise Refused("already_done")
    return second_person.ask(
        held, act, officer, now, reason=reason, body_id=term.body_id, member_id=member.id
    )


def confirm(held: Session, request: Confirmation, person: Officer | Member, now: datetime) -> None:
    """Confirm as the second person; at home the member is told and can stop it for a day."""
    second_person.require_second(held, request, person, now)
    second_person.agree(held, request, person, now)
    if request.act == "replace_card_home":
        card_notice.send(held, held.get_one(Member, request.member_id), now)


def latest(held: Session, term: Term, member: Member, now: datetime) -> Confirmation | None:
    """The newest request for this member's card that is not carried out and not run out."""
    found = held.exec(
        select(Confirmation)
        .where(Confirmation.area_id == term.area_id, Confirmation.member_id == member.id)
        .where(Confirmation.body_id == term.body_id, col(Confirmation.act).in_(HOW))
        .where(col(Confirmation.done_at).is_(None))
        .order_by(col(Confirmation.id).desc())
    ).first()
    return found if found and standing(found, now) else None


def standing(request: Confirmation, now: datetime) -> str | None:
    """Where a request stands: asked, notice, agreed or objected; None when it has run out."""
    if request.confirmed_at is None:
        return "asked" if now < request.expires_at else None
    if request.act == "replace_card":
        return "agreed" if now < request.confirmed_at + LIFETIME else None
    if now >= request.confirmed_at + NOTICE + AFTER_NOTICE:
        return None
    if request.objected_at:
        return "objected"
    return "agreed" if now >= request.confirmed_at + NOTICE else "notice"


def use_agreements(
    held: Session, term: Term, members: Collection[Member], now: datetime
) -> list[Member]:
    """Carry out what second persons agreed to, each once, and return whose card is replaced.

    The log gets the counts and the reasons, no name.
    """
    replaced = _replaced(held, term, members, now)
    agreed = {each.id: _agreed(held, term, each, now) for each in replaced}
    if None in agreed.values():
        names = [each.name for each in replaced if agreed[each.id] is None]
        raise Refused("card_needs_second", names=", ".join(names))
    counts: Counter[tuple[str, str]] = Counter()
    for request in filter(None, agreed.values()):
        _use(held, request, now)
        # A request from before reasons were asked for was about a lost card.
        counts[HOW[request.act], request.reason or REASONS[0]] += 1
    for (how, reason), cards in sorted(counts.items()):
        public = {"term": term.id, "how": how, "reason": reason, "cards": cards}
        _log(held, term, public, now)
    return replaced


def _use(held: Session, request: Confirmation, now: datetime) -> None:
    """Use an agreement up, unless the member stops it at this moment."""
    won = held.exec(
        update(Confirmation)
        .where(col(Confirmation.id) == request.id, col(Confirmation.done_at).is_(None))
        .where(col(Confirmation.objected_at).is_(None))
        .values(done_at=now)
    )
    if won.rowcount != 1:
        raise Refused("already_done")


def _replaced(
    held: Session, term: Term, members: Collection[Member], now: datetime
) -> list[Member]:
    found = held.exec(
        select(Card)
        .where(Card.term_id == term.id, col(Card.member_id).in_([each.id for each in members]))
        .order_by(col(Card.printed_at), col(Card.id))
    )
    newest = {card.member_id: card for card in found}
    return [each for each in members if is_replacement(newest.get(each.id), now)]


def _agreed(held: Session, term: Term, member: Member, now: datetime) -> Confirmation | None:
    request = latest(held, term, member, now)
    return request if request and standing(request, now) == "agreed" else None


def _log(held: Session, term: Term, public: dict[str, object], now: datetime) -> None:
    public |= {"body": decision_log.body_record(held.get_one(Body, term.body_id))}
    decision_log.append(held, held.get_one(Area, term.area_id), "card_replaced", public, now)
