from app.minutes import changing, reading
from app.minutes.routes import blueprint

__all__ = ["blueprint", "changing", "reading"]
