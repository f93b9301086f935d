from app.desk import (
    again,
    all_results,
    asking,
    count_keys,
    drafting,
    new_rounds,
    over_days,
    poll_asking,
    recusing,
    results,
    rounds,
    second_person,
    showing,
)
from app.desk.routes import blueprint

__all__ = [
    "again",
    "all_results",
    "asking",
    "blueprint",
    "count_keys",
    "drafting",
    "new_rounds",
    "over_days",
    "poll_asking",
    "recusing",
    "results",
    "rounds",
    "second_person",
    "showing",
]
