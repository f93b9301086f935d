"""Who may doubt a published decision, until when, and who may annul it."""

from datetime import date

from voting.rules import deadlines
from voting.rules.procedure import Procedure


def is_allowed(
    *, was_on_roll: bool, is_resident: bool, published: date, today: date, procedure: Procedure
) -> bool:
    """Tell whether a person may object today, by `objection.by` and `objection.days`."""
    if today > deadlines.objection(published, procedure):
        return False
    return was_on_roll or (is_resident and procedure.choice("objection.by") == "residents")


def needs_vote(procedure: Procedure) -> bool:
    """Tell whether an annulment also needs a vote of the body, by `annul.by`."""
    return procedure.choice("annul.by") == "body"
