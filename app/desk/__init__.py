from app.desk import drafting, new_rounds, recusing, results, rounds, second_person, showing
from app.desk.routes import blueprint

__all__ = [
    "blueprint",
    "drafting",
    "new_rounds",
    "recusing",
    "results",
    "rounds",
    "second_person",
    "showing",
]
