from app.account import cards
from app.account.routes import blueprint

__all__ = ["blueprint", "cards"]
