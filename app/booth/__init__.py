from app.booth import recusing
from app.booth.routes import blueprint

__all__ = ["blueprint", "recusing"]
