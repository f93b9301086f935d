from app.public.routes import blueprint

__all__ = ["blueprint"]
