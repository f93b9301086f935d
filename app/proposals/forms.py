"""What people fill in about a proposal."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, FieldList, Form, FormField, SelectField
from wtforms.validators import StopValidation, ValidationError

from app import one_line
from app.amount_field import AmountField
from app.body_field import BodyField

MOST_ROWS = 30


class CostRow(Form):
    """One line of the cost table; an empty line is left out."""

    purpose = one_line.line(_("Wofür"), optional=True)
    cost = AmountField(_("Betrag in Euro"))

    @property
    def is_empty(self) -> bool:
        is_typed = self.cost.data is not None or self.cost.process_errors
        return not (self.purpose.data or is_typed)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.is_empty:
            return True
        if not self.purpose.data:
            self.purpose.errors = [gettext("Bitte schreiben Sie, wofür das Geld ist.")]
        if self.cost.data is None:
            self.cost.errors = [gettext("Bitte geben Sie den Betrag an.")]
        return not self.errors


class CostRows(FieldList):
    """The cost table; its errors are sentences that name the line."""

    def validate(self, form: Form, extra_validators: Any = ()) -> bool:
        super().validate(form, extra_validators)
        self.errors = [
            gettext("Zeile %(row)d: %(problem)s", row=row, problem=problem)
            for row, entry in enumerate(self.entries, start=1)
            for problems in entry.form.errors.values()
            for problem in problems
        ]
        if not self.errors and not self.rows():
            self.errors = [gettext("Bitte schreiben Sie mindestens eine Kostenposition auf.")]
        return not self.errors

    def rows(self) -> list[tuple[str, int]]:
        """Purpose and cents of each line that says something."""
        return [
            (entry.form.purpose.data, entry.form.cost.data)
            for entry in self.entries
            if not entry.form.is_empty
        ]

    def add(self) -> None:
        if len(self.entries) < MOST_ROWS:
            self.append_entry()

    def remove(self, row: int) -> None:
        """Take a line out; the lines below move up and keep what was typed."""
        if 0 <= row < len(self.entries):
            self.pop_entry(row)
        if not self.entries:
            self.append_entry()


class ProposalForm(FlaskForm):
    body = BodyField(_("Welches Gremium stimmt ab?"))
    title = one_line.line(
        _("Titel"),
        longest=120,
        description=_("Der Titel bleibt im Beschlussregister. Bitte nennen Sie dort niemanden."),
    )
    what = one_line.text(_("Was soll gemacht werden?"))
    why = one_line.text(_("Warum ist das gut für das Gebiet?"))
    applicant = one_line.line(
        _("Wer stellt den Antrag?"), description=_("So steht es später auf der öffentlichen Seite.")
    )
    applicant_mail = one_line.line(
        _("E-Mail dafür"),
        optional=True,
        description=_("Nicht öffentlich. Dorthin schreiben wir, wie entschieden wurde."),
    )
    action_goal = SelectField(_("Handlungsziel"), coerce=int)
    cost_items = CostRows(
        FormField(CostRow), label=_("Kosten"), min_entries=1, max_entries=MOST_ROWS
    )
    requested = AmountField(
        _("Beantragter Betrag in Euro"),
        description=_("Leer lassen, wenn die ganze Summe beantragt wird."),
    )

    def validate_applicant_mail(self, field: Field) -> None:
        if field.data and not one_line.is_mail(field.data):
            raise StopValidation(one_line.SENTENCES["mail"])

    def validate_requested(self, field: AmountField) -> None:
        if self.cost_items.errors or field.errors:
            return
        if self.requested_cents > self.total_cents:
            raise ValidationError(gettext("Das ist mehr als die Summe der Kosten."))
        if not self.requested_cents:
            raise ValidationError(gettext("Bitte beantragen Sie mehr als 0 Euro."))

    @property
    def total_cents(self) -> int:
        return sum(cents for _purpose, cents in self.cost_items.rows())

    @property
    def requested_cents(self) -> int:
        return self.total_cents if self.requested.data is None else int(self.requested.data)


class OwnProposalForm(ProposalForm):
    """What applicants correct themselves; who they are, the team enters."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        for name in ("body", "applicant", "applicant_mail"):
            del self[name]


class CommentForm(FlaskForm):
    source = one_line.text(_("Ihr Beitrag"), longest=4000)


class OpinionForm(FlaskForm):
    words = one_line.text(_("Ihre Stellungnahme"), longest=2000)
