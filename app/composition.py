"""Whether residents hold the share of a body's seats that its rules ask for."""

from collections.abc import Sequence

from sqlmodel import Session

from app import rules_of_procedure
from app.body import Place, votes_by_ballot
from app.models import Body
from voting.rules.composition import Composition, check
from voting.rules.parameter import CATALOGUE, preset

SHARE = "body.resident_share"


def composition_of(held: Session, body: Body, places: Sequence[Place]) -> Composition | None:
    """Judge the filled seats of a council or jury; other bodies have no such rule."""
    if not votes_by_ballot(body):
        return None
    filled = [place.seat.segment for place in places if place.holders]
    return check(filled.count("resident"), len(filled), _share(held, body))


def _share(held: Session, body: Body) -> str:
    """The rule in force; without one, what the template offers for this kind of body."""
    rules = rules_of_procedure.in_force(held, body.id)
    offered = preset(body.kind).get(SHARE, CATALOGUE[SHARE].default)  # type: ignore[arg-type]
    return str((rules.parameters if rules else {}).get(SHARE) or offered)
