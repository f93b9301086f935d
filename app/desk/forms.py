"""What moderators fill in at the desk."""

from datetime import UTC, datetime, timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from app import one_line, public_reason
from app.day_field import Moment
from app.text import BERLIN

LONGEST_REASON = 500
SHORTEST_ROUND = timedelta(minutes=1)
LONGEST_ROUND = timedelta(days=60)


def in_utc(local: datetime | None) -> datetime | None:
    """What was typed as the time in Berlin."""
    return local.replace(tzinfo=BERLIN).astimezone(UTC) if local else None


def in_berlin(moment: datetime | None) -> datetime | None:
    """A stored moment as the field shows it."""
    return moment.astimezone(BERLIN).replace(tzinfo=None) if moment else None


class PrepareForm(FlaskForm):
    proposals = SelectMultipleField(_("Worüber wird abgestimmt?"), coerce=int)

    def validate_proposals(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(gettext("Bitte kreuzen Sie mindestens einen Antrag an."))


class OpenForm(FlaskForm):
    closes_at = Moment(
        _("Ende (Berliner Zeit)"),
        format="%Y-%m-%dT%H:%M",
        description=_("In der Sitzung meist leer: Sie schließen dann selbst."),
    )
    said = HiddenField()

    def is_said(self, numbers: str) -> bool:
        """Whether the numbers that were read out still hold; the form asks again if not."""
        if not self.said.data or self.said.data == numbers:
            return True
        self.form_errors.append(
            gettext("Die Zahlen haben sich geändert. Bitte sagen Sie sie noch einmal an.")
        )
        return False

    def ends_between(self, now: datetime) -> bool:
        """Whether the end is one that a round can have; the field says so if not."""
        if self.end is None or SHORTEST_ROUND <= self.end - now <= LONGEST_ROUND:
            return True
        self.closes_at.errors = [gettext("Das Ende muss in den nächsten 60 Tagen liegen.")]
        return False

    @property
    def end(self) -> datetime | None:
        return in_utc(self.closes_at.data)


class ScheduleForm(FlaskForm):
    opens_at = Moment(
        _("Beginn (Berliner Zeit)"),
        format="%Y-%m-%dT%H:%M",
        description=_("Bleibt das leer, öffnen Sie selbst."),
    )
    closes_at = Moment(_("Ende (Berliner Zeit)"), format="%Y-%m-%dT%H:%M")
    absent = SelectMultipleField(
        _("Wer hat vorher gesagt, dass es diesmal nicht geht?"),
        coerce=int,
        description=_("Für diese Mitglieder stimmt die Vertretung ab, wenn die Regeln es wollen."),
    )
    reason = one_line.line(
        _("Warum darf hier im Umlauf abgestimmt werden?"),
        longest=LONGEST_REASON,
        optional=True,
        description=_("Die Regeln nennen Bedingungen. Schreiben Sie, warum sie erfüllt sind."),
    )

    def fits(self, now: datetime, *, needs_end: bool, needs_reason: bool) -> bool:
        """Whether beginning and end can be kept and nothing needed is empty; the fields say so."""
        begins = in_utc(self.opens_at.data) or now
        ends = in_utc(self.closes_at.data)
        if begins < now:
            self.opens_at.errors = [gettext("Der Beginn ist schon vorbei.")]
        if ends is None and needs_end:
            self.closes_at.errors = [one_line.SENTENCES["empty"]]
        if ends is not None and not SHORTEST_ROUND <= ends - begins <= LONGEST_ROUND:
            self.closes_at.errors = [
                gettext("Das Ende muss nach dem Beginn liegen, höchstens 60 Tage danach.")
            ]
        if needs_reason and not self.reason.data:
            self.reason.errors = [one_line.SENTENCES["empty"]]
        return not self.errors


class ReasonForm(FlaskForm):
    reason = public_reason.reason()


class RecusalForm(FlaskForm):
    member = RadioField(
        _("Wer hat ein eigenes Interesse und stimmt hier nicht mit?"),
        coerce=int,
        validate_choice=False,
    )
    reason = one_line.line(
        _("Grund"),
        longest=LONGEST_REASON,
        description=_("Den Grund sehen nur das QM-Team und die Person selbst."),
    )

    def validate_member(self, field: RadioField) -> None:
        if field.data not in {choice.value for choice in field.choices or ()}:
            raise ValidationError(gettext("Bitte wählen Sie eine Person aus."))
