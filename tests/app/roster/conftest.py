"""Who edits a roster, and people that come to it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from app.models import Member
from tests.app.builder import Browser, Council

MakeMember = Callable[[str], Member]


@pytest.fixture
def moderator(area: Council, client_of: Callable[..., Browser]) -> Browser:
    return client_of(area.moderators[0])


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
