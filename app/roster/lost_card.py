"""A lost card: the person is found, and gets a new card or a spare one at once."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlmodel import Session, select
from werkzeug.wrappers import Response

from app import card_notice, db, looking_up
from app.models import Body, Round
from app.policy import Action, requires
from app.roster import card_face, replacing, sparing
from app.roster.card_forms import GiveForm
from app.roster.finding import find
from app.roster.holder import holder_of, holders_in
from app.roster.requests import card_mark
from app.roster.routes import blueprint, running


@blueprint.get("/bodies/<int:body_id>/cards/lost")
@requires(Action.PRINT_CARDS)
def lost_card(body_id: int) -> str:
    held = db.session()
    body, term = running(held, body_id)
    typed = request.args.get("name", "").strip()
    found = find(holders_in(held, term, db.clock(held)), typed)
    return render_template("roster/lost_card.html", body=body, typed=typed, found=found)


@blueprint.route("/bodies/<int:body_id>/members/<int:member_id>/card", methods=["GET", "POST"])
@requires(Action.PRINT_CARDS)
def member_card(body_id: int, member_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    body, term = running(held, body_id)
    now = db.clock(held)
    holder = holder_of(held, term, member_id, now)
    asked = replacing.latest(held, term, holder.member, now)
    mark = card_mark(asked, held)
    looking_up.note("card", [member_id])
    spares = sparing.unused_spares(held, term)
    form = GiveForm(shown=holder.valid_card.id if holder.valid_card else None)
    form.offer(spares)
    if form.validate_on_submit():
        return _give(body_id, member_id, form)
    page = render_template(
        "roster/member_card.html",
        body=body,
        holder=holder,
        form=form,
        has_spares=bool(spares),
        is_voting=_is_voting(held, body),
        faces=card_face.for_members(term),
        card_data=card_face.data_of,
        role=card_face.role,
        asked=asked,
        reasons=replacing.REASONS,
        is_told=card_notice.reaches(held, holder.member, now),
        mark=mark,
        is_printable=mark == "agreed" or not holder.needs_second,
        prints_now=mark == "agreed" and request.args.get("then") == "print",
    )
    return (page, 422) if form.is_submitted() else page


def _give(body_id: int, member_id: int, form: GiveForm) -> Response:
    held = db.begin_write()
    _body, term = running(held, body_id)
    now = db.clock(held)
    member = holder_of(held, term, member_id, now).member
    sparing.give_spare(held, term, member, form.number.data, now, form.shown.data)
    flash(
        _(
            "Ersatzkarte %(number)d ist jetzt die Karte von %(name)s.",
            number=form.number.data,
            name=member.name,
        )
    )
    return redirect(url_for(".lost_card", body_id=body_id), 303)


def _is_voting(held: Session, body: Body) -> bool:
    """Whether a round is open, in which a new card has no voting key yet."""
    open_rounds = select(Round.id).where(Round.body_id == body.id, Round.state == "open")
    return held.exec(open_rounds).first() is not None
