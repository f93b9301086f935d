from app.proposals.routes import blueprint

__all__ = ["blueprint"]
