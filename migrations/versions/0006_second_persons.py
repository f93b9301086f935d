"""Second persons for cards and rosters"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CHECK = op.f("ck_confirmation_confirmation_act")
BEFORE = ("close_early", "confirm_result", "void_round", "adopt_rules")
ADDED = ("replace_card", "replace_card_home", "change_roster")
KEYS = (("body_id", "body"), ("member_id", "member"), ("confirmed_by_member", "member"))
TIMES = ("done_at", "objected_at")


def upgrade() -> None:
    op.add_column("card", sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("confirmation") as confirmation:
        for name, parent in KEYS:
            confirmation.add_column(sa.Column(name, sa.Integer(), nullable=True))
            confirmation.create_foreign_key(
                _key(name), parent, ["area_id", name], ["area_id", "id"]
            )
        for name in TIMES:
            confirmation.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        confirmation.drop_constraint(CHECK, type_="check")
        confirmation.create_check_constraint(CHECK, _among(BEFORE + ADDED))


def downgrade() -> None:
    """Drop what was asked for cards and rosters: nothing else remembers it."""
    asked = sa.table("confirmation", sa.column("act"), sa.column("confirmed_by_member"))
    op.execute(asked.delete().where(asked.c.act.in_(ADDED)))
    op.execute(asked.delete().where(asked.c.confirmed_by_member.is_not(None)))
    with op.batch_alter_table("confirmation") as confirmation:
        confirmation.drop_constraint(CHECK, type_="check")
        confirmation.create_check_constraint(CHECK, _among(BEFORE))
        for name in TIMES:
            confirmation.drop_column(name)
        for name, _parent in KEYS:
            confirmation.drop_constraint(_key(name), type_="foreignkey")
            confirmation.drop_column(name)
    op.drop_column("card", "used_at")


def _among(acts: tuple[str, ...]) -> sa.TextClause:
    listed = ", ".join(f"'{act}'" for act in acts)
    return sa.text(f"act IN ({listed})")


def _key(name: str) -> str:
    return op.f(f"fk_confirmation_area_id_{name}")
