"""Votes without an own phone: papers of a secret round, and votes that are counted by hand."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import ONE_PERSON, UtcDateTime, choice, in_area
from app.models.confirmation import LIFETIME
from app.models.member import Member, Officer

WAYS = ("paper", "telephone")
ANSWERS = ("yes", "no", "abstain", "no_answer")


class Entry(SQLModel):
    """What one of two persons entered: the first one says why, the second one agrees in time.

    `place` is 1 for the first and 2 for the second.
    """

    area_id: int = Field(foreign_key="area.id")
    place: int = Field(primary_key=True)
    officer_id: int | None = None
    member_id: int | None = None
    reason: str
    entered_at: datetime = Field(sa_type=UtcDateTime)

    def is_by(self, person: Officer | Member) -> bool:
        """Whether this person entered it; members and officers are numbered apart."""
        if isinstance(person, Member):
            return self.member_id == person.id
        return self.officer_id == person.id

    @property
    def expires_at(self) -> datetime:
        return self.entered_at + LIFETIME


class PaperEnterer(Entry, table=True):
    """One of the two who enter the papers of a round, each on an own screen.

    The first one's browser made the numbers; the second one's has shown that it has their secret.
    """

    __tablename__ = "paper_enterer"
    __table_args__ = (
        in_area("round"),
        in_area("officer"),
        in_area("member"),
        CheckConstraint(ONE_PERSON, name="paper_enterer_one_person"),
    )

    round_id: str = Field(primary_key=True)


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

    `place` says which of the two entered it first; that, `tracker` and the time belong to the first
    entry while it waits for the second.
    """

    __table_args__ = (in_area("question"), UniqueConstraint("question_id", "credential"))

    area_id: int = Field(foreign_key="area.id")
    question_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    credential: str
    place: int | None = None
    entered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tracker: str | None = None
    is_unequal: bool = False


class CountEntry(Entry, table=True):
    """What one of two persons counted; the numbers stand when another one has the same.

    `invalid` is paper that reads as no answer, `present` is how many were there, `residents` how
    many who voted sit for residents, where the rules ask for it.
    """

    __tablename__ = "count_entry"
    __table_args__ = (
        in_area("question"),
        in_area("officer"),
        in_area("member"),
        CheckConstraint(ONE_PERSON, name="count_entry_one_person"),
    )

    question_id: str = Field(primary_key=True)
    yes: int
    no: int
    abstain: int
    invalid: int = 0
    present: int
    residents: int | None = None


class RollCall(Entry, table=True):
    """Who noted the answers when the names were called, and who read them over."""

    __tablename__ = "roll_call"
    __table_args__ = (
        in_area("question"),
        in_area("officer"),
        in_area("member"),
        CheckConstraint(ONE_PERSON, name="roll_call_one_person"),
    )

    question_id: str = Field(primary_key=True)


class RollAnswer(SQLModel, table=True):
    """What a member answered when the names were called; `no_answer` is a call in vain."""

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
