"""The days and hours by which something must be done; hours are those of the area's own clock."""

from datetime import date, datetime, time, timedelta

from voting.rules.form import Weekly, deadline_of
from voting.rules.procedure import Procedure

_DAY = timedelta(days=1)


def invitation(meeting: date, procedure: Procedure) -> date:
    """Return the last day to invite to a meeting, by `invite_days`."""
    return meeting - procedure.number("invite_days") * _DAY


def minutes(meeting: date, procedure: Procedure) -> date:
    """Return the last day to send the minutes of a meeting, by `minutes_days`."""
    return meeting + procedure.number("minutes_days") * _DAY


def objection(published: date, procedure: Procedure) -> date:
    """Return the last day to object to a published decision, by `objection.days`."""
    return published + procedure.number("objection.days") * _DAY


def intake(meeting: datetime, action: date, procedure: Procedure) -> datetime | None:
    """Return the moment before which an application must be in; None if there is no deadline.

    By `application_deadline`: the last such hour of the week not after the meeting, or the end of
    the day that lies so many days before the action. `meeting` is in the area's time zone, and so
    is the answer.
    """
    deadline = deadline_of(procedure.choice("application_deadline"))
    if deadline is None:
        return None
    if isinstance(deadline, Weekly):
        return _last_weekly(deadline, meeting)
    return datetime.combine(action - (deadline - 1) * _DAY, time(), meeting.tzinfo)


def _last_weekly(deadline: Weekly, meeting: datetime) -> datetime:
    day = meeting - (meeting.weekday() - deadline.weekday) % 7 * _DAY
    found = datetime.combine(day.date(), deadline.at, meeting.tzinfo)
    return found if found <= meeting else found - 7 * _DAY
