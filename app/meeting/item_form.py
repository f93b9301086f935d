"""What moderators fill in about an item of the agenda."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from app import one_line
from app.models import AgendaItem, Meeting, Proposal, RulesOfProcedure
from app.text import rules_title, short_day

MOST_MINUTES = 600
LONGEST_ITEM = 5_000
FREE, PROPOSAL, RULES = "free", "proposal", "rules"


class Minutes(IntegerField):
    """A number of minutes; it says in our words what it could not read."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not any(valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Bitte schreiben Sie eine Zahl.")) from None


class ItemForm(FlaskForm):
    """Information or discussion: a title is enough."""

    title = one_line.line(_("Titel"))
    text = one_line.text(
        _("Worum geht es?"),
        LONGEST_ITEM,
        optional=True,
        description=_("Steht auf der Tagesordnung. Ein bis drei Sätze reichen."),
    )
    length_minutes = Minutes(
        _("Dauer in Minuten"),
        validators=[
            Optional(),
            NumberRange(1, MOST_MINUTES, _("Bitte eine Zahl von 1 bis 600.")),
        ],
        description=_("Daraus folgen die Uhrzeiten der nächsten Punkte."),
    )

    def said(self) -> dict[str, Any]:
        """The columns of an item as they were filled in."""
        return {
            "title": self.title.data,
            "text": self.text.data,
            "length_minutes": self.length_minutes.data,
        }


class VoteForm(ItemForm):
    """A vote on a proposal or on new rules has its title from there, unless one is typed."""

    about = SelectField(_("Worüber wird abgestimmt?"))
    title = one_line.line(
        _("Titel"),
        optional=True,
        description=_("Nur nötig bei einer freien Frage."),
    )

    def offer(self, proposals: Sequence[Proposal], drafts: Sequence[RulesOfProcedure]) -> None:
        self.about.choices = [
            *(SelectChoice(f"{PROPOSAL}-{p.id}", f"{p.number}: {p.title}") for p in proposals),
            *(SelectChoice(f"{RULES}-{each.id}", rules_title(each.version)) for each in drafts),
            SelectChoice(FREE, gettext("Freie Frage")),
        ]

    def validate_title(self, field: Any) -> None:
        if not field.data and self.about.data == FREE:
            raise ValidationError(one_line.SENTENCES["empty"])

    def said(self) -> dict[str, Any]:
        kind, _dash, number = (self.about.data or FREE).partition("-")
        return {
            **super().said(),
            "proposal_id": int(number) if kind == PROPOSAL else None,
            "rules_id": int(number) if kind == RULES else None,
        }


class MinutesForm(ItemForm):
    """The minutes of an earlier meeting are approved; the title follows from its day."""

    approves = SelectField(_("Protokoll welcher Sitzung?"), coerce=int)
    title = one_line.line(
        _("Titel"), optional=True, description=_("Bleibt er leer, steht der Tag der Sitzung da.")
    )

    def offer(self, meetings: Sequence[Meeting]) -> None:
        self.approves.choices = [
            SelectChoice(each.id, short_day(each.starts_at)) for each in meetings
        ]

    def said(self) -> dict[str, Any]:
        return {**super().said(), "approves_meeting_id": self.approves.data}


class NotesForm(FlaskForm):
    """Notes, and what the page showed before: two people may write at once."""

    notes = one_line.text(_("Was besprochen wurde"), optional=True)
    shown = HiddenField()


def about(item: AgendaItem) -> str:
    """The choice of a vote's form that stands for what it is about."""
    if item.proposal_id:
        return f"{PROPOSAL}-{item.proposal_id}"
    return f"{RULES}-{item.rules_id}" if item.rules_id else FREE
