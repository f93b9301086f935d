"""A published decision."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.column import Json, UtcDateTime, choice, in_area


class Decision(SQLModel, table=True):
    """An outcome confirmed by a second person and published as `<year>-<n>`.

    It is never altered, but for names of people who withdrew their consent or, as applicants, asked
    to be forgotten. Two people can correct
    the summary, which keeps the old one (`Correction`), or annul the decision: `annulled_at`.

    `page` is everything its public page shows, written when it was published:
    {"label": "recommendation"|"decision", "outcome": code, "title", "wording": {lang: text},
     "requested_cents", "amount_cents", "conditions": [{lang: text}], "is_funded": None without a
     fund, "fund": {"name", "slug", "year"} or None,
     "area": {"slug", "name"}, "body": {"name", "kind"},
     "meeting": {"at": iso, "place"}, "closed_at": iso,
     "yes", "no", "abstain", "ballots",
     "roll": {"entitled", "seats", "residents", "partners", "stand_ins", "present", "absent",
              "recused", "vacant", "quorum_rule", "quorum_base", "quorum_need", "quorum_have"},
     "rule": {"majority", "base", "base_count", "required", "missing", "version"},
     "what", "why" (Markdown), "applicant", "action_goal", "proposal_number",
     "cost_items": [{"label", "amount_cents"}], "reveals_all", "trust",
     "box": {"audience": "public"|"members", "until": iso day or None} or None without a box,
     "recusals": [{"position", "segment", "label", "name"}] by recusal.publish,
     "rules": {"body_id", "version", "before"} instead of a proposal, whose fields are then empty,
     "titles": {lang: text} of what is no proposal; "title" is the German one,
     "round_id", "question_id", "digest", "log_seq", "confirmed_at": iso,
     "objection": {"until": iso day or None, "by"}, None where the rules do not say for how long}
    `summary` maps a language to the marked summary of the QM team, which alone was added.
    """

    __table_args__ = (
        UniqueConstraint("area_id", "id"),
        UniqueConstraint("year", "n"),
        UniqueConstraint("question_id"),
        in_area("question"),
        in_area("body"),
    )

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id", index=True)
    body_id: int
    question_id: str
    year: int
    n: int
    page: dict[str, Any] = Field(sa_type=Json)
    summary: dict[str, str] = Field(sa_type=Json)
    published_at: datetime = Field(sa_type=UtcDateTime)
    annulled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def number(self) -> str:
        return f"{self.year}-{self.n}"


class ApplicantLetter(SQLModel, table=True):
    """What an applicant without a mail address has to be told of a decision, and since when it is.

    `about` is that the decision was published or that it was annulled.
    """

    __tablename__ = "applicant_letter"
    __table_args__ = (in_area("decision"),)

    decision_id: int = Field(primary_key=True)
    about: str = Field(
        primary_key=True, sa_type=choice("applicant_letter_about", "published", "annulled")
    )
    area_id: int = Field(foreign_key="area.id")
    written_at: datetime = Field(sa_type=UtcDateTime)
    via: str | None = Field(
        default=None, sa_type=choice("applicant_letter_via", "post", "office", "spoken")
    )
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
