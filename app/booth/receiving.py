"""A submission arrives: its sender may fail only so often, whatever the answer was."""

from app import throttle
from app.booth.casting import cast
from app.errors import Refused
from app.json_request import read_object
from app.models import Member

MOST_BROKEN = 20
# A hundred questions with three answers, in the group whose numbers are longer.
MOST_BYTES = 768 * 1024
BROKEN = {"malformed", "incomplete", "proof_broken", "question_unknown"}


def receive(member: Member, round_id: str) -> str:
    """Cast what this request brings; broken ballots cost work and are counted."""
    scope = f"ballot-{member.id}"
    throttle.require_free(scope, MOST_BROKEN)
    try:
        return cast(member, round_id, read_object("malformed"))
    except Refused as refusal:
        if refusal.code in BROKEN:
            throttle.count_failure(scope, MOST_BROKEN)
        raise
