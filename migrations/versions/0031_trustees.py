"""Trustees who are members show what officers show; a handover is undone by two people"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import MOMENT, altered

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

OWNED = ("second_factor", "recovery_code", "invitation")
ONE_PERSON = sa.text("(member_id IS NULL) <> (officer_id IS NULL)")
ACTS = (
    *("close_early", "confirm_result", "void_round", "adopt_rules"),
    *("replace_card", "replace_card_home", "change_roster", "hand_over_area"),
    *("annul_decision", "correct_summary", "open_epoch", "count_again"),
    *("pay_grant", "return_paper"),
    "return_paper",
)
UNDOING = ("undo_handover",)
KINDS = (
    *("new_device", "code_refused", "recovery_used", "recovery_codes_made"),
    *("passphrase_set", "passphrase_removed", "app_set_up"),
    *("passkey_added", "passkey_removed", "copy_deleted"),
)
LIFTING = ("invited_to_count", "protection_lifted")


def upgrade() -> None:
    for table in OWNED:
        with altered(table) as owned:
            owned.add("member_id", sa.Integer())
            owned.require("officer_id", sa.Integer(), filled=False)
            owned.refer("member_id", "member")
            owned.batch.create_check_constraint(op.f(f"ck_{table}_{table}_one_person"), ONE_PERSON)
    with altered("member") as member:
        member.add("has_access", sa.Boolean(), sa.false())
    with altered("user_session") as session:
        session.add("invited_at", MOMENT)
    _let("confirmation", "act", "confirmation_act", ACTS + UNDOING)
    _let("security_event", "kind", "security_event_kind", KINDS + LIFTING)


def downgrade() -> None:
    _forget("security_event", "kind", LIFTING)
    _let("security_event", "kind", "security_event_kind", KINDS)
    _forget("confirmation", "act", UNDOING)
    _let("confirmation", "act", "confirmation_act", ACTS)
    with altered("user_session") as session:
        session.batch.drop_column("invited_at")
    with altered("member") as member:
        member.batch.drop_column("has_access")
    for table in OWNED:
        rows = sa.table(table, sa.column("member_id"))
        op.execute(rows.delete().where(rows.c.member_id.is_not(None)))
        with altered(table) as owned:
            owned.uncheck(f"{table}_one_person")
            owned.unrefer("member_id")
            owned.require("officer_id", sa.Integer(), filled=True)
            owned.batch.drop_column("member_id")


def _let(table: str, column: str, check: str, values: tuple[str, ...]) -> None:
    """Let a column take these values and no others."""
    with altered(table) as changed:
        changed.uncheck(check)
        changed.check(column, check, values)


def _forget(table: str, column: str, values: tuple[str, ...]) -> None:
    rows = sa.table(table, sa.column(column))
    op.execute(rows.delete().where(rows.c[column].in_(values)))
