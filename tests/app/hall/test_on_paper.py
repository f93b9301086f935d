"""A vote on paper alone has no box and no phones, and the screen in the hall says so."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlmodel import Session

from app.models import Round
from app.round import by_hand, closing, hand_count, opening, showing
from app.round.preparing import questions_of
from tests.app import builder, deciding
from tests.app.builder import Browser, Council

NUMBERS = {"yes": 6, "no": 2, "abstain": 0, "invalid": 1, "present": 9, "residents": None}
OF_A_BOX = ("Jetzt abstimmen", "Abgestimmt</", "Stimmen in der Urne", "Schlüssel des Büros")


def test_from_the_opening_to_the_result(
    held: Session,
    area: Council,
    prepared_round: Callable[..., Round],
    screen: str,
    beamer: Browser,
) -> None:
    round_, now = prepared_round(), datetime.now(UTC)
    by_hand.choose_way(held, round_, "paper")
    opening.open_round(held, round_, now)
    held.commit()
    shown = beamer.get(screen).text
    assert "Abgestimmt wird auf Papier." in shown
    assert not any(each in shown for each in OF_A_BOX)
    [question] = questions_of(held, round_)
    for officer in area.moderators:
        hand_count.enter(held, question, officer, NUMBERS, "Kein Netz", now)
    closing.close(held, round_, now)
    held.commit()
    shown = beamer.get(screen).text
    assert "Zwei Personen haben gezählt" in shown
    assert not any(each in shown for each in OF_A_BOX)
    held.refresh(round_)
    held.commit()
    deciding.count(held, round_)
    showing.show(held, held.get_one(Round, round_.id), now)
    held.commit()
    assert "1 Zettel war ungültig." in beamer.get(screen).text


def test_a_vote_with_a_box_says_all_of_that(
    held: Session, area: Council, screen: str, beamer: Browser
) -> None:
    """The control: phones vote and a box is counted."""
    builder.open_round(held, builder.prepare_round(held, area))
    shown = beamer.get(screen).text
    assert all(each in shown for each in OF_A_BOX[:1])
    assert "auf Papier" not in shown
