"""The officers' entrance"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("officer", sa.Column("login", sa.String(), nullable=True))
    op.add_column(
        "officer",
        sa.Column("has_access", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("officer", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_officer_login"), "officer", ["login"], unique=True)
    for name in ("confirmed_at", "seen_at"):
        op.add_column("user_session", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    # What it counts is forgotten after minutes anyway.
    op.drop_table("throttle")
    _create_throttle("scope", "subject", "network")
    _create_tables()


def _create_throttle(*key: str) -> None:
    op.create_table(
        "throttle",
        *(sa.Column(name, sa.String(), nullable=False) for name in key),
        sa.Column("window_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_throttle")),
    )


def _create_tables() -> None:
    op.create_table(
        "passphrase",
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("verifier", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        *_of_officer("passphrase"),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_passphrase")),
    )
    op.create_table(
        "second_factor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        *_of_officer("second_factor"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *_of_officer("passkey"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("verifier", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        *_of_officer("recovery_code"),
        sa.PrimaryKeyConstraint("verifier", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "invitation",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        *_of_officer("invitation"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitation")),
    )
    op.create_table(
        "used_challenge",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_used_challenge")),
    )


def _of_officer(table: str) -> tuple[sa.ForeignKeyConstraint, sa.ForeignKeyConstraint]:
    return (
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f(f"fk_{table}_area_id")),
        sa.ForeignKeyConstraint(
            ["area_id", "officer_id"],
            ["officer.area_id", "officer.id"],
            name=op.f(f"fk_{table}_area_id_officer_id"),
        ),
    )


def downgrade() -> None:
    for table in (
        *("passphrase", "second_factor", "passkey", "recovery_code", "invitation"),
        "used_challenge",
    ):
        op.drop_table(table)
    op.drop_table("throttle")
    _create_throttle("scope", "network")
    for name in ("seen_at", "confirmed_at"):
        op.drop_column("user_session", name)
    op.drop_index(op.f("ix_officer_login"), "officer")
    for name in ("ended_at", "has_access", "login"):
        op.drop_column("officer", name)
