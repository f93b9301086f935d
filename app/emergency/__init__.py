from app.emergency.routes import blueprint

__all__ = ["blueprint"]
