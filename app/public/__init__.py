from app.public import bundles, meeting_page, minutes, poll, promises, rules, what_if
from app.public.routes import blueprint

__all__ = [
    "blueprint",
    "bundles",
    "meeting_page",
    "minutes",
    "poll",
    "promises",
    "rules",
    "what_if",
]
