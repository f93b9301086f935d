from app.coordination import reading, switching
from app.coordination.routes import blueprint

__all__ = ["blueprint", "reading", "switching"]
