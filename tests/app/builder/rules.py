"""What the rules of the council say instead."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from app.models import RulesOfProcedure
from tests.app.builder.council import Council, complete_keys
from tests.app.builder.rows import store


def set_rules(held: Session, council: Council, **values: object) -> None:
    """Change the rules in force; a double underscore stands for the dot, None empties a rule."""
    change_rules(held, council, {name.replace("__", "."): each for name, each in values.items()})


def change_rules(held: Session, council: Council, changes: Mapping[str, Any]) -> None:
    """Let the version in force say something else, and commit; None empties a parameter."""
    merged = {**council.rules.parameters, **changes}
    council.rules.parameters = {name: value for name, value in merged.items() if value is not None}
    held.add(council.rules)
    held.commit()


def take_other_group(held: Session, council: Council) -> None:
    """Let the rules name BELENIOS-2048, and everybody have a point there."""
    complete_keys(held, council)
    change_rules(held, council, {"ballot.group": "belenios_2048"})


def build_rules_draft(
    held: Session, council: Council, changes: Mapping[str, Any]
) -> RulesOfProcedure:
    """Store a second version that nobody has adopted."""
    draft = RulesOfProcedure(
        area_id=council.area.id,
        body_id=council.body.id,
        version=2,
        state="draft",
        parameters={**council.rules.parameters, **changes},
        entered_by=council.moderators[0].id,
    )
    store(held, draft)
    held.commit()
    return draft
