"""Votes without an own phone: papers of a secret round, and votes that are counted by hand."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import choice, in_area

WAYS = ("paper", "telephone")
ANSWERS = ("yes", "no", "abstain")


class PaperSet(SQLModel, table=True):
    """The two officers who enter the papers of a round, each on an own screen.

    The first one's browser made the numbers; the second one's has shown that it has their secret.
    """

    __tablename__ = "paper_set"
    __table_args__ = (
        in_area("round"),
        in_area("officer", "first_id"),
        in_area("officer", "second_id"),
        CheckConstraint("first_id <> second_id", name="paper_set_two_persons"),
    )

    area_id: int = Field(foreign_key="area.id")
    round_id: str = Field(primary_key=True)
    first_id: int
    second_id: int | None = None


class PaperNumber(SQLModel, table=True):
    """A numbered paper credential of a round: its public point, and no person.

    More are registered than are needed: a question takes the first ones at its opening.
    """

    __tablename__ = "paper_number"
    __table_args__ = (in_area("round"), UniqueConstraint("point"))

    area_id: int = Field(foreign_key="area.id")
    round_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    point: str


class PaperVoter(SQLModel, table=True):
    """A member who votes in this round on paper, or dictates on the telephone.

    Which number the member has is known nowhere.
    """

    __tablename__ = "paper_voter"
    __table_args__ = (in_area("round"), in_area("member"))

    area_id: int = Field(foreign_key="area.id")
    round_id: str = Field(primary_key=True)
    member_id: int = Field(primary_key=True)
    way: str = Field(sa_type=choice("paper_voter_way", *WAYS))


class PaperReturn(SQLModel, table=True):
    """A member gave the paper of a question back without a vote."""

    __tablename__ = "paper_return"
    __table_args__ = (in_area("question"), in_area("member"))

    area_id: int = Field(foreign_key="area.id")
    question_id: str = Field(primary_key=True)
    member_id: int = Field(primary_key=True)


class Paper(SQLModel, table=True):
    """A number on the roll of a question; it is cast when both entries are the same ballot.

    `entered_by` and `tracker` belong to the first entry while it waits for the second.
    """

    __table_args__ = (
        in_area("question"),
        in_area("officer", "entered_by"),
        UniqueConstraint("question_id", "credential"),
    )

    area_id: int = Field(foreign_key="area.id")
    question_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    credential: str
    entered_by: int | None = None
    tracker: str | None = None
    is_unequal: bool = False


class HandCount(SQLModel, table=True):
    """What one of two officers counted; the numbers stand when another officer has the same.

    `present` is how many were there, `residents` how many who voted sit for residents, where the
    rules ask for it.
    """

    __tablename__ = "hand_count"
    __table_args__ = (in_area("question"), in_area("officer"))

    area_id: int = Field(foreign_key="area.id")
    question_id: str = Field(primary_key=True)
    officer_id: int = Field(primary_key=True)
    yes: int
    no: int
    abstain: int
    present: int
    residents: int | None = None


class RollAnswer(SQLModel, table=True):
    """What a member answered when the names were called."""

    __tablename__ = "roll_answer"
    __table_args__ = (in_area("question"), in_area("member"))

    area_id: int = Field(foreign_key="area.id")
    question_id: str = Field(primary_key=True)
    member_id: int = Field(primary_key=True)
    answer: str = Field(sa_type=choice("roll_answer_answer", *ANSWERS))


class Tablet(SQLModel, table=True):
    """A browser of the office that members use in the room, one after another, by their cards."""

    __table_args__ = (in_area("officer", "started_by"), UniqueConstraint("area_id", "id"))

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    verifier: str = Field(unique=True)
    started_by: int
