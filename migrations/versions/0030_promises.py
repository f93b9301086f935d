"""Who printed a card, and how many had printed cards when a round was opened"""

import sqlalchemy as sa

from migrations.alteration import altered

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

PRINTED = ("card", "spare_card")


def upgrade() -> None:
    for table in PRINTED:
        with altered(table) as changed:
            changed.add("printed_by", sa.Integer())
            changed.refer("printed_by", "officer")
    with altered("round") as round_:
        round_.add("card_printers", sa.Integer())


def downgrade() -> None:
    with altered("round") as round_:
        round_.batch.drop_column("card_printers")
    for table in PRINTED:
        with altered(table) as changed:
            changed.unrefer("printed_by")
            changed.batch.drop_column("printed_by")
