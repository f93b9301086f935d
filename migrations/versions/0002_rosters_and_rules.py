"""Rosters and rules"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import JSON, altered, choice, in_area, no, of_area

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


BODY_KINDS = ("council", "jury", "steering_round", "selection_body")
SEGMENTS = ("resident", "partner", "senate", "bezirk", "qm")
ACTS = ("close_early", "confirm_result", "void_round", "adopt_rules")
SOURCES = (
    *("ballot", "assembly", "en_bloc", "lot", "quota_lot", "appointed", "open_door"),
    "reserve_list",
)
TABLES = (
    *("spare_card", "roster_import", "reserve_place", "deputy"),
    *("coordination", "coordinator"),
)
END_REASONS = ("term_end", "moved", "resigned", "replaced", "absence", "other")


def upgrade() -> None:
    with altered("area") as area:
        area.add_choice("status", "area_status", ("active", "closing"), "active")
        area.add("closes_on", sa.Date())
        area.add("contractor", sa.String(), "")
        area.add("mandated_by", sa.String(), "")
    with altered("action_goal") as goal:
        goal.add("version", sa.Integer(), "1")
        goal.batch.drop_constraint(op.f("uq_action_goal_area_id_position"), type_="unique")
        goal.batch.create_unique_constraint(
            op.f("uq_action_goal_area_id_version_position"), ["area_id", "version", "position"]
        )
    with altered("body") as body:
        body.add_choice("level", "body_level", ("local", "district", "state"))
        body.uncheck("body_kind")
        body.check("kind", "body_kind", BODY_KINDS)
    with altered("seat") as seat:
        seat.add("ended_on", sa.Date())
        seat.uncheck("seat_segment")
        seat.check("segment", "seat_segment", SEGMENTS)
    with altered("member") as member:
        member.add("may_be_named", sa.Boolean(), no())
    with altered("membership") as membership:
        membership.add("position", sa.Integer(), "1")
        membership.add_choice("role", "membership_role", ("member", "speaker"), "member")
        membership.add_choice("source", "membership_source", SOURCES)
        membership.add("is_dual_role", sa.Boolean(), no())
        membership.add("dual_role", sa.String(), "")
        membership.add_choice("end_reason", "membership_end_reason", END_REASONS)
    _upgrade_rules()
    _upgrade_rounds()
    _create_tables()


def _upgrade_rules() -> None:
    with altered("rules_of_procedure") as rules:
        rules.add_choice("state", "rules_state", ("draft", "adopted"), "adopted")
        rules.add("asked", JSON, "[]")
        rules.add("template_version", sa.Integer())
        rules.add("valid_from", sa.Date())
        rules.require("adopted_at", sa.DateTime(timezone=True), filled=False)
        rules.add_choice("adopted_by", "rules_adopted_by", ("officers", "question"))
        rules.add("confirmed_by", sa.Integer())
        rules.refer("confirmed_by", "officer")
    op.execute(
        "UPDATE rules_of_procedure SET valid_from = date(adopted_at), adopted_by = 'officers'"
    )
    with altered("confirmation") as confirmation:
        confirmation.add("rules_id", sa.Integer())
        confirmation.refer("rules_id", "rules_of_procedure")
        confirmation.require("round_id", sa.String(), filled=False)
        confirmation.uncheck("confirmation_act")
        confirmation.check("act", "confirmation_act", ACTS)


def _upgrade_rounds() -> None:
    states = ("votes", "vacant", "recused", "absent")
    with altered("round") as round_:
        round_.add("is_poll", sa.Boolean(), no())
    with altered("question") as question:
        question.add_choice("matter", "question_matter", ("funding", "other"), "funding")
        question.require("proposal_id", sa.Integer(), filled=False)
        question.add("rules_id", sa.Integer())
        question.refer("rules_id", "rules_of_procedure")
        question.require("amount_cents", sa.Integer(), filled=False)
        question.add("roll_gaps", JSON)
    with altered("recusal") as recusal:
        recusal.add_choice("declared_by", "recusal_declared_by", ("member", "officer"), "officer")
        recusal.add("declared_at", sa.DateTime(timezone=True))
        recusal.add("reason", sa.String(), "")
        recusal.add("may_be_named", sa.Boolean(), no())
    with altered("roll_entry") as entry:
        entry.add_choice("state", "roll_state", states, "votes")


def _create_tables() -> None:
    op.create_table(
        "coordinator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("side", choice("coordinator_side", "bezirk", "senate"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordinator")),
    )
    op.create_table(
        "coordination",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        of_area("coordination"),
        sa.ForeignKeyConstraint(
            ["coordinator_id"],
            ["coordinator.id"],
            name=op.f("fk_coordination_coordinator_id"),
        ),
        sa.PrimaryKeyConstraint("area_id", "coordinator_id", name=op.f("pk_coordination")),
    )
    op.create_table(
        "deputy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        of_area("deputy"),
        in_area("deputy", "member_id", "member"),
        in_area("deputy", "seat_id", "seat"),
        in_area("deputy", "term_id", "term"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_deputy_area_id_id")),
    )
    op.create_table(
        "reserve_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("segment", choice("reserve_segment", "resident", "partner"), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column(
            "left_reason",
            choice("reserve_left_reason", "moved_up", "declined", "moved", "other"),
            nullable=True,
        ),
        of_area("reserve_place"),
        in_area("reserve_place", "member_id", "member"),
        in_area("reserve_place", "term_id", "term"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserve_place")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_reserve_place_area_id_id")),
        sa.UniqueConstraint("term_id", "rank", name=op.f("uq_reserve_place_term_id_rank")),
    )
    op.create_table(
        "roster_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("rows", JSON, nullable=False),
        sa.Column("mapping", JSON, nullable=False),
        of_area("roster_import"),
        in_area("roster_import", "body_id", "body"),
        in_area("roster_import", "uploaded_by", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
    )
    op.create_table(
        "spare_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verifier", sa.String(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        of_area("spare_card"),
        in_area("spare_card", "term_id", "term"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spare_card")),
        sa.UniqueConstraint("term_id", "number", name=op.f("uq_spare_card_term_id_number")),
        sa.UniqueConstraint("verifier", name=op.f("uq_spare_card_verifier")),
    )


def downgrade() -> None:
    """Drop what is new; stop where the older tables have no place for a row."""
    for table in TABLES:
        op.drop_table(table)
    with altered("roll_entry") as entry:
        entry.drop_choice("state", "roll_state")
    with altered("recusal") as recusal:
        recusal.drop_choice("declared_by", "recusal_declared_by")
        for column in ("declared_at", "reason", "may_be_named"):
            recusal.batch.drop_column(column)
    with altered("question") as question:
        question.drop_choice("matter", "question_matter")
        question.require("proposal_id", sa.Integer(), filled=True)
        question.require("amount_cents", sa.Integer(), filled=True)
        question.unrefer("rules_id")
        question.batch.drop_column("rules_id")
        question.batch.drop_column("roll_gaps")
    with altered("round") as round_:
        round_.batch.drop_column("is_poll")
    _downgrade_rules()
    with altered("membership") as membership:
        membership.drop_choice("role", "membership_role")
        membership.drop_choice("source", "membership_source")
        membership.drop_choice("end_reason", "membership_end_reason")
        for column in ("position", "is_dual_role", "dual_role"):
            membership.batch.drop_column(column)
    with altered("member") as member:
        member.batch.drop_column("may_be_named")
    with altered("seat") as seat:
        seat.uncheck("seat_segment")
        seat.check("segment", "seat_segment", SEGMENTS[:2])
        seat.batch.drop_column("ended_on")
    with altered("body") as body:
        body.drop_choice("level", "body_level")
        body.uncheck("body_kind")
        body.check("kind", "body_kind", BODY_KINDS[:3])
    with altered("action_goal") as goal:
        goal.batch.drop_constraint(op.f("uq_action_goal_area_id_version_position"), type_="unique")
        goal.batch.create_unique_constraint(
            op.f("uq_action_goal_area_id_position"), ["area_id", "position"]
        )
        goal.batch.drop_column("version")
    with altered("area") as area:
        area.drop_choice("status", "area_status")
        for column in ("closes_on", "contractor", "mandated_by"):
            area.batch.drop_column(column)


def _downgrade_rules() -> None:
    with altered("confirmation") as confirmation:
        confirmation.unrefer("rules_id")
        confirmation.batch.drop_column("rules_id")
        confirmation.require("round_id", sa.String(), filled=True)
        confirmation.uncheck("confirmation_act")
        confirmation.check("act", "confirmation_act", ACTS[:3])
    with altered("rules_of_procedure") as rules:
        rules.drop_choice("state", "rules_state")
        rules.drop_choice("adopted_by", "rules_adopted_by")
        rules.unrefer("confirmed_by")
        for column in ("asked", "template_version", "valid_from", "confirmed_by"):
            rules.batch.drop_column(column)
        rules.require("adopted_at", sa.DateTime(timezone=True), filled=True)
