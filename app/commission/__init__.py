from app.commission import ceremony_routes, inviting, opening, term_count
from app.commission.routes import blueprint

__all__ = ["blueprint", "ceremony_routes", "inviting", "opening", "term_count"]
