"""Access of officers and coordinators, security events, handing over an area"""

import secrets

import sqlalchemy as sa
from alembic import op

from migrations.alteration import JSON, MOMENT, altered, choice, in_area, of_area

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ROLES = ("moderator", "administrator")
ACTS = (
    *("close_early", "confirm_result", "void_round", "adopt_rules"),
    *("replace_card", "replace_card_home", "change_roster"),
    *("annul_decision", "correct_summary"),
)
KINDS = (
    *("new_device", "code_refused", "recovery_used", "recovery_codes_made"),
    *("passphrase_set", "passphrase_removed", "app_set_up"),
    *("passkey_added", "passkey_removed", "copy_deleted"),
)


def upgrade() -> None:
    _create_handover()
    _create_opinion()
    _create_security_event()
    with altered("confirmation") as confirmation:
        confirmation.add("handover_id", sa.Integer())
        confirmation.refer("handover_id", "handover")
        confirmation.uncheck("confirmation_act")
        confirmation.check("act", "confirmation_act", (*ACTS, "hand_over_area"))
    with altered("officer") as officer:
        officer.add("coordinator_id", sa.Integer())
        officer.batch.create_unique_constraint(
            op.f("uq_officer_coordinator_id"), ["coordinator_id"]
        )
        officer.batch.create_foreign_key(
            op.f("fk_officer_coordinator_id"), "coordinator", ["coordinator_id"], ["id"]
        )
        officer.uncheck("officer_role")
        officer.check("role", "officer_role", (*ROLES, "coordinator"))
    with altered("user_session") as session:
        session.add("viewed_area_id", sa.Integer())
        session.batch.create_foreign_key(
            op.f("fk_user_session_viewed_area_id"), "area", ["viewed_area_id"], ["id"]
        )
    with altered("member") as member:
        member.add("mark", sa.String(), "")
    _mark_members()
    op.add_column("proposal", sa.Column("applicant_removed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Drop what coordinators did and what was asked for handovers: nothing else remembers it."""
    op.drop_column("proposal", "applicant_removed_on")
    with altered("member") as member:
        member.batch.drop_column("mark")
    with altered("user_session") as session:
        session.batch.drop_constraint(op.f("fk_user_session_viewed_area_id"), type_="foreignkey")
        session.batch.drop_column("viewed_area_id")
    op.drop_table("security_event")
    op.drop_table("opinion")
    _drop_handovers()
    _drop_coordinators()


def _drop_handovers() -> None:
    asked = sa.table("confirmation", sa.column("act"))
    op.execute(asked.delete().where(asked.c.act == "hand_over_area"))
    with altered("confirmation") as confirmation:
        confirmation.uncheck("confirmation_act")
        confirmation.check("act", "confirmation_act", ACTS)
        confirmation.unrefer("handover_id")
        confirmation.batch.drop_column("handover_id")
    op.drop_table("handover")


def _drop_coordinators() -> None:
    officers = sa.table("officer", sa.column("id"), sa.column("role"))
    coordinators = sa.select(officers.c.id).where(officers.c.role == "coordinator")
    for name in (
        *("user_session", "sign_in_link", "passphrase"),
        *("second_factor", "passkey", "recovery_code", "invitation"),
    ):
        table = sa.table(name, sa.column("officer_id"))
        op.execute(table.delete().where(table.c.officer_id.in_(coordinators)))
    op.execute(officers.delete().where(officers.c.role == "coordinator"))
    with altered("officer") as officer:
        officer.uncheck("officer_role")
        officer.check("role", "officer_role", ROLES)
        officer.batch.drop_constraint(op.f("fk_officer_coordinator_id"), type_="foreignkey")
        officer.batch.drop_constraint(op.f("uq_officer_coordinator_id"), type_="unique")
        officer.batch.drop_column("coordinator_id")


def _create_handover() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("contractor", sa.String(), nullable=False),
        sa.Column("mandated_by", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("team", JSON, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("agreed_at", MOMENT, nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        of_area("handover"),
        in_area("handover", "asked_by", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_handover_area_id_id")),
    )


def _create_opinion() -> None:
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("stated_at", MOMENT, nullable=False),
        of_area("opinion"),
        in_area("opinion", "proposal_id", "proposal"),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinator.id"], name=op.f("fk_opinion_coordinator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
    )
    op.create_index(op.f("ix_opinion_proposal_id"), "opinion", ["proposal_id"])


def _create_security_event() -> None:
    op.create_table(
        "security_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("kind", choice("security_event_kind", *KINDS), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        of_area("security_event"),
        in_area("security_event", "member_id", "member"),
        in_area("security_event", "officer_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_event")),
        sa.CheckConstraint(
            "(member_id IS NULL) <> (officer_id IS NULL)",
            name=op.f("ck_security_event_security_event_one_person"),
        ),
    )
    for name in ("member_id", "officer_id"):
        op.create_index(op.f(f"ix_security_event_{name}"), "security_event", [name])


def _mark_members() -> None:
    """Give everybody who is there a mark that nobody else ever had."""
    members = sa.table("member", sa.column("id"), sa.column("mark"))
    for (key,) in op.get_bind().execute(sa.select(members.c.id)).all():
        op.execute(members.update().where(members.c.id == key).values(mark=secrets.token_hex(16)))
