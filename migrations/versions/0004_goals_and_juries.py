"""Goals since a day, proposals that a jury decided"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHECK = op.f("ck_proposal_proposal_state")
STATES = ("admitted", "scheduled", "recommended", "not_recommended", "approved", "rejected")


def upgrade() -> None:
    op.add_column("action_goal", sa.Column("since", sa.Date(), nullable=True))
    _check(STATES)


def downgrade() -> None:
    """Drop the days; stop where a proposal was approved or rejected."""
    _check(STATES[:4])
    op.drop_column("action_goal", "since")


def _check(states: Sequence[str]) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("proposal") as proposal:
        proposal.drop_constraint(CHECK, type_="check")
        proposal.create_check_constraint(CHECK, sa.text(f"state IN ({listed})"))
