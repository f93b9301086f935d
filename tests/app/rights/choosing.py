"""A choice that ended level and was confirmed, for the walk."""

from sqlmodel import Session

from tests.app import builder, deciding
from tests.app.rights.ground import Ground

RULES = {
    "majority__other": "more_than_half",
    "choice__rule": "most_votes",
    "tie__rule": "repeat",
}


def build(held: Session, ground: Ground) -> None:
    builder.set_rules(held, ground.council, **RULES)
    round_ = builder.prepare_choice(held, ground.council, "Anger", "Markt")
    level = ["option-1"] * 3 + ["option-2"] * 3
    deciding.close_prepared(held, ground.council, round_, level)
    question = deciding.count(held, round_)[0]
    question.state = "confirmed"
    builder.set_rules(held, ground.council, **dict.fromkeys(RULES))
    held.commit()
    ground.set_at("desk.second_ballot", question_id=question.id)
