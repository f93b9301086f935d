"""A meeting that runs, one that is over, and the next one of the same body."""

import pytest
from sqlmodel import Session

from app.models import Meeting
from tests.app import ended
from tests.app.builder import Council


@pytest.fixture
def running(held: Session, area: Council) -> Meeting:
    return ended.begin(held, area)


@pytest.fixture
def over(held: Session, area: Council, running: Meeting) -> Meeting:
    return ended.end(held, area)


@pytest.fixture
def next_meeting(held: Session, area: Council, over: Meeting) -> Meeting:
    return ended.meet_again(held, area)
