"""Money follows a confirmed outcome: reserved once, shared out in a shortage, given back."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app import granting, pot, sharing
from app.errors import Refused
from app.models import Grant, LogEntry, Proposal, Question, Round, Sharing
from app.round import announcing, annulling, closing, confirming, preparing, publishing
from app.subject import Terms
from tests.app import builder, deciding
from tests.app.builder import Council
from tests.app.money.evening import build_pot

NOW = datetime.now(UTC)


@pytest.fixture
def jury(held: Session, area: Council) -> Council:
    return builder.build_jury(held, area)


def vote(
    held: Session, jury: Council, asked: dict[str, tuple[int, int]], **terms: Terms
) -> tuple[Round, list[Question]]:
    """A counted round: by title the cents asked for and how many of five say yes."""
    made = [builder.build_proposal(held, jury, title, cents) for title, (cents, _) in asked.items()]
    round_ = preparing.prepare(
        held,
        body=jury.body,
        meeting=jury.meeting,
        proposals=made,
        now=NOW,
        terms={each.id: terms[each.title] for each in made if each.title in terms},
    )
    announcing.announce(held, round_, NOW)
    held.commit()
    builder.open_round(held, round_)
    ids = [each.id for each in preparing.questions_of(held, round_)]
    for place, member in enumerate(jury.members):
        answers = {
            key: "yes" if place < yes else "no"
            for key, (_cents, yes) in zip(ids, asked.values(), strict=True)
        }
        deciding.let_cast(held, jury, round_, [(member, answers)])
    return _count(held, round_)


def _count(held: Session, round_: Round) -> tuple[Round, list[Question]]:
    closing.end(held, round_, datetime.now(UTC), "end")
    held.commit()
    return round_, list(deciding.count(held, round_))


def confirm(held: Session, jury: Council, round_: Round, *questions: Question) -> None:
    for each in questions:
        deciding.confirm(held, jury, round_, each)
    held.commit()


def logged(held: Session, kind: str) -> list[str]:
    return [each.leaf for each in held.exec(select(LogEntry).where(LogEntry.type == kind))]


def test_a_confirmed_yes_reserves_and_a_no_does_not(held, jury):
    own = build_pot(held, jury, 2_000_00)
    round_, (won, lost) = vote(held, jury, {"Beete": (900_00, 4), "Fest": (500_00, 3)})
    assert pot.available(held, own) == 2_000_00
    confirm(held, jury, round_, won, lost)
    assert pot.available(held, own) == 1_100_00
    assert held.exec(select(Grant)).one().question_id == won.id
    assert not logged(held, "money_shared")


def test_only_the_lower_sum_is_reserved_and_the_page_says_so(held, jury):
    own = build_pot(held, jury, 2_000_00)
    duty = {"de": "Offen für alle.", "en": "Open to all."}
    round_, (won,) = vote(held, jury, {"Beete": (900_00, 5)}, Beete=Terms(600_00, [duty]))
    assert "600" in won.wording["de"]
    assert "900" in won.wording["en"]
    assert won.wording["de"].endswith("Offen für alle.")
    confirm(held, jury, round_, won)
    assert pot.available(held, own) == 1_400_00
    page = publishing.publish(held, won, deciding.SUMMARY, NOW).page
    assert (page["amount_cents"], page["requested_cents"]) == (600_00, 900_00)
    assert (page["conditions"], page["is_funded"]) == ([duty], True)


def test_too_much_money_reserves_nothing_until_lower_sums_are_voted(held, jury):
    own = build_pot(held, jury, 1_000_00)
    round_, (first, second) = vote(held, jury, {"Beete": (600_00, 5), "Fest": (500_00, 4)})
    found = sharing.shared(held, round_, NOW)
    assert (found.short_cents, found.funded, found.unfunded) == (100_00, [], [first.id, second.id])
    confirm(held, jury, round_, first, second)
    assert pot.available(held, own) == 1_000_00
    assert len(logged(held, "money_shared")) == 1
    publishing.publish(held, first, deciding.SUMMARY, NOW)
    assert held.get_one(Proposal, first.proposal_id).state == "admitted"


def test_the_order_of_the_agenda_lets_a_smaller_one_still_fit(held, jury):
    own = build_pot(held, jury, 1_000_00)
    builder.change_rules(held, jury, {"shortage.rule": "agenda_order"})
    asked = {"Beete": (600_00, 4), "Fest": (500_00, 5), "Chor": (400_00, 4)}
    round_, (beds, feast, choir) = vote(held, jury, asked)
    confirm(held, jury, round_, beds, feast, choir)
    assert pot.available(held, own) == 0
    assert held.get_one(Sharing, round_.id).unfunded == [feast.id]


def test_equal_votes_that_do_not_fit_wait_for_the_lot(held, jury):
    own = build_pot(held, jury, 1_000_00)
    builder.change_rules(held, jury, {"shortage.rule": "rank_yes"})
    asked = {"Beete": (600_00, 4), "Fest": (500_00, 4), "Chor": (300_00, 5)}
    round_, (beds, feast, choir) = vote(held, jury, asked)
    confirm(held, jury, round_, choir)
    with pytest.raises(Refused, match="lot_needed"):
        deciding.confirm(held, jury, round_, beds)
    held.rollback()
    with pytest.raises(Refused, match="already_done"):
        sharing.draw(held, round_, [beds.id], NOW)
    sharing.draw(held, round_, [feast.id, beds.id], NOW)
    confirm(held, jury, round_, beds, feast)
    assert pot.available(held, own) == 1_000_00 - 300_00 - 500_00
    with pytest.raises(Refused, match="already_done"):
        sharing.draw(held, round_, [beds.id, feast.id], NOW)
    assert feast.id in logged(held, "money_shared")[0]


def test_money_that_went_elsewhere_meanwhile_is_not_given_twice(held, jury):
    own = build_pot(held, jury, 1_000_00)
    early, (first,) = vote(held, jury, {"Beete": (700_00, 5)})
    late, (second, third) = vote(held, jury, {"Fest": (100_00, 5), "Chor": (500_00, 5)})
    confirm(held, jury, late, second)
    confirm(held, jury, early, first)
    confirm(held, jury, late, third)
    assert pot.available(held, own) == 200_00
    assert sharing.is_funded(held, third) is False


def test_an_ended_decision_gives_its_money_back(held, jury):
    own = build_pot(held, jury, 1_000_00)
    round_, (won,) = vote(held, jury, {"Beete": (700_00, 5)})
    assert granting.release(held, won, "annul", NOW) is None
    confirm(held, jury, round_, won)
    assert granting.release(held, won, "annul", NOW, "Falsche Liste") == 700_00
    assert pot.available(held, own) == 1_000_00
    assert '"how":"annul"' in logged(held, "grant_changed")[0]
    assert granting.release(held, won, "annul", NOW) is None


def test_nothing_is_announced_above_the_cap_or_without_a_pot(held, jury):
    own = build_pot(held, jury, 2_000_00, 500_00)
    proposal = builder.build_proposal(held, jury, "Beete", 500_01)
    round_ = preparing.prepare(
        held, body=jury.body, meeting=jury.meeting, proposals=[proposal], now=NOW
    )
    held.commit()
    with pytest.raises(Refused, match="above_cap"):
        announcing.announce(held, round_, NOW)
    held.rollback()
    own.year -= 1
    held.add(own)
    held.commit()
    with pytest.raises(Refused, match="pot_missing"):
        announcing.announce(held, round_, NOW)


def test_annulling_a_published_decision_gives_its_money_back(held, jury):
    own = build_pot(held, jury, 1_000_00)
    builder.change_rules(held, jury, {"annul.by": "officers", "objection.days": 14})
    round_, (won,) = vote(held, jury, {"Beete": (700_00, 5)})
    confirm(held, jury, round_, won)
    decision = publishing.publish(held, won, deciding.SUMMARY, NOW)
    held.commit()
    first, second = jury.moderators
    now = datetime.now(UTC)
    asked = annulling.request(
        held, decision, reason="Falsche Liste", vote_id=None, officer=first, now=now
    )
    assert pot.available(held, own) == 300_00
    confirming.confirm(held, asked, second, now)
    assert pot.available(held, own) == 1_000_00
    assert held.get_one(Proposal, won.proposal_id).state == "admitted"


def test_a_void_round_keeps_no_money(held, jury):
    own = build_pot(held, jury, 1_000_00)
    round_, (won,) = vote(held, jury, {"Beete": (700_00, 5)})
    confirm(held, jury, round_, won)
    first, second = jury.moderators
    now = datetime.now(UTC)
    asked = confirming.request(
        held, act="void_round", round_=round_, reason="Strom weg", officer=first, now=now
    )
    confirming.confirm(held, asked, second, now)
    assert pot.available(held, own) == 1_000_00
