from app.public import meeting_page, minutes, poll, rules, what_if
from app.public.routes import blueprint

__all__ = ["blueprint", "meeting_page", "minutes", "poll", "rules", "what_if"]
