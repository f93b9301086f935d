"""Look-ups of members' records, wishes to be forgotten"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PAGES = ("person", "seat", "card", "export")


def upgrade() -> None:
    op.add_column("member", sa.Column("erased_on", sa.Date(), nullable=True))
    op.add_column("comment", sa.Column("removed_on", sa.Date(), nullable=True))
    op.create_table(
        "look_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("page", _page(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        *_keys("look_up", "member", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_up")),
    )
    op.create_index(op.f("ix_look_up_member_id"), "look_up", ["member_id"])
    op.create_table(
        "erasure",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        *_keys("erasure", "member"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_erasure")),
    )


def downgrade() -> None:
    op.drop_table("erasure")
    op.drop_table("look_up")
    op.drop_column("comment", "removed_on")
    op.drop_column("member", "erased_on")


def _page() -> sa.Enum:
    return sa.Enum(
        *PAGES, name="look_up_page", native_enum=False, create_constraint=True, length=40
    )


def _keys(table: str, *parents: str) -> list[sa.ForeignKeyConstraint]:
    """Keys to the area, and to rows of the same area."""
    own = sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f(f"fk_{table}_area_id"))
    return [own, *(_key(table, parent) for parent in parents)]


def _key(table: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["area_id", f"{parent}_id"],
        [f"{parent}.area_id", f"{parent}.id"],
        name=op.f(f"fk_{table}_area_id_{parent}_id"),
    )
