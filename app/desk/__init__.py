from app.desk import (
    again,
    asking,
    drafting,
    new_rounds,
    over_days,
    recusing,
    results,
    rounds,
    second_person,
    showing,
)
from app.desk.routes import blueprint

__all__ = [
    "again",
    "asking",
    "blueprint",
    "drafting",
    "new_rounds",
    "over_days",
    "recusing",
    "results",
    "rounds",
    "second_person",
    "showing",
]
