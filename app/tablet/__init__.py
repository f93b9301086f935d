from app.tablet.routes import blueprint

__all__ = ["blueprint"]
