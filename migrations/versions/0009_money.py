"""Money: funds, pots, grants and movements; sums and conditions set before a vote"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import JSON, MOMENT, altered, choice, in_area, no, of_area

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PROPOSAL_STATES = (
    *("admitted", "scheduled", "recommended", "not_recommended", "approved", "rejected"),
    *("withdrawn", "cancelled", "settled"),
)
ACTS = (
    *("pot_change", "approve", "reduce", "pay", "withdraw", "cancel", "annul", "settle"),
    "repay",
)


def upgrade() -> None:
    _create_pots()
    _create_grants()
    _create_sharing()
    _create_amendments()
    with altered("question") as question:
        question.add("is_amended", sa.Boolean(), no())
    with altered("proposal") as proposal:
        proposal.uncheck("proposal_state")
        proposal.check("state", "proposal_state", PROPOSAL_STATES)


def _create_pots() -> None:
    op.create_table(
        "fund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        of_area("fund"),
        in_area("fund", "body_id", "body"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_fund_area_id_id")),
        sa.UniqueConstraint("body_id", name=op.f("uq_fund_body_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_fund_slug")),
    )
    op.create_table(
        "pot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("cap_cents", sa.Integer(), nullable=True),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_pot_pot_not_negative")),
        of_area("pot"),
        in_area("pot", "fund_id", "fund"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pot")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_pot_area_id_id")),
        sa.UniqueConstraint("fund_id", "year", name=op.f("uq_pot_fund_id_year")),
    )


def _create_grants() -> None:
    op.create_table(
        "grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("pot_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("state", choice("grant_state", "approved", "settled", "ended"), nullable=False),
        sa.Column("approved_cents", sa.Integer(), nullable=False),
        sa.Column("reserved_cents", sa.Integer(), nullable=False),
        sa.Column("paid_cents", sa.Integer(), nullable=False),
        sa.Column("due_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "approved_cents >= 0 AND reserved_cents >= 0 AND paid_cents >= 0 AND due_cents >= 0",
            name=op.f("ck_grant_grant_not_negative"),
        ),
        of_area("grant"),
        in_area("grant", "pot_id", "pot"),
        in_area("grant", "question_id", "question"),
        in_area("grant", "proposal_id", "proposal"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_grant_area_id_id")),
        sa.UniqueConstraint("question_id", name=op.f("uq_grant_question_id")),
    )
    op.create_index(op.f("ix_grant_pot_id"), "grant", ["pot_id"])
    op.create_table(
        "movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("pot_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("act", choice("movement_act", *ACTS), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("pot_change", sa.Integer(), nullable=False),
        sa.Column("reserved_change", sa.Integer(), nullable=False),
        sa.Column("paid_change", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        of_area("movement"),
        in_area("movement", "pot_id", "pot"),
        in_area("movement", "grant_id", "grant"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement")),
        sa.UniqueConstraint("pot_id", "n", name=op.f("uq_movement_pot_id_n")),
    )


def _create_sharing() -> None:
    op.create_table(
        "sharing",
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("pot_id", sa.Integer(), nullable=False),
        sa.Column("available_cents", sa.Integer(), nullable=False),
        sa.Column("adopted_cents", sa.Integer(), nullable=False),
        sa.Column("short_cents", sa.Integer(), nullable=False),
        sa.Column("funded", JSON, nullable=False),
        sa.Column("unfunded", JSON, nullable=False),
        sa.Column("needs_lot", JSON, nullable=False),
        sa.Column("drawn", JSON, nullable=False),
        sa.Column("left_cents", sa.Integer(), nullable=False),
        sa.Column("shared_at", MOMENT, nullable=False),
        of_area("sharing"),
        in_area("sharing", "round_id", "round"),
        in_area("sharing", "pot_id", "pot"),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_sharing")),
    )


def _create_amendments() -> None:
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("conditions", JSON, nullable=False),
        sa.Column("own_condition", JSON, nullable=False),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        of_area("amendment"),
        in_area("amendment", "meeting_id", "meeting"),
        in_area("amendment", "proposal_id", "proposal"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint(
            "meeting_id", "proposal_id", name=op.f("uq_amendment_meeting_id_proposal_id")
        ),
    )


def downgrade() -> None:
    """Drop the money; stop where the older tables have no word for a proposal's state."""
    with altered("proposal") as proposal:
        proposal.uncheck("proposal_state")
        proposal.check("state", "proposal_state", PROPOSAL_STATES[:6])
    with altered("question") as question:
        question.batch.drop_column("is_amended")
    for table in ("amendment", "sharing", "movement"):
        op.drop_table(table)
    op.drop_index(op.f("ix_grant_pot_id"), "grant")
    for table in ("grant", "pot", "fund"):
        op.drop_table(table)
