"""What officers fill in about seats and people."""

from collections.abc import Collection, Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, ValidationError

from app import one_line
from app.body import SEGMENTS
from app.day_field import Day, required
from app.language import LANGUAGES, NAMES
from app.models import Body, Member
from app.text import group_name, word

NEW_PERSON = 0
MOST_SEATS = 60
SOURCES = ("ballot", "assembly", "en_bloc", "lot", "quota_lot", "appointed", "open_door")
END_REASONS = ("moved", "resigned", "replaced", "absence", "other")
LEAVE_REASONS = ("declined", "moved", "other")


class SegmentForm(FlaskForm):
    segment = RadioField(_("Für welche Gruppe?"))

    def offer(self, body: Body, only: Collection[str] | None = None) -> None:
        """Offer the groups of this kind of body, or those of them that are asked for."""
        segments = [each for each in SEGMENTS[body.kind] if only is None or each in only]
        self.segment.choices = [
            SelectChoice(each, group_name(body.kind, each)) for each in segments
        ]
        if self.segment.data is None:
            self.segment.data = segments[0]


class SeatsForm(SegmentForm):
    """Several seats of one group; those that are not of residents each have a name."""

    number = IntegerField(
        _("Wie viele Sitze?"),
        default=1,
        validators=[NumberRange(1, MOST_SEATS, _("Bitte eine Zahl von 1 bis 60."))],
    )
    names = one_line.text(
        _("Wer hat die Sitze?"),
        optional=True,
        description=_(
            "Für Partner und Ämter: eine Zeile je Sitz, zum Beispiel die Schule oder der Verein."
            " Für die Bewohnerschaft leer lassen."
        ),
    )

    @property
    def labels(self) -> list[str]:
        """One name for each seat; empty ones for residents."""
        lines = [line.strip() for line in (self.names.data or "").splitlines()]
        return [line for line in lines if line] or [""] * (self.number.data or 0)

    def validate_names(self, field: StringField) -> None:
        if self.number.errors:
            return
        if self.segment.data != "resident" and not field.data:
            raise ValidationError(gettext("Bitte schreiben Sie, wer den Sitz hat."))
        for label in filter(None, self.labels):
            if fault := one_line.fault_in_line(label):
                raise ValidationError(one_line.SENTENCES[fault])
        if self.number.data != len(self.labels):
            raise ValidationError(
                gettext(
                    "Das sind %(lines)d Zeilen für %(number)d Sitze.",
                    lines=len(self.labels),
                    number=self.number.data or 0,
                )
            )


class SeatForm(SegmentForm):
    label = one_line.line(
        _("Name"),
        optional=True,
        description=_("Zum Beispiel die Schule oder der Verein."),
    )


class ChooseForm(FlaskForm):
    """Somebody the area knows, or a new person."""

    person = SelectField(_("Wer?"), coerce=int, default=NEW_PERSON)
    name = one_line.line(_("Name"), optional=True, description=_("Nur für eine neue Person."))
    mail = one_line.line(_("E-Mail"), optional=True)

    def offer_people(self, known: Iterable[Member]) -> None:
        self.person.choices = [
            SelectChoice(NEW_PERSON, gettext("Eine neue Person")),
            *(SelectChoice(member.id, member.name) for member in known),
        ]

    def validate_name(self, field: StringField) -> None:
        if self.person.data == NEW_PERSON and not field.data:
            raise ValidationError(gettext("Bitte schreiben Sie den Namen."))

    def validate_mail(self, field: StringField) -> None:
        require_mail(field)


def _words(codes: Iterable[str]) -> Any:
    """Choices that are said in the language of the request."""
    return lambda: [SelectChoice(code, word(code)) for code in codes]


class HolderForm(ChooseForm):
    source = SelectField(
        _("Wie kam die Person zu dem Sitz?"),
        choices=lambda: [SelectChoice("", gettext("Nicht bekannt")), *_words(SOURCES)()],
        default="",
    )


class ReserveForm(ChooseForm, SegmentForm):
    """A person and the group for which she or he can move up."""


class EndForm(FlaskForm):
    reason = RadioField(_("Warum?"), choices=_words(END_REASONS))


class LeaveForm(FlaskForm):
    reason = RadioField(_("Warum?"), choices=_words(LEAVE_REASONS))


class DualRoleForm(FlaskForm):
    dual_role = one_line.line(
        _("Name der Einrichtung"),
        optional=True,
        description=_("Leer lassen, wenn das nicht mehr stimmt."),
    )


class MemberForm(FlaskForm):
    name = one_line.line(_("Name"))
    mail = one_line.line(_("E-Mail"), optional=True)
    language = RadioField(
        _("Sprache der Karte und der Nachrichten"),
        choices=[SelectChoice(code, NAMES[code]) for code in LANGUAGES],
    )
    may_be_named = BooleanField(
        _("Der Name darf öffentlich stehen."),
        description=_("Nur ankreuzen, wenn die Person zugestimmt hat."),
    )

    def validate_mail(self, field: StringField) -> None:
        require_mail(field)


class TermForm(FlaskForm):
    starts_on = Day(_("Beginn"), validators=[required])
    ends_on = Day(_("Letzter Tag"), validators=[required])

    def validate_ends_on(self, field: Day) -> None:
        if field.data and self.starts_on.data and field.data <= self.starts_on.data:
            raise ValidationError(gettext("Die Amtszeit endet, bevor sie beginnt."))


def require_mail(field: StringField) -> None:
    host = (field.data or "").rpartition("@")[2]
    if field.data and (field.data.count("@") != 1 or "." not in host or " " in field.data):
        raise ValidationError(gettext("Das ist keine E-Mail-Adresse."))
