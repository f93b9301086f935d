"""A meeting of the council that is still to come."""

import pytest
from sqlmodel import Session

from app.models import Meeting
from tests.app.builder import Council
from tests.app.meeting import agendas


@pytest.fixture
def planned(held: Session, area: Council) -> Meeting:
    """A public meeting in two weeks with three items of ten minutes."""
    return agendas.plan(held, area)
