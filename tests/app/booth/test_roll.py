"""Members read who votes for each seat and why; before opening as it stands, then as frozen."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from app.models import Member, Membership, Recusal, Round
from app.roster import reserving, seating
from tests.app import builder
from tests.app.builder import Browser, Council

ClientOf = Callable[..., Browser]


@pytest.fixture
def reserve(held: Session, area: Council) -> Member:
    """The first on the reserve list, who is at the meeting in place of a member."""
    builder.set_rules(
        held,
        area,
        deputy__mode="reserve_list",
        deputy__on_absence=True,
        deputy__on_recusal=False,
        deputy__on_vacant=False,
    )
    member = Member(area_id=area.area.id, name="Ole Nachrück")
    reserving.add_reserve(held, area.term, member, "resident", datetime.now(UTC))
    builder.set_present(held, area, [*area.members[1:], member])
    return member


def rows(page: str) -> list[list[str]]:
    """The cells of each row, without markup."""
    found = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found]
    return [[" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in row] for row in cells]


def test_every_seat_with_its_voter_and_the_reason(
    held: Session, area: Council, reserve: Member, prepared_round: Any, client_of: ClientOf
) -> None:
    vacated = held.exec(select(Membership).where(Membership.member_id == area.members[5].id)).one()
    seating.vacate(held, vacated, datetime.now(UTC))
    round_ = prepared_round(recused={1: [area.members[8]]})
    page = client_of(area.members[0]).get(f"/booth/{round_.id}/roll").text
    assert "So wäre es jetzt" in page
    assert "Stimmberechtigt: 7 von 9 Sitzen (5 Bewohner, 2 Partner)." in page
    assert "1 Nachrücker vertritt Abwesende. 0 Sitze abwesend, 1 befangen, 1 unbesetzt." in page
    table = rows(page)
    assert len(table) == 10
    assert table[1] == [
        "1 Bewohnerschaft",
        "Ole Nachrück",
        "Vertritt den Sitz von der Nachrückliste, weil niemand vom Sitz da ist.",
    ]
    assert table[2] == ["2 Bewohnerschaft", "Jonas Wirth", "Hat den Sitz und ist da."]
    assert table[6][1:] == ["Unbesetzt", "Niemand stimmt ab, weil der Sitz unbesetzt ist."]
    assert table[9] == [
        "9 Partner, Nachbarschaftshaus",
        "Befangen",
        "Niemand stimmt ab, weil jemand vom Sitz befangen ist.",
    ]


def test_the_frozen_roll_stays_when_people_come_and_go(
    held: Session, area: Council, reserve: Member, prepared_round: Any, client_of: ClientOf
) -> None:
    round_ = builder.open_round(held, prepared_round(recused={1: [area.members[8]]}))
    reader = client_of(area.members[1])
    before = reader.get(f"/booth/{round_.id}/roll").text
    assert "Diese Liste steht seit dem Öffnen fest." in before
    builder.set_present(held, area, area.members)
    builder.release_roster(held, area)
    seating.add_seat(held, area.body, "resident", "")
    seating.change_seat(held, area.seats[1], "resident", "Bücherbus")
    after = reader.get(f"/booth/{round_.id}/roll").text
    told = [row[1:] for row in rows(before)]
    assert told == [row[1:] for row in rows(after)]
    assert ["Ole Nachrück", *rows(before)[1][2:]] in told


@pytest.mark.parametrize(
    ("publish", "question_consent", "member_consent", "is_named"),
    [
        ("name", True, True, True),
        ("name", True, False, False),
        ("name", False, True, False),
        ("seat", True, True, False),
        ("count", True, True, False),
    ],
)
def test_who_is_recused_is_named_by_rule_and_consent_only(
    held: Session,
    area: Council,
    open_round: Any,
    client_of: ClientOf,
    publish: str,
    question_consent: bool,
    member_consent: bool,
    is_named: bool,
) -> None:
    builder.set_rules(held, area, recusal__publish=publish)
    area.members[8].may_be_named = member_consent
    held.add(area.members[8])
    round_ = builder.prepare_round(held, area, recused={1: [area.members[8]]})
    recusal = held.exec(select(Recusal)).one()
    recusal.may_be_named, recusal.reason = question_consent, "Meine Schwester"
    held.add(recusal)
    held.commit()
    builder.open_round(held, round_)
    page = client_of(area.members[0]).get(f"/booth/{round_.id}/roll").text
    assert ("Nachbarschaftshaus" in rows(page)[9][2]) == is_named
    assert "Meine Schwester" not in page


def test_one_table_for_each_roll(
    held: Session, area: Council, prepared_round: Any, client_of: ClientOf
) -> None:
    round_ = prepared_round(questions=3, recused={2: [area.members[0]]})
    page = client_of(area.members[0]).get(f"/booth/{round_.id}/roll").text
    headings = re.findall(r'<h2 id="roll-\d+">(.*?)</h2>', page, re.DOTALL)
    said = [" ".join(re.sub(r"<[^>]+>", "", each).split()) for each in headings]
    assert said == ["Hochbeete im Hof, Bänke am Weg", "Fest am Anger"]
    assert f"/booth/{round_.id}/roll" in (
        client_of(area.members[0]).get(f"/booth/{round_.id}/questions").text
    )


def test_names_are_for_the_people_of_the_term_only(
    held: Session, area: Council, prepared_round: Any, client_of: ClientOf, visitor: Browser
) -> None:
    round_: Round = prepared_round()
    stranger = Member(area_id=area.area.id, name="Aus der Jury")
    held.add(stranger)
    held.commit()
    other = builder.build_council(held, "bruch", with_keys=False)
    address = f"/booth/{round_.id}/roll"
    assert client_of(stranger).get(address).status_code == 404
    assert address not in client_of(stranger).get(f"/booth/{round_.id}/questions").text
    assert client_of(other.members[0]).get(address).status_code == 404
    assert client_of(area.moderators[0]).get(address).status_code == 403
    assert visitor.get(address).status_code == 401
