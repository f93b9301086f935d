"""A round and a key of the evening have a group; ballots may be encrypted in either"""

import sqlalchemy as sa

from migrations.alteration import altered

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

GROUPS = ("Ed25519", "BELENIOS-2048")


def upgrade() -> None:
    for table in ("round", "evening_key"):
        with altered(table) as change:
            change.add("group", sa.String(40), GROUPS[0])
            change.check('"group"', f"{table}_group", GROUPS)


def downgrade() -> None:
    for table in ("round", "evening_key"):
        with altered(table) as change:
            change.drop_choice("group", f"{table}_group")
