"""Proposals, rounds and ballots of the council."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from app import recusal, subject
from app.demo.phone import Phone
from app.models import (
    AgendaItem,
    Board,
    BoardEvent,
    CostItem,
    Member,
    Proposal,
    Question,
    RollEntry,
    Round,
)
from app.round import announcing, circulating, opening, preparing
from tests.app.builder.council import Council
from tests.app.builder.rows import LONG_AGO, store
from tests.app.builder.rules import set_rules


def build_proposal(held: Session, council: Council, title: str, cents: int = 120_000) -> Proposal:
    """Store an admitted proposal with two cost items that make its sum."""
    n = len(held.exec(select(Proposal).where(Proposal.area_id == council.area.id)).all()) + 1
    proposal = store(
        held,
        Proposal(
            area_id=council.area.id,
            body_id=council.body.id,
            action_goal_id=council.goal.id,
            year=2026,
            n=n,
            title=title,
            what="Wir bauen **Hochbeete** im Hof.",
            why="Damit sich die Nachbarschaft trifft.",
            applicant="Hausgemeinschaft Anger",
            requested_cents=cents,
            created_at=LONG_AGO,
        ),
    )
    for position, (label, amount) in enumerate(
        [("Holz", cents // 3), ("Erde", cents - cents // 3)]
    ):
        store(
            held,
            CostItem(
                area_id=council.area.id,
                proposal_id=proposal.id,
                position=position,
                label=label,
                amount_cents=amount,
            ),
        )
    return proposal


def build_item(held: Session, council: Council, **values: Any) -> AgendaItem:
    """Store one more agenda item of the council's meeting; it is voted on unless said otherwise."""
    items = select(AgendaItem).where(AgendaItem.meeting_id == council.meeting.id)
    item = AgendaItem(
        area_id=council.area.id,
        meeting_id=council.meeting.id,
        position=len(held.exec(items).all()) + 1,
        **{"kind": "vote", "title": "Antrag"} | values,
    )
    store(held, item)
    held.commit()
    return item


def prepare_round(
    held: Session,
    council: Council,
    *,
    questions: int = 1,
    recused: Mapping[int, Iterable[Member]] | None = None,
    now: datetime | None = None,
) -> Round:
    """Draft and announce a round; `recused` maps a question's position (from 1) to members."""
    now = now or datetime.now(UTC)
    proposals = [
        build_proposal(held, council, title)
        for title in ("Hochbeete im Hof", "Fest am Anger", "Bänke am Weg")[:questions]
    ]
    round_ = preparing.prepare(
        held, body=council.body, meeting=council.meeting, proposals=proposals, now=now
    )
    for question in preparing.questions_of(held, round_):
        for member in (recused or {}).get(question.position, ()):
            recusal.declare(
                held, question, member.id, by="officer", reason="Vorstand im Verein", now=now
            )
    announcing.announce(held, round_, now)
    held.commit()
    return round_


def prepare_over_days(
    held: Session, council: Council, *, days: int = 7, absent: Iterable[Member] = ()
) -> Round:
    """Draft and announce a vote over days that ends so many days from now."""
    set_rules(held, council, circular__allowed="yes")
    now = datetime.now(UTC)
    proposal = build_proposal(held, council, "Spielstraße am Sonntag")
    round_ = preparing.prepare(held, body=council.body, meeting=None, proposals=[proposal], now=now)
    circulating.settle(
        held,
        round_,
        opens_at=None,
        closes_at=now + timedelta(days=days),
        absent=[each.id for each in absent],
    )
    announcing.announce(held, round_, now)
    held.commit()
    return round_


def prepare_choice(held: Session, council: Council, *options: str, **chosen: Any) -> Round:
    """Announce a round with one question about these options; `chosen` are numbers of a choice."""
    now = datetime.now(UTC)
    words = {"de": list(options), "en": [f"{each} (en)" for each in options]}
    asked = subject.of_free(
        {"de": "Neuer Name", "en": "New name"},
        {"de": "Wie soll der Platz heißen?", "en": "What should the square be called?"},
        subject.Choice(words, **chosen),
    )
    round_ = preparing.draft(held, council.body, council.meeting, [asked], now)
    announcing.announce(held, round_, now)
    held.commit()
    return round_


def open_round(held: Session, round_: Round, closes_at: datetime | None = None) -> Round:
    """Open an announced round and commit."""
    opening.open_round(held, round_, datetime.now(UTC), closes_at)
    held.commit()
    return round_


def make_submission(
    held: Session, phone: Phone, member: Member, round_: Round, choices: str | Mapping[str, str]
) -> dict[str, object]:
    """Real encrypted ballots for every question this member may vote on.

    `choices` is one answer for all, or maps question ids to answers.
    """
    rows = held.exec(
        select(Board)
        .join(Question, Question.id == Board.question_id)
        .join(RollEntry, RollEntry.question_id == Question.id)
        .where(Question.round_id == round_.id, RollEntry.member_id == member.id)
        .where(RollEntry.credential == phone.point_in(round_.group))
        .order_by(Question.position)
    )
    answers = {
        board.election: choices if isinstance(choices, str) else choices[board.question_id]
        for board in rows
    }
    held.commit()
    return phone.fill_in(answers)


def break_board(held: Session, round_: Round) -> str:
    """Turn one bit of a stored ballot, as a bad disk would; return the question's id."""
    event = held.exec(
        select(BoardEvent)
        .join(Question, Question.id == BoardEvent.question_id)
        .where(Question.round_id == round_.id, BoardEvent.type == "Ballot")
        .order_by(BoardEvent.height)
    ).first()
    middle = len(event.content) // 2
    flipped = bytes([event.content[middle] ^ 1])
    event.content = event.content[:middle] + flipped + event.content[middle + 1 :]
    held.commit()
    return event.question_id
