from app.money import funds, grants, shortage, tables
from app.money.routes import blueprint

__all__ = ["blueprint", "funds", "grants", "shortage", "tables"]
