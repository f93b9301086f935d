"""The card is gone: what helps in the room and at home, and stopping it at once."""

from collections.abc import Sequence

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlmodel import Session, col, select

from app import card_revoking, db
from app.account.routes import blueprint
from app.models import Area, Card, Member
from app.policy import Action, requires


@blueprint.get("/karte/weg")
@requires(Action.ENTER)
def lost() -> str:
    is_known = current_user.is_authenticated
    return render_template(
        "account/lost.html",
        office=current_user.area if is_known else None,
        has_card=is_known and bool(_own_cards(db.session())),
    )


@blueprint.get("/account/card/stop")
@requires(Action.STOP_OWN_CARD)
def stopping_own_card() -> str:
    if not _own_cards(db.session()):
        abort(404)
    return render_template("account/stop_card.html")


@blueprint.post("/account/card/stop")
@requires(Action.STOP_OWN_CARD)
def stop_own_card() -> ResponseReturnValue:
    """End every card of the member and all that they opened, this session too."""
    held = db.begin_write()
    cards = _own_cards(held)
    if not cards:
        abort(404)
    area = held.get_one(Area, cards[0].area_id)
    for card in cards:
        card_revoking.revoke_cards(held, card.term_id, [card.member_id], db.clock(held))
    return render_template("account/card_ended.html", office=area)


def _own_cards(held: Session) -> Sequence[Card]:
    """The visitor's valid cards; officers have none."""
    if not isinstance(current_user.person, Member):
        return ()
    return held.exec(
        select(Card).where(
            Card.area_id == current_user.area_id,
            Card.member_id == current_user.person_id,
            col(Card.revoked_at).is_(None),
        )
    ).all()
