"""Objections and reports"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import JSON, MOMENT, altered, choice, in_area, of_area

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

REASONS = ("missing", "not_mine", "differs", "not_listed", "watched", "other")
ACTS = (
    *("close_early", "confirm_result", "void_round", "adopt_rules"),
    *("replace_card", "replace_card_home", "change_roster"),
)
ADDED = ("annul_decision", "correct_summary")
UNIQUE = op.f("uq_confirmation_area_id_id")
TABLES = ("correction", "annulment", "noted_objection", "report", "objection")


def upgrade() -> None:
    with altered("confirmation") as confirmation:
        confirmation.uncheck("confirmation_act")
        confirmation.check("act", "confirmation_act", ACTS + ADDED)
        confirmation.batch.create_unique_constraint(UNIQUE, ["area_id", "id"])
    with altered("decision") as decision:
        decision.add("annulled_at", MOMENT)
    with altered("proposal") as proposal:
        proposal.add("applicant_mail", sa.String())
    _create_objections()
    _create_reports()
    _create_noted_objections()
    _create_changes()


def _create_objections() -> None:
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        *_answer(),
        of_area("objection"),
        in_area("objection", "decision_id", "decision"),
        in_area("objection", "member_id", "member"),
        in_area("objection", "answered_by", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_objection_area_id_id")),
        sa.UniqueConstraint("decision_id", "n", name=op.f("uq_objection_decision_id_n")),
        sa.UniqueConstraint(
            "decision_id", "member_id", name=op.f("uq_objection_decision_id_member_id")
        ),
    )


def _create_reports() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=True),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("reason", choice("report_reason", *REASONS), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("trackers", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        *_answer(),
        of_area("report"),
        in_area("report", "round_id", "round"),
        in_area("report", "answered_by", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_report_area_id_id")),
        sa.UniqueConstraint("area_id", "n", name=op.f("uq_report_area_id_n")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_report_secret_hash")),
    )
    op.create_index(op.f("ix_report_round_id"), "report", ["round_id"])


def _answer() -> tuple[sa.Column, ...]:
    return (
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
    )


def _create_noted_objections() -> None:
    op.create_table(
        "noted_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        of_area("noted_objection"),
        in_area("noted_objection", "question_id", "question"),
        in_area("noted_objection", "seat_id", "seat"),
        in_area("noted_objection", "member_id", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_noted_objection")),
    )
    op.create_index(op.f("ix_noted_objection_question_id"), "noted_objection", ["question_id"])


def _create_changes() -> None:
    """What two people are asked for: to annul a decision, to correct its summary."""
    _create_asked("annulment", sa.Column("vote_id", sa.String(), nullable=True))
    _create_asked(
        "correction",
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
    )
    with altered("annulment") as annulment:
        annulment.refer("vote_id", "question")


def _create_asked(table: str, *columns: sa.Column) -> None:
    op.create_table(
        table,
        sa.Column("confirmation_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        *columns,
        of_area(table),
        in_area(table, "confirmation_id", "confirmation"),
        in_area(table, "decision_id", "decision"),
        sa.PrimaryKeyConstraint("confirmation_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_decision_id"), table, ["decision_id"])


def downgrade() -> None:
    """Drop objections and reports, and what was asked for: nothing else remembers it."""
    for table in TABLES:
        op.drop_table(table)
    with altered("proposal") as proposal:
        proposal.batch.drop_column("applicant_mail")
    with altered("decision") as decision:
        decision.batch.drop_column("annulled_at")
    asked = sa.table("confirmation", sa.column("act"))
    op.execute(asked.delete().where(asked.c.act.in_(ADDED)))
    with altered("confirmation") as confirmation:
        confirmation.batch.drop_constraint(UNIQUE, type_="unique")
        confirmation.uncheck("confirmation_act")
        confirmation.check("act", "confirmation_act", ACTS)
