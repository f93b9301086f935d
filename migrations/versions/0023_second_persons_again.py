"""Acts that two people restore and count again; a link for applicants"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import MOMENT, altered

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ACTS = (
    *("close_early", "confirm_result", "void_round", "adopt_rules"),
    *("replace_card", "replace_card_home", "change_roster", "hand_over_area"),
    *("annul_decision", "correct_summary"),
)
UNIQUE = op.f("uq_proposal_applicant_link")
ADDED = ("open_epoch", "count_again")


def upgrade() -> None:
    with altered("area") as area:
        area.add("set_back_at", MOMENT)
    with altered("proposal") as proposal:
        proposal.add("applicant_link", sa.String())
        proposal.batch.create_unique_constraint(UNIQUE, ["applicant_link"])
    with altered("round") as round_:
        round_.add("count_fault", sa.String(), "")
    with altered("confirmation") as confirmation:
        confirmation.uncheck("confirmation_act")
        confirmation.check("act", "confirmation_act", ACTS + ADDED)


def downgrade() -> None:
    asked = sa.table("confirmation", sa.column("act"))
    op.execute(asked.delete().where(asked.c.act.in_(ADDED)))
    with altered("confirmation") as confirmation:
        confirmation.uncheck("confirmation_act")
        confirmation.check("act", "confirmation_act", ACTS)
    with altered("round") as round_:
        round_.batch.drop_column("count_fault")
    with altered("proposal") as proposal:
        proposal.batch.drop_constraint(UNIQUE, type_="unique")
        proposal.batch.drop_column("applicant_link")
    with altered("area") as area:
        area.batch.drop_column("set_back_at")
