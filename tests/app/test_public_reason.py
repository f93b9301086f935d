"""What the decision log keeps for ever names nobody of the area."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from app import public_reason
from app.models import Confirmation, Round
from tests.app import builder
from tests.app.builder import Browser, Council


@pytest.mark.parametrize(
    "text",
    [
        "Aylin Kara war nicht da",
        "aylin  KARA",
        "Weil (Aylin\u200d Kara) es sagt.",
        "Die Karte von Aylin Kara's Tablet",
    ],
)
def test_a_whole_name_is_found_however_it_is_written(text: str) -> None:
    assert public_reason.is_any_in(["Jonas Wirth", "Aylin Kara"], text)


@pytest.mark.parametrize(
    "text", ["Der Strom war weg", "Aylin war nicht da", "Maylin Karabey", "Kara, Aylin", ""]
)
def test_other_words_are_free(text: str) -> None:
    assert not public_reason.is_any_in(["Jonas Wirth", "Aylin Kara", "", "–"], text)


def test_a_public_reason_with_a_name_is_refused_and_kept_on_the_page(
    held: Session,
    area: Council,
    client_of: Callable[..., Browser],
    open_round: Callable[..., Round],
) -> None:
    elsewhere = builder.build_council(held, "wiese", with_keys=False)
    elsewhere.members[0].name = "Zora Fern"
    member, officer = area.members[0], area.moderators[1]
    address = f"/desk/rounds/{open_round().id}/void"
    desk = client_of(area.moderators[0])
    for name in (member.name, officer.name):
        answer = desk.post(address, data={"reason": f"{name} ging weg"})
        assert answer.status_code == 422
        assert "Hier steht der Name einer Person" in answer.text
        assert f"{name} ging weg" in answer.text
    assert held.exec(select(Confirmation)).all() == []
    assert desk.post(address, data={"reason": "Zora Fern rief an"}).status_code == 303
    assert held.exec(select(Confirmation)).one().reason == "Zora Fern rief an"
