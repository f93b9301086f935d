"""Rounds with papers and rounds that people count, for the walk."""

from datetime import UTC, datetime

from sqlmodel import Session

from app.entropy import rand_scalar
from app.models import PaperEnterer, PaperNumber, Question, Round, Tablet
from app.round import papers, preparing, roll_call
from tests.app import builder
from tests.app.rights.ground import Ground
from voting.protocol.group import by_name

GROUP = by_name("Ed25519")


def start_tablet(held: Session, ground: Ground) -> None:
    verifier = f"tablet {ground.name}"
    made = Tablet(area_id=ground.council.area.id, verifier=verifier, started_by=ground.moderator.id)
    held.add(made)
    held.flush()
    ground.ids["tablet_id"] = made.id


def build(held: Session, ground: Ground) -> None:
    """A round with papers that are out, one counted by hand, one in which names are called."""
    question = _with_papers(held, ground)
    ground.set_at("paper.give_back", question_id=question.id, member_id=ground.member.id)
    ground.set_at("paper.enter paper.entry paper.state", round_id=question.round_id)
    ground.set_at("paper.count", question_id=_by_hand(held, ground, "open").id)
    called = _by_hand(held, ground, "roll_call")
    said = dict.fromkeys((each.id for each in ground.council.members), "yes")
    noted = ground.council.moderators[0]
    roll_call.answer(held, called, said, noted, "Mit Namen", datetime.now(UTC))
    ground.set_at("paper.answers paper.confirm_answers", question_id=called.id)
    ground.own["roll_call"] = {"seen": roll_call.mark(roll_call.answers_of(held, called))}


def _with_papers(held: Session, ground: Ground) -> Question:
    round_ = builder.prepare_round(held, ground.council)
    papers.mark(held, round_, {each.id: "paper" for each in ground.council.members[:2]})
    area, both = round_.area_id, (ground.moderator, ground.administrator)
    held.add_all(
        PaperEnterer(
            area_id=area,
            round_id=round_.id,
            place=place,
            officer_id=officer.id,
            reason="Ohne Handy",
            entered_at=datetime.now(UTC),
        )
        for place, officer in enumerate(both, start=1)
    )
    for number in (1, 2):
        point = GROUP.text(GROUP.power_g_secret(rand_scalar(GROUP.q)))
        held.add(PaperNumber(area_id=area, round_id=round_.id, number=number, point=point))
    held.flush()
    return _first(held, builder.open_round(held, round_))


def _by_hand(held: Session, ground: Ground, way: str) -> Question:
    round_ = builder.prepare_round(held, ground.council, now=datetime.now(UTC))
    round_.secrecy = way
    held.flush()
    return _first(held, builder.open_round(held, round_))


def _first(held: Session, round_: Round) -> Question:
    return preparing.questions_of(held, round_)[0]
