"""Decisions to show."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from app.models import Decision
from tests.app import deciding
from tests.app.builder import Council


@pytest.fixture
def decide(held: Session, area: Council) -> Callable[..., list[Decision]]:
    """`decide("yes", "no", …, questions=1)`: the published decisions of one round."""

    def run(*choices: str, council: Council = area, **chosen: Any) -> list[Decision]:
        return deciding.decide(held, council, choices, **chosen)

    return run
