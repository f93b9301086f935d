"""The counting commission and the key it makes"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import MOMENT, choice, in_area, of_area

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NOT_ENDED = sa.text("state <> 'ended'")
ONE_PERSON = "(member_id IS NULL) <> (officer_id IS NULL)"
STATES = ("gathering", "keyed", "in_force", "ended")


def upgrade() -> None:
    _add_commissions()
    _add_trustees()


def _add_commissions() -> None:
    op.create_table(
        "counting_commission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("state", choice("counting_commission_state", *STATES), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("in_force_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        of_area("counting_commission"),
        in_area("counting_commission", "body_id", "body"),
        in_area("counting_commission", "term_id", "term"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counting_commission")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_counting_commission_area_id_id")),
    )
    op.create_index(
        "uq_counting_commission_not_ended",
        "counting_commission",
        ["term_id"],
        unique=True,
        sqlite_where=NOT_ENDED,
        postgresql_where=NOT_ENDED,
    )


def _add_trustees() -> None:
    op.create_table(
        "trustee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("commission_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("compared_parts", sa.Boolean(), nullable=False),
        sa.Column("polynomial", sa.String(), nullable=False),
        sa.Column("verification_key", sa.String(), nullable=False),
        sa.Column("compared_key", sa.Boolean(), nullable=False),
        sa.Column("rehearsed_at", MOMENT, nullable=True),
        sa.CheckConstraint(ONE_PERSON, name=op.f("ck_trustee_trustee_one_person")),
        of_area("trustee"),
        in_area("trustee", "commission_id", "counting_commission"),
        in_area("trustee", "member_id", "member"),
        in_area("trustee", "officer_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trustee")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_trustee_area_id_id")),
        sa.UniqueConstraint(
            "commission_id", "position", name=op.f("uq_trustee_commission_id_position")
        ),
    )
    op.create_index(op.f("ix_trustee_member_id"), "trustee", ["member_id"])


def downgrade() -> None:
    op.drop_table("trustee")
    op.drop_table("counting_commission")
