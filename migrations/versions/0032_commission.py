"""A trustee reports a lost part of a key"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import MOMENT

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("trustee", sa.Column("lost_at", MOMENT))


def downgrade() -> None:
    op.drop_column("trustee", "lost_at")
