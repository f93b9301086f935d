"""Rounds that stand where a press of the desk makes another one, for the walk."""

from datetime import UTC, datetime

from sqlmodel import Session

from app import subject
from app.models import Question, Round
from app.round import confirming, preparing
from tests.app import builder
from tests.app.rights.ground import Ground


def build(held: Session, ground: Ground) -> None:
    """An item with a proposal, a typed draft, a void round, and one that cannot be opened."""
    council, now = ground.council, datetime.now(UTC)
    proposal = builder.build_proposal(held, council, f"{ground.name} Punkt")
    item = builder.build_item(held, council, proposal_id=proposal.id)
    ground.set_at("desk.vote_on_item", item_id=item.id)
    ground.set_at("desk.ask_item", item_id=builder.build_item(held, council).id)
    typed = _typed(held, ground, now)
    ground.set_at("desk.reword", question_id=typed.id)
    ground.set_at("desk.schedule", round_id=typed.round_id)
    ground.set_at("desk.repeat", round_id=_void(held, ground, now).id)
    builder.set_rules(held, council, small_roll__effect="open_vote")
    stuck = builder.prepare_round(held, council, recused={1: council.members[:5]})
    ground.set_at("desk.follow", round_id=stuck.id)


def _typed(held: Session, ground: Ground, now: datetime) -> Question:
    words = {"de": f"{ground.name} Sofa", "en": f"{ground.name} sofa"}
    council, asked = ground.council, subject.of_free(words, words)
    draft = preparing.draft(held, council.body, council.meeting, [asked], now)
    return preparing.questions_of(held, draft)[0]


def _void(held: Session, ground: Ground, now: datetime) -> Round:
    round_ = builder.prepare_round(held, ground.council)
    first, second = ground.council.moderators
    asked = confirming.request(
        held, act="void_round", round_=round_, reason="Strom weg", officer=first, now=now
    )
    confirming.confirm(held, asked, second, now)
    return round_
