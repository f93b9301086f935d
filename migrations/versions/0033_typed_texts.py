"""What people typed stands beside the log, where two people can remove it"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import MOMENT, altered, choice, of_area

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ACTS = (
    *("close_early", "confirm_result", "void_round", "adopt_rules"),
    *("replace_card", "replace_card_home", "change_roster", "hand_over_area", "undo_handover"),
    *("annul_decision", "correct_summary", "open_epoch", "count_again"),
    *("pay_grant", "return_paper"),
)
REMOVING = ("remove_text",)
GROUNDS = ("names_somebody", "tells_of_somebody", "insults_somebody")


def upgrade() -> None:
    op.create_table(
        "log_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("salt", sa.String()),
        sa.Column("value", sa.String()),
        sa.Column("removed_at", MOMENT),
        sa.Column("ground", choice("log_text_ground", *GROUNDS)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_text")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_log_text_area_id_id")),
        sa.UniqueConstraint("area_id", "seq", "field", name=op.f("uq_log_text_area_id_seq_field")),
        of_area("log_text"),
        sa.ForeignKeyConstraint(
            ["area_id", "seq"],
            ["log_entry.area_id", "log_entry.seq"],
            name=op.f("fk_log_text_area_id_seq"),
        ),
    )
    with altered("confirmation") as confirmation:
        confirmation.add("log_text_id", sa.Integer())
        confirmation.refer("log_text_id", "log_text")
        confirmation.uncheck("confirmation_act")
        confirmation.check("act", "confirmation_act", ACTS + REMOVING)


def downgrade() -> None:
    rows = sa.table("confirmation", sa.column("act"))
    op.execute(rows.delete().where(rows.c.act.in_(REMOVING)))
    with altered("confirmation") as confirmation:
        confirmation.uncheck("confirmation_act")
        confirmation.check("act", "confirmation_act", ACTS)
        confirmation.unrefer("log_text_id")
        confirmation.batch.drop_column("log_text_id")
    op.drop_table("log_text")
