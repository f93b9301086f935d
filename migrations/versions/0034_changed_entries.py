"""A changed name or address is noted among what happened at an entrance"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import altered

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

KINDS = (
    *("new_device", "code_refused", "recovery_used", "recovery_codes_made"),
    *("passphrase_set", "passphrase_removed", "app_set_up"),
    *("passkey_added", "passkey_removed", "copy_deleted"),
    *("invited_to_count", "protection_lifted"),
)
CHANGED = ("name_changed", "mail_changed")


def upgrade() -> None:
    _let(KINDS + CHANGED)


def downgrade() -> None:
    rows = sa.table("security_event", sa.column("kind"))
    op.execute(rows.delete().where(rows.c.kind.in_(CHANGED)))
    _let(KINDS)


def _let(kinds: tuple[str, ...]) -> None:
    with altered("security_event") as event:
        event.uncheck("security_event_kind")
        event.check("kind", "security_event_kind", kinds)
