"""What of a recusal is public: a number, a seat, or a name with both consents of the person."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app import recusal
from app.models import LogEntry
from app.round import announcing, preparing
from tests.app import builder, deciding
from tests.app.public.reading import read


@pytest.fixture
def decision(held, area):
    """`decision(publish, here, anyway)`: published with the sports club recused."""

    def decide(publish, *, here, anyway):
        builder.change_rules(held, area, {"recusal.publish": publish})
        area.members[7].may_be_named = anyway
        held.add(area.members[7])
        now = datetime.now(UTC)
        round_ = preparing.prepare(
            held,
            body=area.body,
            meeting=area.meeting,
            proposals=[builder.build_proposal(held, area, "Hochbeete im Hof")],
            now=now,
        )
        question = preparing.questions_of(held, round_)[0]
        recusal.declare(
            held,
            question,
            area.members[7].id,
            by="member",
            reason="Ich leite den Verein.",
            may_be_named=here,
            now=now,
        )
        announcing.announce(held, round_, now)
        held.commit()
        return deciding.finish(held, area, round_, ["yes"] * 8)

    return decide


@pytest.mark.parametrize(
    ("publish", "here", "anyway", "seat", "name"),
    [
        ("count", True, True, False, False),
        ("seat", True, True, True, False),
        ("name", True, True, True, True),
        ("name", True, False, True, False),
        ("name", False, True, True, False),
    ],
)
def test_the_rules_and_the_person_say_what_is_public(
    decision, area, visitor, held, publish, here, anyway, seat, name
):
    area.members[7].name = "Samira Blau"
    made = decision(publish, here=here, anyway=anyway)
    for address in (
        f"/entscheidung/{made.number}",
        f"/abstimmung/{made.page['round_id']}/pruefen",
    ):
        text = read(visitor, address)
        assert "1 befangen" in text
        assert ("Sitz 8 (Partner): Sportverein Blau" in text) is seat
        assert ("Samira Blau" in text) is name
        assert "Ich leite den Verein." not in text
    told = "".join(row.leaf for row in held.exec(select(LogEntry)))
    assert "Samira" not in told
    assert '"recused":1' in told


def test_rules_that_change_later_change_no_published_page(decision, area, held, visitor):
    area.members[7].name = "Samira Blau"
    made = decision("seat", here=True, anyway=True)
    builder.change_rules(held, area, {"recusal.publish": "name"})
    assert "Samira Blau" not in read(visitor, f"/entscheidung/{made.number}")


@pytest.mark.parametrize("way", ["member", "officer", "erasure"])
def test_a_consent_withdrawn_later_takes_the_name_off_the_page_and_nothing_else(
    decision, area, held, visitor, client_of, way
):
    area.members[7].name = "Samira Blau"
    made = decision("name", here=True, anyway=True)
    address, before = f"/entscheidung/{made.number}", dict(made.page)
    leaves = held.exec(select(LogEntry.leaf)).all()
    assert "Samira Blau" in read(visitor, address)
    member = area.members[7]
    words = {"name": member.name, "mail": "", "language": "de"}
    if way == "member":
        answer = client_of(member).post("/account/details", data=words)
    elif way == "officer":
        officer = client_of(area.moderators[0])
        answer = officer.post(f"/roster/members/{member.id}/edit", data=words)
    else:
        answer = client_of(member).post("/account/erase")
    assert answer.status_code == 303
    text = read(visitor, address)
    assert "Samira Blau" not in text
    assert "Sitz 8 (Partner): Sportverein Blau" in text
    held.refresh(made)
    changed = {key for key in before if before[key] != made.page[key]}
    assert changed == {"recusals"}
    assert held.exec(select(LogEntry.leaf)).all() == leaves
