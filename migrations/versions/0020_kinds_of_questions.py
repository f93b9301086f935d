"""Questions of other kinds and the group of a body"""

import sqlalchemy as sa

from migrations.alteration import altered, no

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


COUNTS = ("fewest", "most", "places")


def upgrade() -> None:
    with altered("question") as question:
        question.add_choice("kind", "question_kind", ("yes_no", "choice", "grade"), "yes_no")
        for name in COUNTS:
            question.add(name, sa.Integer(), "1")
        question.add("has_blank", sa.Boolean(), no())


def downgrade() -> None:
    with altered("question") as question:
        question.drop_choice("kind", "question_kind")
        for name in (*COUNTS, "has_blank"):
            question.batch.drop_column(name)
