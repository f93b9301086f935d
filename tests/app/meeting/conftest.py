"""A moderator, and a meeting of the council that is still to come."""

from collections.abc import Callable

import pytest
from sqlmodel import Session

from app.models import Meeting
from tests.app.builder import Browser, Council
from tests.app.meeting import agendas


@pytest.fixture
def moderator(area: Council, client_of: Callable[..., Browser]) -> Browser:
    return client_of(area.moderators[0])


@pytest.fixture
def planned(held: Session, area: Council) -> Meeting:
    """A public meeting in two weeks with three items of ten minutes."""
    return agendas.plan(held, area)
