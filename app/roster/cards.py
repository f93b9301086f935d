"""Cards: who has one, printing new ones in the moderator's browser, revoking one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import db
from app.body import Place, day_of, places_on
from app.errors import Refused, answers_json
from app.json_request import read_object
from app.models import Card, Member, Seat, Term, VotingKey
from app.policy import Action, requires
from app.roster import printing
from app.roster.routes import blueprint, running

MOST_CARDS = 100


@dataclass(frozen=True)
class Holder:
    """A member, the newest card if there is one, and whether a voting key exists."""

    member: Member
    seat: Seat
    card: Card | None
    has_key: bool

    @property
    def has_valid_card(self) -> bool:
        return self.card is not None and self.card.revoked_at is None


@blueprint.get("/bodies/<int:body_id>/cards")
@requires(Action.PRINT_CARDS)
def cards(body_id: int) -> str:
    held = db.session()
    body, term = running(held, body_id)
    places = places_on(held, body, term, day_of(db.clock(held)))
    return render_template(
        "roster/cards.html", body=body, term=term, holders=_holders(held, term, places)
    )


@blueprint.post("/bodies/<int:body_id>/cards")
@requires(Action.PRINT_CARDS)
@answers_json
def register(body_id: int) -> tuple[Response, int]:
    verifiers = _verifiers(read_object())
    held = db.begin_write()
    _body, term = running(held, body_id)
    now = db.clock(held)
    printing.register_cards(held, term, verifiers, now)
    return jsonify(registered=len(verifiers), printed_at=_iso(now)), 201


@blueprint.get("/bodies/<int:body_id>/cards/<int:member_id>/revoke")
@requires(Action.PRINT_CARDS)
def revoke(body_id: int, member_id: int) -> str:
    held = db.session()
    body, term = running(held, body_id)
    member, card = _valid_card(held, term, member_id)
    return render_template("roster/revoke.html", body=body, member=member, card=card)


@blueprint.post("/bodies/<int:body_id>/cards/<int:member_id>/revoke")
@requires(Action.PRINT_CARDS)
def revoke_now(body_id: int, member_id: int) -> Response:
    held = db.begin_write()
    _body, term = running(held, body_id)
    member, _card = _valid_card(held, term, member_id)
    printing.revoke_cards(held, term.id, [member_id], db.clock(held))
    flash(_("Die Karte von %(name)s gilt nicht mehr.", name=member.name))
    return redirect(url_for(".cards", body_id=body_id), 303)


def _holders(held: Session, term: Term, places: list[Place]) -> list[Holder]:
    seated = [(place.seat, member) for place in places for _row, member in place.holders]
    ids = [member.id for _seat, member in seated]
    found = held.exec(
        select(Card)
        .where(Card.term_id == term.id, col(Card.member_id).in_(ids))
        .order_by(col(Card.printed_at), col(Card.id))
    )
    newest = {card.member_id: card for card in found}
    keys = set(
        held.exec(
            select(VotingKey.member_id).where(
                VotingKey.term_id == term.id, col(VotingKey.member_id).in_(ids)
            )
        )
    )
    return [
        Holder(member, seat, newest.get(member.id), member.id in keys) for seat, member in seated
    ]


def _valid_card(held: Session, term: Term, member_id: int) -> tuple[Member, Card]:
    found = held.exec(
        select(Member, Card)
        .join(Card, col(Card.member_id) == Member.id)
        .where(
            Member.id == member_id,
            Member.area_id == current_user.area_id,
            Card.term_id == term.id,
            col(Card.revoked_at).is_(None),
        )
    ).first()
    if found is None:
        raise NotFound()
    return found


def _verifiers(sent: dict[str, Any]) -> dict[int, str]:
    """Member and verifier of each card, from {"cards": [{"member", "verifier"}]}."""
    cards = sent.get("cards")
    if not isinstance(cards, list) or not 0 < len(cards) <= MOST_CARDS:
        raise Refused("bad_request")
    found = {}
    for card in cards:
        if not isinstance(card, dict) or set(card) != {"member", "verifier"}:
            raise Refused("bad_request")
        member, verifier = card["member"], card["verifier"]
        if type(member) is not int or not isinstance(verifier, str) or member in found:
            raise Refused("bad_request")
        found[member] = verifier
    return found


def _iso(time: datetime) -> str:
    return time.isoformat(timespec="seconds")
