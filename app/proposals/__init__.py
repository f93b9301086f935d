from app.proposals import applying, forgetting, opining, telling
from app.proposals.routes import blueprint

__all__ = ["applying", "blueprint", "forgetting", "opining", "telling"]
