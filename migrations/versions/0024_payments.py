"""Payments that two people confirm, and when conditions are due and met"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import altered, in_area, of_area

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ACTS = (
    *("close_early", "confirm_result", "void_round", "adopt_rules"),
    *("replace_card", "replace_card_home", "change_roster", "hand_over_area"),
    *("annul_decision", "correct_summary", "open_epoch", "count_again"),
)
ADDED = ("pay_grant",)


def upgrade() -> None:
    with altered("confirmation") as confirmation:
        confirmation.uncheck("confirmation_act")
        confirmation.check("act", "confirmation_act", ACTS + ADDED)
    op.create_table(
        "payment",
        sa.Column("confirmation_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        of_area("payment"),
        in_area("payment", "confirmation_id", "confirmation"),
        in_area("payment", "grant_id", "grant"),
        sa.PrimaryKeyConstraint("confirmation_id", name=op.f("pk_payment")),
    )
    op.create_index(op.f("ix_payment_grant_id"), "payment", ["grant_id"])
    op.create_table(
        "condition",
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        of_area("condition"),
        in_area("condition", "question_id", "question"),
        sa.PrimaryKeyConstraint("question_id", "position", name=op.f("pk_condition")),
    )


def downgrade() -> None:
    for table in ("condition", "payment"):
        op.drop_table(table)
    asked = sa.table("confirmation", sa.column("act"))
    op.execute(asked.delete().where(asked.c.act.in_(ADDED)))
    with altered("confirmation") as confirmation:
        confirmation.uncheck("confirmation_act")
        confirmation.check("act", "confirmation_act", ACTS)
