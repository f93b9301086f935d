from app.proposals import forgetting, opining
from app.proposals.routes import blueprint

__all__ = ["blueprint", "forgetting", "opining"]
