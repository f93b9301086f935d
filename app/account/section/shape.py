"""What a section of somebody's own data is, and words that several sections share."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _
from sqlmodel import Session, SQLModel

SEAT, TERM, STARTS, ENDS = _("Sitz"), _("Amtszeit"), _("Beginn"), _("Ende")
AT, QUESTION = _("Wann"), _("Frage")


class Section(NamedTuple):
    """A table and those of its columns that the person sees, each with its word.

    `said` names columns that this section says in words of its own.
    """

    table: type[SQLModel]
    title: Any
    fields: Mapping[str, Any]
    said: Mapping[str, Callable[[Session, Any], str]] = {}
