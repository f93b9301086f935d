from app.roster import cards, rules
from app.roster.routes import blueprint

__all__ = ["blueprint", "cards", "rules"]
