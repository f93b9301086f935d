"""Papers and open votes"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import altered, choice, in_area, no, of_area

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = (
    *("paper_set", "paper_number", "paper_voter", "paper_return", "paper"),
    *("hand_count", "roll_answer", "tablet"),
)


def upgrade() -> None:
    with altered("round") as round_:
        round_.add("is_on_paper", sa.Boolean(), no())
    _create_papers()
    _create_hand_counts()
    op.create_table(
        "tablet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("verifier", sa.String(), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=False),
        of_area("tablet"),
        in_area("tablet", "started_by", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tablet")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_tablet_area_id_id")),
        sa.UniqueConstraint("verifier", name=op.f("uq_tablet_verifier")),
    )


def _create_papers() -> None:
    op.create_table(
        "paper_set",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "first_id <> second_id", name=op.f("ck_paper_set_paper_set_two_persons")
        ),
        of_area("paper_set"),
        in_area("paper_set", "round_id", "round"),
        in_area("paper_set", "first_id", "officer"),
        in_area("paper_set", "second_id", "officer"),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_paper_set")),
    )
    op.create_table(
        "paper_number",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(), nullable=False),
        of_area("paper_number"),
        in_area("paper_number", "round_id", "round"),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_paper_number")),
        sa.UniqueConstraint("point", name=op.f("uq_paper_number_point")),
    )
    op.create_table(
        "paper_voter",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("way", choice("paper_voter_way", "paper", "telephone"), nullable=False),
        of_area("paper_voter"),
        in_area("paper_voter", "round_id", "round"),
        in_area("paper_voter", "member_id", "member"),
        sa.PrimaryKeyConstraint("round_id", "member_id", name=op.f("pk_paper_voter")),
    )
    op.create_table(
        "paper_return",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        of_area("paper_return"),
        in_area("paper_return", "question_id", "question"),
        in_area("paper_return", "member_id", "member"),
        sa.PrimaryKeyConstraint("question_id", "member_id", name=op.f("pk_paper_return")),
    )
    op.create_table(
        "paper",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("credential", sa.String(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("tracker", sa.String(), nullable=True),
        sa.Column("is_unequal", sa.Boolean(), nullable=False),
        of_area("paper"),
        in_area("paper", "question_id", "question"),
        in_area("paper", "entered_by", "officer"),
        sa.PrimaryKeyConstraint("question_id", "number", name=op.f("pk_paper")),
        sa.UniqueConstraint(
            "question_id", "credential", name=op.f("uq_paper_question_id_credential")
        ),
    )


def _create_hand_counts() -> None:
    op.create_table(
        "hand_count",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("abstain", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=True),
        of_area("hand_count"),
        in_area("hand_count", "question_id", "question"),
        in_area("hand_count", "officer_id", "officer"),
        sa.PrimaryKeyConstraint("question_id", "officer_id", name=op.f("pk_hand_count")),
    )
    op.create_table(
        "roll_answer",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("answer", choice("roll_answer_answer", "yes", "no", "abstain"), nullable=False),
        of_area("roll_answer"),
        in_area("roll_answer", "question_id", "question"),
        in_area("roll_answer", "member_id", "member"),
        sa.PrimaryKeyConstraint("question_id", "member_id", name=op.f("pk_roll_answer")),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    with altered("round") as round_:
        round_.batch.drop_column("is_on_paper")
