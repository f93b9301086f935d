"""Facts about this database as a whole."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime


class Installation(SQLModel, table=True):
    """The one row that says whether the demo command created this database."""

    id: int = Field(default=1, primary_key=True)
    is_demo: bool
    created_at: datetime = Field(sa_type=UtcDateTime)
