from app.meeting import attending, making
from app.meeting.routes import blueprint

__all__ = ["attending", "blueprint", "making"]
