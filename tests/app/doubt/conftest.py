"""A published decision that may be doubted."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from app.models import Decision
from tests.app import builder, deciding
from tests.app.builder import Council

ADOPTED = ["yes"] * 7 + ["no"] * 2


@pytest.fixture
def decide(held: Session, area: Council) -> Callable[..., Decision]:
    """`decide(objection__days=14, …)`: a published decision under these rules."""

    def run(**rules: Any) -> Decision:
        chosen = {"objection__days": 14, "annul__by": "officers"} | rules
        builder.set_rules(held, area, **chosen)
        return deciding.decide(held, area, ADOPTED)[0]

    return run


@pytest.fixture
def decision(decide: Callable[..., Decision]) -> Decision:
    """One that the roll may object to for 14 days and two officers may annul."""
    return decide()
