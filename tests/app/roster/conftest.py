"""People that come to a roster."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from app.models import Member
from tests.app.builder import Council

MakeMember = Callable[[str], Member]


@pytest.fixture
def person(held: Session, area: Council) -> MakeMember:
    """`person(name)`: somebody the area knows who has no place in any body."""

    def make(name: str) -> Member:
        made = Member(area_id=area.area.id, name=name)
        held.add(made)
        held.flush()
        return made

    return make


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)
