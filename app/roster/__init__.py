from app.roster import areas, bodies, cards, coordinators, goals, office, rules, setup
from app.roster.routes import blueprint

__all__ = [
    "areas",
    "blueprint",
    "bodies",
    "cards",
    "coordinators",
    "goals",
    "office",
    "rules",
    "setup",
]
