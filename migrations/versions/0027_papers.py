"""Who enters papers and counts is one of two persons, members too; a roll call has two as well"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import MOMENT, altered, in_area, of_area

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ACTS = (
    *("close_early", "confirm_result", "void_round", "adopt_rules"),
    *("replace_card", "replace_card_home", "change_roster", "hand_over_area"),
    *("annul_decision", "correct_summary", "open_epoch", "count_again"),
    "pay_grant",
)
ADDED = ("return_paper",)
ANSWERS = ("yes", "no", "abstain")
UNANSWERED = ("no_answer",)
COUNTS = ("yes", "no", "abstain", "present", "residents")
LONG_AGO = "'2000-01-01 00:00:00+00:00'"


def upgrade() -> None:
    _create("paper_enterer", "round")
    _create("roll_call", "question")
    _create("count_entry", "question", *_numbers("yes", "no", "abstain", "invalid", "present"))
    for place, column in ((1, "first_id"), (2, "second_id")):
        _copy(
            "INSERT INTO paper_enterer (area_id, round_id, place, officer_id, reason, entered_at)"
            f" SELECT area_id, round_id, {place}, {column}, '', {LONG_AGO} FROM paper_set"
            f" WHERE {column} IS NOT NULL"
        )
    _copy(
        "INSERT INTO count_entry (area_id, question_id, place, officer_id, reason, entered_at,"
        f" invalid, {', '.join(COUNTS)}) SELECT area_id, question_id, row_number() OVER"
        f" (PARTITION BY question_id ORDER BY officer_id), officer_id, '', {LONG_AGO},"
        f" 0, {', '.join(COUNTS)} FROM hand_count"
    )
    for table in ("paper_set", "hand_count"):
        op.drop_table(table)
    _forget_first_entries()
    with altered("paper") as paper:
        paper.unrefer("entered_by")
        paper.batch.drop_column("entered_by")
        paper.add("place", sa.Integer())
        paper.add("entered_at", MOMENT)
    _let_be(ACTS + ADDED, ANSWERS + UNANSWERED)


def downgrade() -> None:
    asked = sa.table("confirmation", sa.column("act"))
    op.execute(asked.delete().where(asked.c.act.in_(ADDED)))
    answered = sa.table("roll_answer", sa.column("answer"))
    op.execute(answered.delete().where(answered.c.answer.in_(UNANSWERED)))
    _let_be(ACTS, ANSWERS)
    _forget_first_entries()
    with altered("paper") as paper:
        paper.batch.drop_column("entered_at")
        paper.batch.drop_column("place")
        paper.add("entered_by", sa.Integer())
        paper.refer("entered_by", "officer")
    _create_old()
    _copy(
        "INSERT INTO paper_set (area_id, round_id, first_id, second_id)"
        " SELECT a.area_id, a.round_id, a.officer_id, b.officer_id FROM paper_enterer a"
        " LEFT JOIN paper_enterer b ON b.round_id = a.round_id AND b.place = 2"
        " WHERE a.place = 1 AND a.officer_id IS NOT NULL"
    )
    named = ", ".join(("area_id", "question_id", "officer_id", *COUNTS))
    _copy(
        f"INSERT INTO hand_count ({named}) SELECT {named} FROM count_entry"
        " WHERE officer_id IS NOT NULL"
    )
    for table in ("count_entry", "roll_call", "paper_enterer"):
        op.drop_table(table)


def _copy(statement: str) -> None:
    op.execute(sa.text(statement))


def _numbers(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names] + [
        sa.Column("residents", sa.Integer(), nullable=True)
    ]


def _create(table: str, about: str, *others: sa.Column) -> None:
    """A table of what one of two persons entered."""
    op.create_table(
        table,
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column(f"{about}_id", sa.String(), nullable=False),
        *others,
        sa.CheckConstraint(
            "(member_id IS NULL) <> (officer_id IS NULL)",
            name=op.f(f"ck_{table}_{table}_one_person"),
        ),
        of_area(table),
        in_area(table, f"{about}_id", about),
        in_area(table, "officer_id", "officer"),
        in_area(table, "member_id", "member"),
        sa.PrimaryKeyConstraint("place", f"{about}_id", name=op.f(f"pk_{table}")),
    )


def _create_old() -> None:
    op.create_table(
        "paper_set",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "first_id <> second_id", name=op.f("ck_paper_set_paper_set_two_persons")
        ),
        of_area("paper_set"),
        in_area("paper_set", "round_id", "round"),
        in_area("paper_set", "first_id", "officer"),
        in_area("paper_set", "second_id", "officer"),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_paper_set")),
    )
    op.create_table(
        "hand_count",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        *_numbers("yes", "no", "abstain", "present"),
        of_area("hand_count"),
        in_area("hand_count", "question_id", "question"),
        in_area("hand_count", "officer_id", "officer"),
        sa.PrimaryKeyConstraint("question_id", "officer_id", name=op.f("pk_hand_count")),
    )


def _forget_first_entries() -> None:
    """Papers that wait for the second person are entered anew."""
    op.execute(sa.table("paper", sa.column("tracker")).update().values(tracker=None))


def _let_be(acts: tuple[str, ...], answers: tuple[str, ...]) -> None:
    with altered("confirmation") as confirmation:
        confirmation.uncheck("confirmation_act")
        confirmation.check("act", "confirmation_act", acts)
    with altered("roll_answer") as roll_answer:
        roll_answer.uncheck("roll_answer_answer")
        roll_answer.check("answer", "roll_answer_answer", answers)
