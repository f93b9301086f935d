"""First tables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def choice(name: str, *values: str) -> sa.Enum:
    """A text column that takes one of these values; PostgreSQL's own enums survive a downgrade."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bezirk", sa.String(), nullable=False),
        sa.Column("office_address", sa.String(), nullable=False),
        sa.Column("office_hours", sa.String(), nullable=False),
        sa.Column("office_phone", sa.String(), nullable=False),
        sa.Column("office_mail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("slug", name=op.f("uq_area_slug")),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    op.create_table(
        "throttle",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("window_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "network", name=op.f("pk_throttle")),
    )
    op.create_table(
        "action_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_action_goal_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_goal")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_action_goal_area_id_id")),
        sa.UniqueConstraint("area_id", "position", name=op.f("uq_action_goal_area_id_position")),
    )
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("kind", choice("body_kind", "council", "jury", "steering_round"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_body_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_body_area_id_id")),
    )
    op.create_table(
        "log_entry",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("leaf", sa.String(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("peaks", JSON, nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_log_entry_area_id")),
        sa.PrimaryKeyConstraint("area_id", "seq", name=op.f("pk_log_entry")),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_member_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_member_area_id_id")),
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", choice("officer_role", "moderator", "administrator"), nullable=False),
        sa.Column("mail", sa.String(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_officer_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_officer_area_id_id")),
    )
    op.create_table(
        "enrolment_nonce",
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id", "member_id"],
            ["member.area_id", "member.id"],
            name=op.f("fk_enrolment_nonce_area_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_enrolment_nonce_area_id")),
        sa.PrimaryKeyConstraint("nonce", name=op.f("pk_enrolment_nonce")),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id", "body_id"],
            ["body.area_id", "body.id"],
            name=op.f("fk_meeting_area_id_body_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_meeting_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_meeting_area_id_id")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("action_goal_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("applicant", sa.String(), nullable=False),
        sa.Column("requested_cents", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            choice("proposal_state", "admitted", "scheduled", "recommended", "not_recommended"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "requested_cents > 0", name=op.f("ck_proposal_proposal_requested_positive")
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "action_goal_id"],
            ["action_goal.area_id", "action_goal.id"],
            name=op.f("fk_proposal_area_id_action_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "body_id"],
            ["body.area_id", "body.id"],
            name=op.f("fk_proposal_area_id_body_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_proposal_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_proposal_area_id_id")),
        sa.UniqueConstraint("area_id", "year", "n", name=op.f("uq_proposal_area_id_year_n")),
    )
    op.create_table(
        "rules_of_procedure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parameters", JSON, nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id", "body_id"],
            ["body.area_id", "body.id"],
            name=op.f("fk_rules_of_procedure_area_id_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "entered_by"],
            ["officer.area_id", "officer.id"],
            name=op.f("fk_rules_of_procedure_area_id_entered_by"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_rules_of_procedure_area_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules_of_procedure")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_rules_of_procedure_area_id_id")),
        sa.UniqueConstraint(
            "body_id", "version", name=op.f("uq_rules_of_procedure_body_id_version")
        ),
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("segment", choice("seat_segment", "resident", "partner"), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id", "body_id"],
            ["body.area_id", "body.id"],
            name=op.f("fk_seat_area_id_body_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_seat_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_seat_area_id_id")),
        sa.UniqueConstraint("body_id", "position", name=op.f("uq_seat_body_id_position")),
    )
    op.create_table(
        "sign_in_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(member_id IS NULL) <> (officer_id IS NULL)",
            name=op.f("ck_sign_in_link_sign_in_link_one_person"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "member_id"],
            ["member.area_id", "member.id"],
            name=op.f("fk_sign_in_link_area_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "officer_id"],
            ["officer.area_id", "officer.id"],
            name=op.f("fk_sign_in_link_area_id_officer_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_sign_in_link_area_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_link")),
    )
    op.create_table(
        "term",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id", "body_id"],
            ["body.area_id", "body.id"],
            name=op.f("fk_term_area_id_body_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_term_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_term_area_id_id")),
    )
    op.create_table(
        "user_session",
        sa.Column("id_hash", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(member_id IS NULL) <> (officer_id IS NULL)",
            name=op.f("ck_user_session_user_session_one_person"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "member_id"],
            ["member.area_id", "member.id"],
            name=op.f("fk_user_session_area_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "officer_id"],
            ["officer.area_id", "officer.id"],
            name=op.f("fk_user_session_area_id_officer_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_user_session_area_id")),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_user_session")),
    )
    op.create_table(
        "attendance",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id", "meeting_id"],
            ["meeting.area_id", "meeting.id"],
            name=op.f("fk_attendance_area_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "member_id"],
            ["member.area_id", "member.id"],
            name=op.f("fk_attendance_area_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_attendance_area_id")),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_attendance")),
    )
    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.String(), nullable=False),
        sa.Column("verifier", sa.String(), nullable=False),
        sa.Column("wrapped", sa.String(), nullable=True),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["area_id", "member_id"],
            ["member.area_id", "member.id"],
            name=op.f("fk_card_area_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "term_id"],
            ["term.area_id", "term.id"],
            name=op.f("fk_card_area_id_term_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_card_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_card_area_id_id")),
        sa.UniqueConstraint("verifier", name=op.f("uq_card_verifier")),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id", "member_id"],
            ["member.area_id", "member.id"],
            name=op.f("fk_comment_area_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "proposal_id"],
            ["proposal.area_id", "proposal.id"],
            name=op.f("fk_comment_area_id_proposal_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_comment_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_proposal_id"), "comment", ["proposal_id"])
    op.create_table(
        "cost_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "amount_cents >= 0", name=op.f("ck_cost_item_cost_item_amount_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "proposal_id"],
            ["proposal.area_id", "proposal.id"],
            name=op.f("fk_cost_item_area_id_proposal_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_cost_item_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_item")),
        sa.UniqueConstraint(
            "proposal_id", "position", name=op.f("uq_cost_item_proposal_id_position")
        ),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id", "member_id"],
            ["member.area_id", "member.id"],
            name=op.f("fk_membership_area_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "seat_id"],
            ["seat.area_id", "seat.id"],
            name=op.f("fk_membership_area_id_seat_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "term_id"],
            ["term.area_id", "term.id"],
            name=op.f("fk_membership_area_id_term_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_membership_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_membership_area_id_id")),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("rules_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            choice("round_state", "draft", "announced", "open", "closed", "void"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_call_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("close_reason", sa.String(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["area_id", "body_id"],
            ["body.area_id", "body.id"],
            name=op.f("fk_round_area_id_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "meeting_id"],
            ["meeting.area_id", "meeting.id"],
            name=op.f("fk_round_area_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "rules_id"],
            ["rules_of_procedure.area_id", "rules_of_procedure.id"],
            name=op.f("fk_round_area_id_rules_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "term_id"],
            ["term.area_id", "term.id"],
            name=op.f("fk_round_area_id_term_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_round_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_round_area_id_id")),
    )
    op.create_table(
        "voting_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.String(), nullable=False),
        sa.Column("group", choice("key_group", "Ed25519", "BELENIOS-2048"), nullable=False),
        sa.Column("point", sa.String(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id", "member_id"],
            ["member.area_id", "member.id"],
            name=op.f("fk_voting_key_area_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "term_id"],
            ["term.area_id", "term.id"],
            name=op.f("fk_voting_key_area_id_term_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_voting_key_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voting_key")),
        sa.UniqueConstraint(
            "term_id", "group", "member_id", name=op.f("uq_voting_key_term_id_group_member_id")
        ),
        sa.UniqueConstraint(
            "term_id", "group", "point", name=op.f("uq_voting_key_term_id_group_point")
        ),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("wording", JSON, nullable=False),
        sa.Column("options", JSON, nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column(
            "state",
            choice(
                "question_state",
                "listed",
                "taken_out",
                "counted",
                "too_few_ballots",
                "confirmed",
                "published",
            ),
            nullable=False,
        ),
        sa.Column("taken_out_reason", sa.String(), nullable=True),
        sa.Column("roll_facts", JSON, nullable=True),
        sa.Column("required_yes", sa.Integer(), nullable=True),
        sa.Column("outcome", JSON, nullable=True),
        sa.ForeignKeyConstraint(
            ["area_id", "proposal_id"],
            ["proposal.area_id", "proposal.id"],
            name=op.f("fk_question_area_id_proposal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "round_id"],
            ["round.area_id", "round.id"],
            name=op.f("fk_question_area_id_round_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_question_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_question_area_id_id")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_question_round_id_position")),
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id", "round_id"],
            ["round.area_id", "round.id"],
            name=op.f("fk_receipt_area_id_round_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_receipt_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
    )
    op.create_table(
        "board",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("group", choice("board_group", "Ed25519", "BELENIOS-2048"), nullable=False),
        sa.Column(
            "stage", choice("board_stage", "open", "ended", "tallied", "done"), nullable=False
        ),
        sa.Column("timestamp", sa.Integer(), nullable=False),
        sa.Column("election", sa.String(), nullable=False),
        sa.Column("credentials_hash", sa.String(), nullable=False),
        sa.Column("phi", sa.String(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("strong", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["area_id", "question_id"],
            ["question.area_id", "question.id"],
            name=op.f("fk_board_area_id_question_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_board_area_id")),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_board")),
    )
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            choice("confirmation_act", "close_early", "confirm_result", "void_round"),
            nullable=False,
        ),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["area_id", "confirmed_by"],
            ["officer.area_id", "officer.id"],
            name=op.f("fk_confirmation_area_id_confirmed_by"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "question_id"],
            ["question.area_id", "question.id"],
            name=op.f("fk_confirmation_area_id_question_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "requested_by"],
            ["officer.area_id", "officer.id"],
            name=op.f("fk_confirmation_area_id_requested_by"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "round_id"],
            ["round.area_id", "round.id"],
            name=op.f("fk_confirmation_area_id_round_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_confirmation_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("page", JSON, nullable=False),
        sa.Column("summary", JSON, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id", "body_id"],
            ["body.area_id", "body.id"],
            name=op.f("fk_decision_area_id_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "question_id"],
            ["question.area_id", "question.id"],
            name=op.f("fk_decision_area_id_question_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_decision_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("area_id", "id", name=op.f("uq_decision_area_id_id")),
        sa.UniqueConstraint("question_id", name=op.f("uq_decision_question_id")),
        sa.UniqueConstraint("year", "n", name=op.f("uq_decision_year_n")),
    )
    op.create_index(op.f("ix_decision_area_id"), "decision", ["area_id"])
    op.create_table(
        "recusal",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id", "member_id"],
            ["member.area_id", "member.id"],
            name=op.f("fk_recusal_area_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "question_id"],
            ["question.area_id", "question.id"],
            name=op.f("fk_recusal_area_id_question_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_recusal_area_id")),
        sa.PrimaryKeyConstraint("question_id", "member_id", name=op.f("pk_recusal")),
    )
    op.create_table(
        "roll_entry",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("segment", choice("roll_segment", "resident", "partner"), nullable=False),
        sa.Column(
            "via", choice("roll_via", "holder", "deputy", "pool", "reserve_list"), nullable=False
        ),
        sa.Column("credential", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["area_id", "member_id"],
            ["member.area_id", "member.id"],
            name=op.f("fk_roll_entry_area_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "question_id"],
            ["question.area_id", "question.id"],
            name=op.f("fk_roll_entry_area_id_question_id"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "seat_id"],
            ["seat.area_id", "seat.id"],
            name=op.f("fk_roll_entry_area_id_seat_id"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_roll_entry_area_id")),
        sa.PrimaryKeyConstraint("question_id", "seat_id", name=op.f("pk_roll_entry")),
        sa.UniqueConstraint(
            "question_id", "credential", name=op.f("uq_roll_entry_question_id_credential")
        ),
        sa.UniqueConstraint(
            "question_id", "member_id", name=op.f("uq_roll_entry_question_id_member_id")
        ),
    )
    op.create_table(
        "ballot",
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("tracker", sa.String(), nullable=False),
        sa.Column("credential", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["board.question_id"], name=op.f("fk_ballot_question_id")
        ),
        sa.PrimaryKeyConstraint("question_id", "height", name=op.f("pk_ballot")),
        sa.UniqueConstraint("question_id", "tracker", name=op.f("uq_ballot_question_id_tracker")),
    )
    op.create_table(
        "board_event",
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["board.question_id"], name=op.f("fk_board_event_question_id")
        ),
        sa.PrimaryKeyConstraint("question_id", "height", name=op.f("pk_board_event")),
    )
    op.create_table(
        "credential_pointer",
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("credential", sa.String(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["board.question_id"], name=op.f("fk_credential_pointer_question_id")
        ),
        sa.PrimaryKeyConstraint("question_id", "credential", name=op.f("pk_credential_pointer")),
    )


def downgrade() -> None:
    op.drop_table("credential_pointer")
    op.drop_table("board_event")
    op.drop_table("ballot")
    op.drop_table("roll_entry")
    op.drop_table("recusal")
    op.drop_index(op.f("ix_decision_area_id"), "decision")
    op.drop_table("decision")
    op.drop_table("confirmation")
    op.drop_table("board")
    op.drop_table("receipt")
    op.drop_table("question")
    op.drop_table("voting_key")
    op.drop_table("round")
    op.drop_table("membership")
    op.drop_table("cost_item")
    op.drop_index(op.f("ix_comment_proposal_id"), "comment")
    op.drop_table("comment")
    op.drop_table("card")
    op.drop_table("attendance")
    op.drop_table("user_session")
    op.drop_table("term")
    op.drop_table("sign_in_link")
    op.drop_table("seat")
    op.drop_table("rules_of_procedure")
    op.drop_table("proposal")
    op.drop_table("meeting")
    op.drop_table("enrolment_nonce")
    op.drop_table("officer")
    op.drop_table("member")
    op.drop_table("log_entry")
    op.drop_table("body")
    op.drop_table("action_goal")
    op.drop_table("throttle")
    op.drop_table("mail")
    op.drop_table("installation")
    op.drop_table("area")
