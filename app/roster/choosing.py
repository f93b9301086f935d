"""A person is chosen from those the area knows, or written down as new."""

from flask_login import current_user
from sqlmodel import Session

from app.models import Member
from app.roster.forms import NEW_PERSON, ChooseForm
from app.roster.routes import load


def chosen(held: Session, form: ChooseForm) -> Member:
    """The person of a valid form; a new one is not stored yet."""
    if form.person.data != NEW_PERSON:
        return load(held, Member, form.person.data)
    return Member(area_id=current_user.area_id, name=form.name.data, mail=form.mail.data or None)
