"""What is typed for the decision log is public until two people remove it: it names nobody."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import StopValidation

from app import db, one_line
from app.errors import REFUSALS
from app.models import Member, Officer
from app.same_name import key_of

REASON = _("Grund")
LONGEST = 500
LONGEST_ANSWER = 2000
HINT = _("Das steht öffentlich im Beschlussregister. Bitte nennen Sie keine Namen.")


def reason(label: Any = REASON) -> Any:
    """A form field for why somebody did it."""
    return _field(StringField, one_line.Line(LONGEST), label)


def answer(label: Any) -> Any:
    """A form field of several lines."""
    return _field(TextAreaField, one_line.LongText(LONGEST_ANSWER), label)


def names_nobody(_form: Form, field: Field) -> None:
    """Refuse a text that names somebody."""
    if names_somebody(db.session(), current_user.area_id, field.data or ""):
        raise StopValidation(REFUSALS["reason_names"][1])


def names_somebody(held: Session, area_id: int, text: str) -> bool:
    """Whether the text names a member or somebody of the QM team of an area."""
    members = select(Member.name).where(Member.area_id == area_id, col(Member.erased_on).is_(None))
    officers = select(Officer.name).where(Officer.area_id == area_id)
    return is_any_in([*held.exec(members), *held.exec(officers)], text)


def is_any_in(names: Iterable[str], text: str) -> bool:
    """Whether one of these names is in the text as a whole; a part may be a common word."""
    said = f" {_words(text)} "
    return any(f" {_words(name)} " in said for name in names if _words(name))


def _field(kind: type[Field], rule: one_line.Line, label: Any) -> Any:
    filters = (one_line.normal,)
    return kind(label, validators=[rule, names_nobody], filters=filters, description=HINT)


def _words(text: str) -> str:
    """The words of a text alone, as a reader sees them."""
    return " ".join(re.findall(r"\w+", key_of(text)))
