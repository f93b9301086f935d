"""What people fill in who doubt something, and what officers answer."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice

from app import one_line, public_reason
from app.models import Member, Question, RollEntry, Seat
from app.models.doubt import REASONS
from app.summary_form import SummaryForm
from app.text import WORDS

LONGEST = 2000
LONGEST_REASON = 500
NO_VOTE = ""


class ObjectionForm(FlaskForm):
    name = one_line.line(
        _("Ihr Name"),
        longest=100,
        optional=True,
        description=_("Den Namen sieht nur das QM-Team."),
    )
    reason = one_line.text(
        _("Was ist Ihrer Meinung nach falsch gelaufen?"),
        longest=LONGEST,
        description=_("Den Text liest nur das QM-Team. Öffentlich steht dort: ein Einwand."),
    )

    def require_name(self) -> bool:
        """Whether somebody without a place on the roll says who this is; the field says it."""
        if self.name.data:
            return True
        self.name.errors = [_("Bitte nennen Sie Ihren Namen.")]
        return False


class ReportForm(FlaskForm):
    reason = RadioField(
        _("Was stimmt nicht?"),
        choices=[SelectChoice(each, _(WORDS[each])) for each in REASONS],
    )
    words = one_line.text(
        _("Was ist passiert?"),
        longest=LONGEST,
        optional=True,
        description=_("Schreiben Sie nicht, wie Sie gestimmt haben."),
    )
    trackers = one_line.line(
        _("Kontrollnummer"),
        longest=LONGEST_REASON,
        optional=True,
        description=_("Sie steht auf Ihrem Beleg. Sie verrät nicht, wie Sie gestimmt haben."),
    )
    contact = one_line.line(
        _("Name, Telefon oder E-Mail"),
        optional=True,
        description=_("Wenn wir Sie anrufen oder Ihnen schreiben sollen."),
    )


class AnswerForm(FlaskForm):
    answer = one_line.text(_("Antwort"), longest=LONGEST)


class PublicAnswerForm(FlaskForm):
    answer = public_reason.answer(_("Antwort"))


class AnnulForm(FlaskForm):
    reason = public_reason.reason()
    vote = RadioField(_("Mit welcher Abstimmung hat das Gremium zugestimmt?"), default=NO_VOTE)

    has_votes = False

    def offer(self, votes: Sequence[tuple[Question, str]]) -> None:
        """Offer the questions by which the body may have agreed, each with its title."""
        self.has_votes = self.vote.validate_choice = bool(votes)
        self.vote.choices = [SelectChoice(question.id, title) for question, title in votes]


class CorrectionForm(SummaryForm):
    reason = public_reason.reason(_("Was war falsch?"))


class NoteForm(FlaskForm):
    seat = RadioField(_("Wer möchte das ins Protokoll?"), coerce=int)
    words = one_line.text(_("Was soll im Protokoll stehen?"), longest=LONGEST)
    is_named = BooleanField(
        _("Der Name darf im Protokoll stehen."),
        description=_("Nur ankreuzen, wenn die Person zugestimmt hat. Sonst steht dort der Sitz."),
    )

    def offer(self, voters: Sequence[tuple[RollEntry, Seat, Member]]) -> None:
        """Offer everybody who might vote on the question, by seat."""
        self.seat.choices = [
            SelectChoice(
                seat.id, f"{_('Sitz %(position)d', position=seat.position)}: {member.name}"
            )
            for _entry, seat, member in voters
        ]
