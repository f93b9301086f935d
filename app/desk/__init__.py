from app.desk import meetings, new_rounds, recusing, results, rounds, second_person
from app.desk.routes import blueprint

__all__ = [
    "blueprint",
    "meetings",
    "new_rounds",
    "recusing",
    "results",
    "rounds",
    "second_person",
]
