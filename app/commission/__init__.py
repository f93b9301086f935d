from app.commission import opening
from app.commission.routes import blueprint

__all__ = ["blueprint", "opening"]
