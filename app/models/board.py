"""The public board of one election, and what makes casting safe.

Nothing here carries a time, an address, a language or a serial number but the board height.
"""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import choice, in_area
from voting.protocol.archive import Appended
from voting.protocol.group import NAMES as GROUPS

STAGES = ("open", "ended", "tallied", "done")


class Board(SQLModel, table=True):
    """The election of one question: its documents, where its board stands, its strong proofs."""

    __table_args__ = (in_area("question"),)

    area_id: int = Field(foreign_key="area.id")
    question_id: str = Field(primary_key=True)
    group: str = Field(sa_type=choice("board_group", *GROUPS))
    stage: str = Field(default="open", sa_type=choice("board_stage", *STAGES))
    timestamp: int
    election: str
    credentials_hash: str
    phi: str
    height: int
    head: str
    strong: str | None = None

    def append(self, event: Appended, stage: str | None = None) -> None:
        """Move the head to an event that the archive's writer made."""
        self.height, self.head = event.height, event.head
        self.stage = stage or self.stage


class BoardEvent(SQLModel, table=True):
    """The bytes one event appends to the archive; all of them in order are the archive."""

    __tablename__ = "board_event"

    question_id: str = Field(primary_key=True, foreign_key="board.question_id")
    height: int = Field(primary_key=True)
    type: str
    head: str
    content: bytes

    @classmethod
    def of(cls, question_id: str, event: Appended) -> "BoardEvent":
        """The row of an event that the archive's writer made."""
        return cls(
            question_id=question_id,
            height=event.height,
            type=event.type,
            head=event.head,
            content=event.data,
        )


class Ballot(SQLModel, table=True):
    """Where a ballot stands on the board."""

    __table_args__ = (UniqueConstraint("question_id", "tracker"),)

    question_id: str = Field(primary_key=True, foreign_key="board.question_id")
    height: int = Field(primary_key=True)
    tracker: str
    credential: str


class CredentialPointer(SQLModel, table=True):
    """The last ballot of a credential: the one that counts."""

    __tablename__ = "credential_pointer"

    question_id: str = Field(primary_key=True, foreign_key="board.question_id")
    credential: str = Field(primary_key=True)
    height: int


class Receipt(SQLModel, table=True):
    """What a voter was answered, word for word; the id is the hash of the trackers in it."""

    __table_args__ = (in_area("round"),)

    id: str = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    round_id: str
    document: str
