"""Form fields for what a rule may be: a number, a share, a deadline, places by group."""

from math import gcd
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form, IntegerField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.day_field import Clock
from app.rule.words import weekday
from voting.rules.form import WEEKDAYS, Weekly, deadline_of, share_of

EMPTY = SelectChoice("", _("Wissen wir noch nicht"))
MOST_PARTS = 999
MOST_GROUPS = 20


class WholeNumber(IntegerField):
    """A number that may be left empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed and not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
            raise ValueError(gettext("Bitte schreiben Sie eine ganze Zahl."))
        if typed:
            self.data = int(typed)


class ShareFields(Form):
    """More than, or at least, so many of so many."""

    comparison = SelectField(
        _("Wie viel?"),
        choices=[
            EMPTY,
            SelectChoice(">", _("Mehr als")),
            SelectChoice(">=", _("Mindestens")),
        ],
        default="",
    )
    part = WholeNumber(_("So viele Sitze"))
    of = WholeNumber(_("Von so vielen Sitzen"))

    @property
    def value(self) -> str | None:
        """The share in its one spelling; None where it is left empty."""
        if not self.comparison.data:
            return None
        return f"{self.comparison.data}{_lowest(self.part.data or 1, self.of.data or 1)}"

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if not self.comparison.data or self._is_share():
            return True
        self.part.errors = [
            gettext("Bitte zwei Zahlen wie 1 und 2, höchstens %(most)d.", most=MOST_PARTS)
        ]
        return False

    def _is_share(self) -> bool:
        part, of = self.part.data, self.of.data
        if part is None or of is None or not 1 <= of <= MOST_PARTS:
            return False
        return 1 <= part <= (of - 1 if self.comparison.data == ">" else of)

    @staticmethod
    def shown(value: str | None) -> dict[str, Any]:
        """The fields that hold this share."""
        if value is None:
            return {}
        share = share_of(value)
        return {
            "comparison": ">" if share.strict else ">=",
            "part": share.part,
            "of": share.of,
        }


def _lowest(part: int, of: int) -> str:
    shared = gcd(part, of)
    return f"{part // shared}/{of // shared}"


class DeadlineFields(Form):
    """No deadline, an hour of the week, or so many days before."""

    kind = SelectField(
        _("Welche Frist?"),
        choices=[
            EMPTY,
            SelectChoice("none", _("Keine Frist")),
            SelectChoice("weekly", _("Ein Wochentag in der Woche der Sitzung")),
            SelectChoice("days", _("Eine Zahl von Tagen vor der Aktion")),
        ],
        default="",
    )
    weekday = SelectField(_("Wochentag"), default=WEEKDAYS[0])
    at = Clock(_("Uhrzeit"))
    days = WholeNumber(_("Tage vor der Aktion"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weekday.choices = [
            SelectChoice(code, weekday(number)) for number, code in enumerate(WEEKDAYS)
        ]

    @property
    def value(self) -> str | None:
        """The deadline in its one spelling; None where it is left empty."""
        match self.kind.data:
            case "weekly":
                return f"{self.weekday.data} {self.at.data:%H:%M}"
            case "days":
                return f"{self.days.data} days"
        return self.kind.data or None

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.kind.data == "weekly" and self.at.data is None:
            self.at.errors = [gettext("Bitte schreiben Sie die Uhrzeit.")]
            return False
        if self.kind.data == "days" and not 1 <= (self.days.data or 0) <= MOST_PARTS:
            self.days.errors = [gettext("Bitte eine Zahl von 1 bis %(most)d.", most=MOST_PARTS)]
            return False
        return True

    @staticmethod
    def shown(value: str | None) -> dict[str, Any]:
        """The fields that hold this deadline."""
        if value is None:
            return {}
        deadline = deadline_of(value)
        if isinstance(deadline, Weekly):
            return {"kind": "weekly", "weekday": WEEKDAYS[deadline.weekday], "at": deadline.at}
        return {"kind": "none"} if deadline is None else {"kind": "days", "days": deadline}


class PlacesByGroup(TextAreaField):
    """Places by group, one line each: "Frauen: 9"."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(f"{group}: {places}" for group, places in (self.data or {}).items())

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = [line.strip() for line in (valuelist or [""])[0].splitlines() if line.strip()]
        self.data = None
        read = [_group_of(line) for line in lines[: MOST_GROUPS + 1]]
        if len(read) > MOST_GROUPS or None in read or len(dict(filter(None, read))) < len(read):
            raise ValueError(
                gettext("Bitte eine Gruppe in jeder Zeile, mit einer Zahl: „Frauen: 9“.")
            )
        self.data = dict(filter(None, read)) or None


def _group_of(line: str) -> tuple[str, int] | None:
    group, colon, places = (part.strip() for part in line.rpartition(":"))
    if not (colon and group and places.isascii() and places.isdecimal() and len(places) < 4):
        return None
    return group, int(places)
