"""More protection for members, and whose a new device is"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PEOPLE = ("officer", "member")
CARD_KEY = op.f("fk_user_session_area_id_card_id")


def upgrade() -> None:
    op.add_column(
        "member", sa.Column("was_asked", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("user_session") as session:
        session.add_column(sa.Column("card_id", sa.Integer(), nullable=True))
        session.add_column(
            sa.Column("is_doubted", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        session.create_foreign_key(CARD_KEY, "card", ["area_id", "card_id"], ["area_id", "id"])
    _remake("passphrase", _passphrase(sa.Column("id", sa.Integer(), nullable=False), "id", True))
    _remake("passkey", _passkey(True))


def downgrade() -> None:
    """Members' passphrases and passkeys are dropped: before this only officers had any."""
    _remake("passphrase", _passphrase(None, "officer_id", False))
    _remake("passkey", _passkey(False))
    with op.batch_alter_table("user_session") as session:
        session.drop_constraint(CARD_KEY, type_="foreignkey")
        session.drop_column("is_doubted")
        session.drop_column("card_id")
    op.drop_column("member", "was_asked")


def _remake(name: str, columns: list[Any]) -> None:
    """Make the table anew in this form, with the rows of officers."""
    bind = op.get_bind()
    old = sa.Table(name, sa.MetaData(), autoload_with=bind)
    kept = [column.name for column in columns if isinstance(column, sa.Column)]
    shared = [column for column in old.columns if column.name in kept and column.name != "id"]
    if name == "passkey":
        shared.append(old.c.id)
    rows = bind.execute(sa.select(*shared).where(old.c.officer_id.is_not(None))).mappings().all()
    op.drop_table(name)
    made = op.create_table(name, *columns)
    if rows:
        op.bulk_insert(made, [dict(row) for row in rows])


def _passphrase(number: sa.Column[int] | None, key: str, for_members: bool) -> list[Any]:
    return [
        *([number] if number is not None else []),
        sa.Column("area_id", sa.Integer(), nullable=False),
        *_people("passphrase", for_members),
        sa.Column("verifier", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(key, name=op.f("pk_passphrase")),
        *(_unique(person) for person in PEOPLE if for_members),
    ]


def _passkey(for_members: bool) -> list[Any]:
    return [
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        *_people("passkey", for_members),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
    ]


def _unique(person: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(f"{person}_id", name=op.f(f"uq_passphrase_{person}_id"))


def _people(table: str, for_members: bool) -> list[Any]:
    """Whose row it is: an officer's, or one of either."""
    people = PEOPLE if for_members else PEOPLE[:1]
    one_person = sa.CheckConstraint(
        "(member_id IS NULL) <> (officer_id IS NULL)",
        name=op.f(f"ck_{table}_{table}_one_person"),
    )
    return [
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f(f"fk_{table}_area_id")),
        *(sa.Column(f"{each}_id", sa.Integer(), nullable=for_members) for each in people),
        *(_of(table, each) for each in people),
        *([one_person] if for_members else []),
    ]


def _of(table: str, person: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["area_id", f"{person}_id"],
        [f"{person}.area_id", f"{person}.id"],
        name=op.f(f"fk_{table}_area_id_{person}_id"),
    )
