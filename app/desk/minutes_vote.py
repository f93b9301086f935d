"""What a published vote on minutes does to them, said where it was published."""

from flask import flash
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from app import db
from app.models import Round
from app.proceedings import approving
from app.text import short_day


def follow(held: Session, round_: Round) -> None:
    """Approve the minutes that the body agreed to; the caller has locked the round."""
    meeting = approving.follow_vote(held, round_, current_user.person, db.clock(held))
    if meeting:
        day = short_day(meeting.starts_at)
        flash(_("Das Protokoll der Sitzung vom %(day)s ist damit genehmigt.", day=day))
