from app.desk import meetings, results, rounds, second_person
from app.desk.routes import blueprint

__all__ = ["blueprint", "meetings", "results", "rounds", "second_person"]
