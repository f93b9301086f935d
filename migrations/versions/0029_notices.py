"""Grants that are completed, the table of a jury evening in the hall, letters to applicants"""

import sqlalchemy as sa
from alembic import op

from migrations.alteration import MOMENT, altered, choice, in_area, of_area

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

GRANT = ("approved", "settled", "ended")
PROPOSAL = (
    *("admitted", "scheduled", "recommended", "not_recommended", "approved", "rejected"),
    *("withdrawn", "cancelled", "settled"),
)
ACTS = (
    *("pot_change", "approve", "reduce", "pay", "withdraw", "cancel", "annul", "settle"),
    "repay",
)


def upgrade() -> None:
    _allow(("completed",), ("complete",))
    with altered("meeting") as meeting:
        meeting.add("table_shown_at", MOMENT)
    op.create_table(
        "applicant_letter",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column(
            "about", choice("applicant_letter_about", "published", "annulled"), nullable=False
        ),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("via", choice("applicant_letter_via", "post", "office", "spoken")),
        sa.Column("told_at", MOMENT),
        of_area("applicant_letter"),
        in_area("applicant_letter", "decision_id", "decision"),
        sa.PrimaryKeyConstraint("decision_id", "about", name=op.f("pk_applicant_letter")),
    )


def downgrade() -> None:
    """A completed grant was settled, or ended, before; which one its movements still say."""
    op.drop_table("applicant_letter")
    with altered("meeting") as meeting:
        meeting.batch.drop_column("table_shown_at")
    grant, movement, proposal = (
        sa.table(name, *(sa.column(each) for each in columns))
        for name, columns in (
            ("grant", ("id", "state")),
            ("movement", ("act", "grant_id")),
            ("proposal", ("state",)),
        )
    )
    settled = sa.select(movement.c.grant_id).where(movement.c.act == "settle")
    done = grant.update().where(grant.c.state == "completed")
    op.execute(done.where(grant.c.id.in_(settled)).values(state="settled"))
    op.execute(done.values(state="ended"))
    op.execute(proposal.update().where(proposal.c.state == "completed").values(state="settled"))
    op.execute(movement.delete().where(movement.c.act == "complete"))
    _allow((), ())


def _allow(states: tuple[str, ...], acts: tuple[str, ...]) -> None:
    """Let grants and proposals have these states too, and movements these acts."""
    for table, column, check, values in (
        ("grant", "state", "grant_state", GRANT + states),
        ("proposal", "state", "proposal_state", PROPOSAL + states),
        ("movement", "act", "movement_act", ACTS + acts),
    ):
        with altered(table) as changed:
            changed.uncheck(check)
            changed.check(column, check, values)
