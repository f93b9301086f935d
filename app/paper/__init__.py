from app.paper import afterwards, calling, counting, enter, round_page
from app.paper.routes import blueprint

__all__ = ["afterwards", "blueprint", "calling", "counting", "enter", "round_page"]
