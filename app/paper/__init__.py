from app.paper import counting, enter, round_page
from app.paper.routes import blueprint

__all__ = ["blueprint", "counting", "enter", "round_page"]
