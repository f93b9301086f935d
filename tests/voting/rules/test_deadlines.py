"""The last hour to hand in an application."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.rules import deadlines
from voting.rules.form import WEEKDAYS
from voting.rules.procedure import Procedure

BERLIN = ZoneInfo("Europe/Berlin")


def intake(deadline: str, meeting: datetime, action: date = date(2027, 1, 1)) -> datetime | None:
    return deadlines.intake(meeting, action, Procedure({"application_deadline": deadline}))


def test_the_hour_is_that_of_the_clock_on_the_wall() -> None:
    """Clocks went back on 25 October 2026, between intake and meeting."""
    found = intake("thu 18:00", datetime(2026, 10, 26, 19, tzinfo=BERLIN))
    assert found == datetime(2026, 10, 22, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("handed_in", "in_time"),
    [
        (datetime(2026, 11, 20, 23, 59, tzinfo=BERLIN), True),
        (datetime(2026, 11, 21, tzinfo=BERLIN), False),
    ],
)
def test_days_before_the_action_count_the_whole_day(handed_in: datetime, in_time: bool) -> None:
    meeting = datetime(2026, 11, 25, 19, tzinfo=BERLIN)
    closes = intake("42 days", meeting, date(2027, 1, 1))
    assert closes is not None
    assert (handed_in < closes) is in_time


@given(
    st.sampled_from(WEEKDAYS),
    st.integers(0, 23),
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001
)
def test_a_weekly_deadline_lies_in_the_week_before_the_meeting(
    weekday: str, hour: int, meeting: datetime
) -> None:
    found = intake(f"{weekday} {hour:02}:00", meeting)
    assert found is not None
    assert timedelta() <= meeting - found < timedelta(days=7)
    assert (WEEKDAYS[found.weekday()], found.hour) == (weekday, hour)
