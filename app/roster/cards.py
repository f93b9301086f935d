"""Cards: who has one, printing new ones in the moderator's browser, revoking one."""

from datetime import datetime
from typing import Any, NamedTuple

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import db, looking_up
from app.card_revoking import revoke_cards
from app.errors import Refused, answers_json
from app.json_request import read_object
from app.models import Card, Member, Term
from app.policy import Action, requires
from app.roster import card_face, printing, releasing
from app.roster.holder import WITHOUT_CARD, groups_of, holders_in
from app.roster.replaced import tell_stopped
from app.roster.routes import blueprint, running
from app.roster.seating import lock_roster

MOST_CARDS = 100
FIELDS = {"member", "verifier", "shown"}


class Print(NamedTuple):
    """What a browser sends of one card: its verifier, and the card that was valid before."""

    verifier: str
    shown: int | None


@blueprint.get("/bodies/<int:body_id>/cards")
@requires(Action.PRINT_CARDS)
def cards(body_id: int) -> str:
    held = db.session()
    body, term = running(held, body_id)
    holders = holders_in(held, term, db.clock(held))
    groups = groups_of(body, holders)
    group = request.args.get("group", WITHOUT_CARD)
    return render_template(
        "roster/cards.html",
        body=body,
        holders=holders,
        groups=groups,
        group=group if group in groups else WITHOUT_CARD,
        faces=card_face.for_members(term),
        card_data=card_face.data_of,
    )


@blueprint.post("/bodies/<int:body_id>/cards")
@requires(Action.PRINT_CARDS)
@answers_json
def register(body_id: int) -> tuple[Response, int]:
    prints = _prints(read_object())
    held = db.begin_write()
    _body, term = running(held, body_id)
    now = db.clock(held)
    printing.register_cards(
        held,
        term,
        {member: each.verifier for member, each in prints.items()},
        now,
        shown={member: each.shown for member, each in prints.items()},
        printed_by=current_user.person.id,
    )
    return jsonify(registered=len(prints), printed_at=_iso(now)), 201


@blueprint.get("/bodies/<int:body_id>/cards/<int:member_id>/revoke")
@requires(Action.PRINT_CARDS)
def revoke(body_id: int, member_id: int) -> str:
    held = db.session()
    body, term = running(held, body_id)
    member, card = _valid_card(held, term, member_id)
    until = releasing.released_until(held, body.id, db.clock(held))
    is_bound = releasing.is_bound(held, body.id) and until is None
    looking_up.note("card", [member_id])
    return render_template(
        "roster/revoke.html", body=body, member=member, card=card, is_bound=is_bound
    )


@blueprint.post("/bodies/<int:body_id>/cards/<int:member_id>/revoke")
@requires(Action.PRINT_CARDS)
def revoke_now(body_id: int, member_id: int) -> Response:
    held = db.begin_write()
    _body, term = running(held, body_id)
    # Without card and key the member misses the vote that is announced: then it takes two.
    lock_roster(held, body_id)
    member, _card = _valid_card(held, term, member_id)
    now = db.clock(held)
    tell_stopped(held, term, member, now)
    revoke_cards(held, term.id, [member_id], now)
    flash(_("Die Karte von %(name)s gilt nicht mehr.", name=member.name))
    return redirect(url_for(".cards", body_id=body_id), 303)


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


def _prints(sent: dict[str, Any]) -> dict[int, Print]:
    """The cards by member, from {"cards": [{"member", "verifier", "shown"}]}."""
    cards = sent.get("cards")
    if not isinstance(cards, list) or not 0 < len(cards) <= MOST_CARDS:
        raise Refused("bad_request")
    found: dict[int, Print] = {}
    for card in cards:
        if not isinstance(card, dict) or set(card) != FIELDS:
            raise Refused("bad_request")
        member, verifier, shown = card["member"], card["verifier"], card["shown"]
        if type(member) is not int or not isinstance(verifier, str) or member in found:
            raise Refused("bad_request")
        if shown is not None and type(shown) is not int:
            raise Refused("bad_request")
        found[member] = Print(verifier, shown)
    return found


def _iso(time: datetime) -> str:
    return time.isoformat(timespec="seconds")
