from app.public import poll, rules, what_if
from app.public.routes import blueprint

__all__ = ["blueprint", "poll", "rules", "what_if"]
