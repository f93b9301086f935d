"""What Bezirk and Senate say to a proposal."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.models.column import UtcDateTime, in_area


class Opinion(SQLModel, table=True):
    """The words of a coordinator of the area, which its members and officers read."""

    __table_args__ = (in_area("proposal"),)

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    proposal_id: int = Field(index=True)
    coordinator_id: int = Field(foreign_key="coordinator.id")
    words: str
    stated_at: datetime = Field(sa_type=UtcDateTime)
