from app.public import bundles, log, meeting_page, minutes, poll, promises, rules, what_if
from app.public.routes import blueprint

__all__ = [
    "blueprint",
    "bundles",
    "log",
    "meeting_page",
    "minutes",
    "poll",
    "promises",
    "rules",
    "what_if",
]
