from app.money import conditions, funds, grants, payments, shortage, tables
from app.money.routes import blueprint

__all__ = [
    "blueprint",
    "conditions",
    "funds",
    "grants",
    "payments",
    "shortage",
    "tables",
]
