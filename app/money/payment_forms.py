"""What people fill in about a grant: payments, money that came back, conditions."""

from datetime import date
from typing import Any, Self, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import ValidationError

from app import one_line
from app.amount_field import AmountField
from app.day_field import Day, required
from app.models import Condition
from app.money.forms import needed
from app.payment import Sent

LONGEST_NOTE = 200


def some(_form: FlaskForm, field: AmountField) -> None:
    if not field.data and not field.errors:
        raise ValidationError(gettext("Bitte geben Sie mehr als 0 an."))


class PaymentForm(FlaskForm):
    cents = AmountField(_("Wie viel Geld wurde ausgezahlt?"), validators=[needed, some])
    paid_on = Day(_("Wann?"), validators=[required])
    note = one_line.line(
        _("Beleg"),
        longest=LONGEST_NOTE,
        description=_("Zum Beispiel: Quittung 12. Bitte ohne Namen."),
    )

    @property
    def sent(self) -> Sent:
        return Sent(self.cents.cents, self.day, self.note.data)

    @property
    def day(self) -> date:
        """The day of a form that is valid."""
        return cast("date", self.paid_on.data)

    def is_over(self, today: date) -> bool:
        """Whether the day has come; otherwise say so at the field."""
        if self.day <= today:
            return True
        self.paid_on.errors = [gettext("Dieser Tag kommt erst noch.")]
        return False


class RepaymentForm(FlaskForm):
    cents = AmountField(_("Wie viel Geld kam zurück?"), validators=[needed, some])
    note = one_line.line(
        _("Beleg"),
        longest=LONGEST_NOTE,
        description=_("Zum Beispiel: Kontoauszug 3. Bitte ohne Namen."),
    )


class ConditionForm(FlaskForm):
    """One condition; `position` is its place among those of the question."""

    position: int
    met_on: date | None
    due_on = Day(_("Fällig am"))
    is_met = BooleanField(_("Erfüllt"))

    @classmethod
    def of(cls, position: int, stored: Condition | None, **more: Any) -> Self:
        """The form of a condition as it is stored."""
        data = {"due_on": stored.due_on, "is_met": bool(stored.met_on)} if stored else {}
        form = cls(prefix=f"c{position}", data=data, **more)
        form.position, form.met_on = position, stored.met_on if stored else None
        return form
