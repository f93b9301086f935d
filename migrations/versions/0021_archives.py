"""When the box of a round is deleted, and what is left of it then"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.alteration import JSON, altered
from voting.rules.disclosure import archive_end
from voting.rules.procedure import Procedure

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ROUND = sa.table(
    "round",
    *(sa.column(name) for name in ("id", "term_id", "rules_id", "secrecy", "is_on_paper")),
    sa.column("box_ends_on", sa.Date()),
)
TERM = sa.table("term", sa.column("id"), sa.column("ends_on", sa.Date()))
RULES = sa.table("rules_of_procedure", sa.column("id"), sa.column("parameters", JSON))


def upgrade() -> None:
    with altered("round") as round_:
        round_.add("box_ends_on", sa.Date())
    with altered("question") as question:
        question.add("box_hashes", JSON)
    found = op.get_bind().execute(
        sa.select(ROUND.c.id, TERM.c.ends_on, RULES.c.parameters)
        .join(TERM, TERM.c.id == ROUND.c.term_id)
        .join(RULES, RULES.c.id == ROUND.c.rules_id)
        .where(ROUND.c.secrecy == "secret", ROUND.c.is_on_paper == sa.false())
    )
    for round_id, ends_on, parameters in found.all():
        op.execute(
            sa.update(ROUND)
            .where(ROUND.c.id == round_id)
            .values(box_ends_on=_end(ends_on, parameters))
        )


def _end(term_end: date, parameters: Mapping[str, Any]) -> date | None:
    """As rounds that open now have it."""
    if parameters.get("archive.keep_months") is None:
        return None
    return archive_end(term_end, Procedure(parameters))


def downgrade() -> None:
    with altered("question") as question:
        question.batch.drop_column("box_hashes")
    with altered("round") as round_:
        round_.batch.drop_column("box_ends_on")
