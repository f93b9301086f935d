from app.booth import recusing, roll
from app.booth.routes import blueprint

__all__ = ["blueprint", "recusing", "roll"]
