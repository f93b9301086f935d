from app.meeting import (
    agenda_page,
    attending,
    documents,
    inviting,
    item_page,
    items,
    making,
    members,
    running,
    stays,
    taking_back,
)
from app.meeting.routes import blueprint

__all__ = [
    "agenda_page",
    "attending",
    "blueprint",
    "documents",
    "inviting",
    "item_page",
    "items",
    "making",
    "members",
    "running",
    "stays",
    "taking_back",
]
