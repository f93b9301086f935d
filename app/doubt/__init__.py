from app.doubt import deciding, noting, objecting, reporting
from app.doubt.routes import blueprint

__all__ = ["blueprint", "deciding", "noting", "objecting", "reporting"]
