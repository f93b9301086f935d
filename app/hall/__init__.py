from app.hall import arriving, linking
from app.hall.routes import blueprint

__all__ = ["arriving", "blueprint", "linking"]
