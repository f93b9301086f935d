from app.booth import following, recusing, roll
from app.booth.routes import blueprint

__all__ = ["blueprint", "following", "recusing", "roll"]
