"""What officers fill in while a roster file is read."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, FieldList, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.roster import column
from app.roster.identifying import Unclear
from app.roster.line import NEW
from app.text import ROSTER_COLUMNS

UNDECIDED = -1


def _leaving() -> BooleanField:
    return BooleanField(_("Wer nicht in der Datei steht, scheidet aus."))


class UploadForm(FlaskForm):
    file = FileField(
        _("Datei"),
        description=_("CSV oder Excel (.xlsx), höchstens 5 MB und 20.000 Zeilen."),
    )
    leaving = _leaving()

    def validate_file(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(gettext("Bitte wählen Sie eine Datei."))


class ColumnsForm(FlaskForm):
    fields = FieldList(SelectField(), label=_("Spalten"))
    leaving = _leaving()

    def offer(self, titles: Sequence[str]) -> None:
        """Let every column be read as any field, or not at all."""
        choices = [
            SelectChoice(column.UNREAD, gettext("Nicht lesen")),
            *(SelectChoice(field, column.name(field)) for field in ROSTER_COLUMNS),
        ]
        for entry, title in zip(self.fields, titles, strict=False):
            entry.choices = choices
            entry.label.text = title

    def validate_fields(self, field: FieldList) -> None:
        problems = column.faults([entry.data or "" for entry in field], 1)
        if problems:
            raise ValidationError(" ".join(f"{each.column}: {each.reason}" for each in problems))


class PersonForm(FlaskForm):
    """Who an unclear row is; one of these a row, told apart by its prefix."""

    class Meta:
        csrf = False  # the token of the page's one form counts

    member = SelectField(_("Wer ist das?"), coerce=int, default=UNDECIDED)

    def offer(self, unclear: Unclear) -> None:
        """Offer those who could be meant, and somebody new."""
        self.member.choices = [
            SelectChoice(UNDECIDED, gettext("Bitte wählen")),
            *(
                SelectChoice(
                    member.id,
                    gettext(
                        "%(name)s, Nummer %(number)d%(mail)s",
                        name=member.name,
                        number=member.id,
                        mail=f", {member.mail}" if member.mail else "",
                    ),
                )
                for member in unclear.candidates
            ),
            SelectChoice(NEW, gettext("Eine neue Person")),
        ]
        self.member.label.text = gettext(
            "Zeile %(row)d, %(name)s: Wer ist das?", row=unclear.row, name=unclear.name
        )
