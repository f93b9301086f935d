"""Texts beside the decision log: the list, the request to remove one, the second person's page."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select

from app import db, second_person, text_removal
from app.account.removal_form import RemovalForm
from app.account.routes import blueprint
from app.models import Confirmation, LogEntry, LogText
from app.policy import Action, requires


@blueprint.get("/account/texts")
@requires(Action.REMOVE_TEXT)
def texts() -> ResponseReturnValue:
    return render_template("account/texts.html", rows=_rows(db.session()))


@blueprint.route("/account/texts/<int:text_id>/remove", methods=["GET", "POST"])
@requires(Action.REMOVE_TEXT)
def remove_text(text_id: int) -> ResponseReturnValue:
    held = db.session()
    form = RemovalForm()
    if not form.validate_on_submit():
        page = _page(held, form, _text(held, text_id))
        return (page, 422) if form.is_submitted() else page
    held = db.begin_write()
    text, now = _text(held, text_id), db.clock(held)
    text_removal.ask(held, text, form.ground.data, current_user.person, now)
    return redirect(url_for(".remove_text", text_id=text_id), 303)


@blueprint.get("/account/texts/requests/<int:confirmation_id>")
@requires(Action.AGREE_REMOVAL)
def agree_removal(confirmation_id: int) -> ResponseReturnValue:
    held = db.session()
    asked = _asked(held, confirmation_id)
    text = held.get_one(LogText, asked.log_text_id)
    return render_template(
        "account/agree_removal.html", asked=asked, text=text, entry=_entry(held, text)
    )


@blueprint.post("/account/texts/requests/<int:confirmation_id>")
@requires(Action.AGREE_REMOVAL)
def agree_removal_now(confirmation_id: int) -> ResponseReturnValue:
    held = db.begin_write()
    asked = _asked(held, confirmation_id)
    text_removal.confirm(held, asked, current_user.person, db.clock(held))
    flash(_("Der Text ist entfernt. Im Register steht, wann und warum."))
    return redirect(url_for(".second_person"), 303)


def _rows(held: Session) -> Sequence[tuple[LogText, LogEntry]]:
    """The texts of this area that are still there, the newest first."""
    found = (
        select(LogText, LogEntry)
        .join(LogEntry, (col(LogEntry.area_id) == LogText.area_id) & (LogEntry.seq == LogText.seq))
        .where(LogText.area_id == current_user.area_id, col(LogText.value).is_not(None))
        .order_by(col(LogText.seq).desc())
    )
    return held.exec(found).all()


def _text(held: Session, text_id: int) -> LogText:
    """A text of this area that is still there."""
    text = held.get(LogText, text_id)
    if text is None or text.area_id != current_user.area_id or text.value is None:
        abort(404)
    return text


def _entry(held: Session, text: LogText) -> LogEntry:
    return held.get_one(LogEntry, (text.area_id, text.seq))


def _asked(held: Session, confirmation_id: int) -> Confirmation:
    """A request to remove a text that is this person's business; others are not found."""
    waiting = second_person.waiting_for(held, current_user.person, db.clock(held))
    found = (each for each in waiting if each.id == confirmation_id and each.log_text_id)
    return next(found, None) or abort(404)


def _page(held: Session, form: RemovalForm, text: LogText) -> str:
    return render_template(
        "account/remove_text.html",
        form=form,
        text=text,
        entry=_entry(held, text),
        pending=text_removal.asked(held, text, db.clock(held)),
    )
