"""A round, its questions, who may not vote on them and who may."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import Json, UtcDateTime, choice, in_area
from voting.protocol.group import NAMES as GROUPS

YES_NO = ("yes", "no", "abstain")
BLANK = "blank"


def option_ids(named: int, *, has_blank: bool) -> tuple[str, ...]:
    """The ids of own options; none of them comes last."""
    options = tuple(f"option-{number}" for number in range(1, named + 1))
    return (*options, BLANK) if has_blank else options


class Round(SQLModel, table=True):
    """One opening and closing of one or more questions.

    A poll (`is_poll`) decides nothing: it needs no quorum, and its questions end at `counted`.
    draft -> announced -> open -> closed, and void from any of them. `closes_at` is the announced
    end or the end of the last call; the server's clock decides. A `circular` round has no meeting.
    `secrecy` says whether ballots are secret, counted by hand or cast by name; `trust` who holds
    the count key; `group` what ballots are encrypted in. What was voted on paper alone and is
    entered afterwards `is_on_paper`; a vote that was held without this site was held at `voted_at`,
    and its roll is who was there then. A practice round (`is_practice`) never reaches log or public
    pages. A repeat names the void round it repeats. `shown_at` is when the result went to the hall
    screen.
    `count_fault` is the code of what stopped its count until two people let it go on.
    A round opens by itself at `opens_at`; `opening_refused` is the code of what kept it from that.
    Its box is deleted on `box_ends_on`, fixed at opening; rounds from before that have none.
    `circular_reason` says why the conditions of the rules for a circular vote hold,
    `extended_seconds` by how much its end was moved because the site was down. `card_printers` is
    how many officers had printed cards of its term at the opening, None where that is not known.
    """

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        in_area("body"),
        in_area("term"),
        in_area("meeting"),
        in_area("agenda_item"),
        in_area("rules_of_procedure", "rules_id"),
        in_area("round", "repeats_id"),
    )

    id: str = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    body_id: int
    term_id: str
    meeting_id: int | None = None
    agenda_item_id: int | None = None
    rules_id: int | None = None
    mode: str = Field(default="meeting", sa_type=choice("round_mode", "meeting", "circular"))
    secrecy: str = Field(
        default="secret", sa_type=choice("round_secrecy", "secret", "open", "roll_call")
    )
    trust: str = Field(
        default="office", sa_type=choice("round_trust", "office", "evening", "commission")
    )
    group: str = Field(default="Ed25519", sa_type=choice("round_group", *GROUPS))
    is_on_paper: bool = False
    is_poll: bool = False
    is_practice: bool = False
    repeats_id: str | None = None
    repeat_reason: str = ""
    state: str = Field(
        default="draft",
        sa_type=choice("round_state", "draft", "announced", "open", "closed", "void"),
    )
    created_at: datetime = Field(sa_type=UtcDateTime)
    announced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opens_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    voted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_call_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    shown_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    close_reason: str | None = None
    void_reason: str | None = None
    circular_reason: str = ""
    opening_refused: str = ""
    count_fault: str = ""
    extended_seconds: int = 0
    box_ends_on: date | None = None
    card_printers: int | None = None

    @property
    def recount_until(self) -> date | None:
        """The last day on which the box is there."""
        return self.box_ends_on - timedelta(days=1) if self.box_ends_on else None

    @property
    def way(self) -> str:
        """How votes are given: `secret` in a box, `open` by hand, `roll_call`, or on `paper`."""
        return "paper" if self.is_on_paper else self.secrecy

    @property
    def has_box(self) -> bool:
        """Whether votes go into a box of locked ballots; otherwise people count them."""
        return self.way == "secret"


class Question(SQLModel, table=True):
    """The exact wording voted on; its id is the uuid of its election.

    `wording` maps a language to a sentence, `options` to the words of the answers; `digest` covers
    both in all offered languages. Of a `choice` between own options `fewest` to `most` are ticked
    and those with most ticks get the `places`; with `has_blank` the last answer is none of them. Of
    a `grade` the answers run from best to worst. It is about money for a proposal (`matter`
    funding) or about something else: new rules (`rules_id`), or what `title` names in each
    language. `conditions` are the duties voted on with it, each {language: sentence}; with
    `is_amended` they and the sum were set before the vote and stay as they are. `follows_id` is the
    question that could not be decided and is asked again here. `roll_facts` (numbers only),
    `roll_gaps` (seat to why nobody votes for it) and `required_yes` are frozen at opening.
    `outcome` is written by the count: {code, ballots, yes, no, abstain, majority, base, base_count,
    required, missing, reveals_all, minimum}, None where the box stayed closed. Of a choice it holds
    `counts` instead of yes and no: {answer, votes, mark} in the order of the options, mark chosen,
    drawn, tied or None, `open_places`, and the `lot` of `app.round.drawing` or None. `box_hashes`
    {archive, strong} are what is left of a box that was deleted.
    """

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("round_id", "position"),
        in_area("round"),
        in_area("proposal"),
        in_area("rules_of_procedure", "rules_id"),
        in_area("question", "follows_id"),
    )

    id: str = Field(primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    round_id: str
    position: int
    matter: str = Field(default="funding", sa_type=choice("question_matter", "funding", "other"))
    proposal_id: int | None = None
    rules_id: int | None = None
    follows_id: str | None = None
    kind: str = Field(
        default="yes_no", sa_type=choice("question_kind", "yes_no", "choice", "grade")
    )
    fewest: int = 1
    most: int = 1
    places: int = 1
    has_blank: bool = False
    wording: dict[str, str] = Field(sa_type=Json)
    options: dict[str, list[str]] = Field(sa_type=Json)
    title: dict[str, str] | None = Field(default=None, sa_type=Json)
    conditions: list[dict[str, str]] = Field(default_factory=list, sa_type=Json)
    is_amended: bool = False
    amount_cents: int | None = None
    digest: str
    state: str = Field(
        default="listed",
        sa_type=choice(
            "question_state",
            "listed",
            "taken_out",
            "counted",
            "too_few_ballots",
            "confirmed",
            "published",
            "annulled",
        ),
    )
    taken_out_reason: str | None = None
    roll_facts: dict[str, Any] | None = Field(default=None, sa_type=Json)
    roll_gaps: dict[str, str] | None = Field(default=None, sa_type=Json)
    required_yes: int | None = None
    outcome: dict[str, Any] | None = Field(default=None, sa_type=Json)
    box_hashes: dict[str, str | None] | None = Field(default=None, sa_type=Json)

    @property
    def is_choice(self) -> bool:
        """Whether it is answered by options or grades instead of yes and no."""
        return self.kind != "yes_no"

    @property
    def is_grade(self) -> bool:
        return self.kind == "grade"

    @property
    def answers(self) -> tuple[str, ...]:
        """The ids of the answers in the order of their words."""
        named = len(self.options["de"]) - self.has_blank
        return option_ids(named, has_blank=self.has_blank) if self.is_choice else YES_NO


class Recusal(SQLModel, table=True):
    """A member who does not vote on a question because of an own interest.

    Declared by the member or entered by an officer, before opening only. `may_be_named` is the
    member's consent for this question; `reason` is never public.
    """

    __table_args__ = (in_area("question"), in_area("member"))

    area_id: int = Field(foreign_key="area.id")
    question_id: str = Field(primary_key=True)
    member_id: int = Field(primary_key=True)
    declared_by: str = Field(
        default="officer", sa_type=choice("recusal_declared_by", "member", "officer")
    )
    declared_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = ""
    may_be_named: bool = False


class RollEntry(SQLModel, table=True):
    """One seat on the frozen roll of a question and the member who votes for it.

    `state` is that of the seat's holders: beside anything but `votes` the member stands in.
    `credential` is the public point of the member's voting key, empty without one. No ballot is
    referenced here.
    """

    __tablename__ = "roll_entry"
    __table_args__ = (
        UniqueConstraint("question_id", "member_id"),
        UniqueConstraint("question_id", "credential"),
        in_area("question"),
        in_area("seat"),
        in_area("member"),
    )

    area_id: int = Field(foreign_key="area.id")
    question_id: str = Field(primary_key=True)
    seat_id: int = Field(primary_key=True)
    member_id: int = Field(index=True)
    segment: str = Field(sa_type=choice("roll_segment", "resident", "partner"))
    via: str = Field(sa_type=choice("roll_via", "holder", "deputy", "pool", "reserve_list"))
    state: str = Field(
        default="votes", sa_type=choice("roll_state", "votes", "vacant", "recused", "absent")
    )
    credential: str | None = None
