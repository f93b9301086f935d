"""A body that votes in BELENIOS-2048: phones get points, cast and count, and others check it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app import db
from app.board import read_archive
from app.models import Member, VotingKey
from app.round import closing, counting, preparing
from tests.app import builder, deciding
from tests.browser.booth import answer, cast, heading
from tests.browser.conftest import Hall
from tests.browser.test_evening import ANSWERS, give_key, make_key
from tests.voting.protocol.tool import OLD, Release
from voting.protocol.group import NAMES

OTHER = NAMES[1]


@pytest.fixture
def members(hall: Hall) -> list[Member]:
    builder.change_rules(hall.held, hall.council, {"ballot.group": "belenios_2048"})
    builder.set_rules(hall.held, hall.council, trust__meeting="evening")
    return hall.council.members


def points(hall: Hall, member: Member) -> dict[str, str]:
    """By group: what the server knows of a member's key."""
    hall.held.commit()
    rows = hall.held.exec(select(VotingKey).where(VotingKey.member_id == member.id))
    found = {row.group: row.point for row in rows}
    hall.held.commit()
    return found


def forget_point(hall: Hall, member: Member) -> None:
    """As if the key had been made before the second group was known."""
    own = select(VotingKey).where(VotingKey.member_id == member.id, VotingKey.group == OTHER)
    hall.held.delete(hall.held.exec(own).one())
    hall.held.commit()


def test_an_older_key_gets_its_second_point_on_the_next_page(
    hall: Hall, members: list[Member], open_phone: Callable[..., Page]
) -> None:
    phone, member = open_phone(), members[0]
    forget_point(hall, member)
    with phone.expect_response("**/account/key-points") as told:
        hall.enter(phone, member)
    assert told.value.status == 200
    phone.wait_for_load_state("networkidle")
    assert points(hall, member)[OTHER] == hall.council.phones[member.id].point_in(OTHER)
    phone.reload()
    assert phone.locator("script[data-key-points]").count() == 0


@pytest.mark.drill
@pytest.mark.needs(OLD)
def test_from_the_card_to_the_count_and_the_program_of_debian_12(
    hall: Hall, members: list[Member], open_phone: Callable[..., Page], tmp_path: Path
) -> None:
    newcomer, *others = members
    hall.forget_key(newcomer)
    phone = open_phone()
    hall.enter(phone, newcomer)
    assert sorted(points(hall, newcomer)) == sorted(NAMES)
    keys = [make_key(hall, open_phone(), each) for each in others[:2]]
    round_ = hall.open_round()
    hall.go_to_booth(phone, round_)
    answer(phone, "Ja")
    cast(phone)
    phone.wait_for_url("**/beleg/*", timeout=30_000)
    expect(heading(phone)).to_have_text("Ihre Stimme ist angekommen.")
    deciding.let_cast(hall.held, hall.council, round_, zip(others, ANSWERS[1:], strict=True))
    with db.acting():
        closing.end(hall.held, round_, datetime.now(UTC), "end")
    hall.held.commit()
    counting.count_round(round_.id)
    for each in keys:
        give_key(each)
    phone.goto(f"{hall.url}/abstimmung/{round_.id}/pruefen")
    phone.get_by_role("button", name="Jetzt nachzählen").click()
    expect(phone.get_by_text("Nachgezählt: Alles stimmt.")).to_be_visible(timeout=60_000)
    counts = phone.locator("[data-verdict] .counts li").all_inner_texts()
    assert counts == ["Ja 6", "Nein 2", "Enthaltung 1"]
    hall.held.expire_all()
    (question,) = preparing.questions_of(hall.held, round_)
    done = Release(OLD).verify(tmp_path / "box", read_archive(hall.held, question.id))
    assert "I: all checks passed" in done.stderr + done.stdout
    hall.held.commit()
