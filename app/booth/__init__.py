from app.booth.routes import blueprint

__all__ = ["blueprint"]
