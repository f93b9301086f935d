from app.commission.routes import blueprint

__all__ = ["blueprint"]
