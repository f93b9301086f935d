"""Who may be a member, for how long, and how seats are filled."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from voting.rules.procedure import Procedure
from voting.rules.roll import Segment

Way = Literal["election", "lot", "appointment", "open_door"]

_WAYS: Mapping[str, Way] = {
    "ballot": "election",
    "assembly": "election",
    "en_bloc": "election",
    "lot": "lot",
    "quota_lot": "lot",
    "appointed": "appointment",
    "open_door": "open_door",
}


def age_on(born: date, day: date) -> int:
    """Return the years completed on a day; who is born on 29 February has birthday on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def may_take_part(age: int, *, lives_here: bool, works_here: bool, procedure: Procedure) -> bool:
    """Tell whether a resident may stand and elect, by `member.min_age` and `member.residence`."""
    belongs = lives_here or (works_here and procedure.choice("member.residence") == "live_or_work")
    return belongs and age >= procedure.number("member.min_age")


def last_day(start: date, procedure: Procedure) -> date:
    """Return the last day of a term of `term.months` that begins on `start`."""
    return months_after(start, procedure.number("term.months")) - timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day."""
    whole = day.month - 1 + months
    year, month = day.year + whole // 12, whole % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_lost(missed: int, procedure: Procedure) -> bool:
    """Tell whether a member loses the seat after so many missed meetings, by `absence_limit`."""
    return missed >= procedure.number("absence_limit")


def way_in(segment: Segment, procedure: Procedure) -> Way:
    """Return what fills the seats of a segment, by `member.source.*`."""
    return _WAYS[procedure.choice(f"member.source.{segment}")]
