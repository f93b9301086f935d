"""Proposals: reading, talking about and writing them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from app.models import ActionGoal, Comment, CostItem, Member, Proposal, Question
from app.proposals.forms import MOST_ROWS
from tests.app import builder, deciding
from tests.app.builder import Browser, Council

FORM = {
    "title": "Hochbeete im Hof",
    "what": "Wir bauen **acht** Beete.",
    "why": "Damit man sich trifft.",
    "applicant": "Hausgemeinschaft",
    "cost_items-0-purpose": "Holz",
    "cost_items-0-cost": "1.200,50",
    "cost_items-1-purpose": "Erde",
    "cost_items-1-cost": "279,50",
}


@pytest.fixture
def member(area: Council, client_of: Callable[..., Browser]) -> Browser:
    return client_of(area.members[0])


def filled(area: Council, **changes: str) -> dict[str, Any]:
    return FORM | {"action_goal": str(area.goal.id)} | changes


def only_proposal(held: Session) -> Proposal:
    held.expire_all()
    return held.exec(select(Proposal)).one()


def cost_items(held: Session, proposal: Proposal) -> list[tuple[str, int]]:
    found = held.exec(
        select(CostItem).where(CostItem.proposal_id == proposal.id).order_by(CostItem.position)  # type: ignore[arg-type]
    )
    return [(item.label, item.amount_cents) for item in found]


def test_an_empty_list_says_what_comes_next(member: Browser, moderator: Browser) -> None:
    assert "Sobald das QM-Team einen anlegt" in member.get("/proposals/").text
    assert "/proposals/new" not in member.get("/proposals/").text
    assert "/proposals/new" in moderator.get("/proposals/").text


def test_a_moderator_writes_a_proposal_down(
    held: Session, area: Council, moderator: Browser
) -> None:
    answer = moderator.post("/proposals/new", data=filled(area))
    made = only_proposal(held)
    assert (answer.status_code, answer.location) == (303, f"/proposals/{made.id}")
    assert (made.n, made.state, made.requested_cents) == (1, "admitted", 148000)
    assert cost_items(held, made) == [("Holz", 120050), ("Erde", 27950)]
    page = moderator.get(answer.location).text
    assert "<strong>acht</strong>" in page
    assert "1.480" in page


def test_numbers_go_on_within_the_year(held: Session, area: Council, moderator: Browser) -> None:
    moderator.post("/proposals/new", data=filled(area))
    moderator.post("/proposals/new", data=filled(area))
    assert sorted(held.exec(select(Proposal.n))) == [1, 2]


def test_english_amounts_and_a_smaller_request(
    held: Session, area: Council, moderator: Browser
) -> None:
    changes = {"cost_items-0-cost": "1,200.50", "requested": "1,000"}
    answer = moderator.post("/en/proposals/new", data=filled(area, **changes))
    assert answer.status_code == 303
    assert only_proposal(held).requested_cents == 100000


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"title": "Hof\u200b"}, "unsichtbares Zeichen"),
        ({"what": "\x00"}, "ein Zeichen, das hier nicht geht"),
        ({"cost_items-0-cost": "viel"}, "Zeile 1: „viel“ ist kein Betrag"),
        ({"cost_items-1-cost": ""}, "Zeile 2: Bitte geben Sie den Betrag an."),
        ({"cost_items-0-purpose": ""}, "Zeile 1: Bitte schreiben Sie, wofür das Geld ist."),
        ({"cost_items-0-cost": "99999999999"}, "Zeile 1: Der Betrag ist zu groß."),
        ({"requested": "1.480,01"}, "Das ist mehr als die Summe der Kosten."),
        ({"requested": "0"}, "Bitte beantragen Sie mehr als 0 Euro."),
        ({"requested": "-5"}, "„-5“ ist kein Betrag"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(
    held: Session, area: Council, moderator: Browser, changes: dict[str, str], sentence: str
) -> None:
    answer = moderator.post("/proposals/new", data=filled(area, **changes))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Damit man sich trifft." in answer.text
    assert held.exec(select(Proposal)).all() == []


def test_a_proposal_without_costs_is_refused(
    held: Session, area: Council, moderator: Browser
) -> None:
    bare = {name: value for name, value in filled(area).items() if "cost_items" not in name}
    answer = moderator.post("/proposals/new", data=bare)
    assert answer.status_code == 422
    assert "mindestens eine Kostenposition" in answer.text


def test_rows_come_and_go_by_plain_buttons(
    held: Session, area: Council, moderator: Browser
) -> None:
    more = moderator.post("/proposals/new", data=filled(area, add_row="1")).text
    assert 'name="cost_items-2-purpose"' in more
    assert "1.200,50" in more
    fewer = moderator.post("/proposals/new", data=filled(area, remove_row="0")).text
    assert 'name="cost_items-0-purpose"' in fewer
    assert 'name="cost_items-1-purpose"' not in fewer
    assert "Erde" in fewer
    assert 'value="Holz"' not in fewer
    assert held.exec(select(Proposal)).all() == []


def test_the_last_row_stays_and_there_is_an_end_of_rows(area: Council, moderator: Browser) -> None:
    one = {"cost_items-0-purpose": "Holz", "remove_row": "0"}
    assert 'name="cost_items-0-purpose"' in moderator.post("/proposals/new", data=one).text
    many = {f"cost_items-{row}-purpose": "x" for row in range(MOST_ROWS + 5)} | {"add_row": "1"}
    page = moderator.post("/proposals/new", data=many).text
    assert f'name="cost_items-{MOST_ROWS - 1}-purpose"' in page
    assert f'name="cost_items-{MOST_ROWS}-purpose"' not in page


def test_a_change_shows_what_stands_and_replaces_it(
    held: Session, area: Council, moderator: Browser
) -> None:
    proposal = builder.build_proposal(held, area, "Fest am Anger")
    page = moderator.get(f"/proposals/{proposal.id}/edit").text
    assert 'value="Fest am Anger"' in page
    assert 'value="400"' in page
    answer = moderator.post(f"/proposals/{proposal.id}/edit", data=filled(area))
    assert answer.status_code == 303
    proposal = only_proposal(held)
    assert (proposal.title, proposal.requested_cents, proposal.n) == ("Hochbeete im Hof", 148000, 1)
    assert cost_items(held, proposal) == [("Holz", 120050), ("Erde", 27950)]


def test_an_announced_proposal_stands(
    held: Session, area: Council, moderator: Browser, prepared_round: Callable[..., Any]
) -> None:
    prepared_round()
    proposal = only_proposal(held)
    assert "Der Wortlaut steht fest" in moderator.get(f"/proposals/{proposal.id}").text
    assert moderator.get(f"/proposals/{proposal.id}/edit").status_code == 409
    answer = moderator.post(f"/proposals/{proposal.id}/edit", data=filled(area))
    assert answer.status_code == 409
    assert "Der Wortlaut steht jetzt fest." in answer.text
    assert only_proposal(held).title == "Hochbeete im Hof"
    assert only_proposal(held).requested_cents == 120000


def test_a_void_round_frees_the_wording(
    held: Session, area: Council, moderator: Browser, prepared_round: Callable[..., Any]
) -> None:
    round_ = prepared_round()
    round_.state = "void"
    held.add(round_)
    held.commit()
    proposal = only_proposal(held)
    assert moderator.get(f"/proposals/{proposal.id}/edit").status_code == 200


def test_members_talk_until_voting_begins(
    held: Session, area: Council, member: Browser, prepared_round: Callable[..., Any]
) -> None:
    round_ = prepared_round()
    proposal = only_proposal(held)
    address = f"/proposals/{proposal.id}/comments"
    answer = member.post(address, data={"source": "Ich bin *dafür*. <b>x</b>"})
    assert answer.status_code == 303
    page = member.get(f"/proposals/{proposal.id}").text
    assert "<em>dafür</em>" in page
    assert "<b>x</b>" not in page
    assert area.members[0].name in page
    builder.open_round(held, round_)
    assert member.post(address, data={"source": "Noch etwas"}).status_code == 409
    assert "Die Aussprache ist zu" in member.get(f"/proposals/{proposal.id}").text
    assert len(held.exec(select(Comment)).all()) == 1


def test_an_empty_comment_is_refused(held: Session, area: Council, member: Browser) -> None:
    proposal = builder.build_proposal(held, area, "Fest am Anger")
    answer = member.post(f"/proposals/{proposal.id}/comments", data={"source": "  "})
    assert answer.status_code == 422
    assert "Es fehlt noch etwas" in answer.text
    assert held.exec(select(Comment)).all() == []


def test_moderators_do_not_comment(held: Session, area: Council, moderator: Browser) -> None:
    proposal = builder.build_proposal(held, area, "Fest am Anger")
    answer = moderator.post(f"/proposals/{proposal.id}/comments", data={"source": "Hallo"})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/proposals/new", "/proposals/1/edit"])
def test_members_do_not_write_proposals(
    held: Session, area: Council, member: Browser, path: str
) -> None:
    builder.build_proposal(held, area, "Fest am Anger")
    assert member.get(path).status_code == 403
    assert member.post(path, data=filled(area)).status_code == 403


def test_strangers_are_asked_to_sign_in(area: Council, visitor: Browser) -> None:
    assert visitor.get("/proposals/").status_code == 401


def test_another_area_sees_nothing(
    held: Session, area: Council, client_of: Callable[..., Browser]
) -> None:
    proposal = builder.build_proposal(held, area, "Fest am Anger")
    other = builder.build_council(held, "bruch", with_keys=False)
    stranger, neighbour = client_of(other.moderators[0]), client_of(other.members[0])
    absent = stranger.get("/proposals/99999")
    seen = stranger.get(f"/proposals/{proposal.id}")
    assert (absent.status_code, seen.status_code) == (404, 404)
    assert stranger.get(f"/proposals/{proposal.id}/edit").status_code == 404
    changed = stranger.post(f"/proposals/{proposal.id}/edit", data=filled(other))
    assert changed.status_code == 404
    said = neighbour.post(f"/proposals/{proposal.id}/comments", data={"source": "Hallo"})
    assert said.status_code == 404
    assert "Fest am Anger" not in stranger.get("/proposals/").text
    foreign_goal = filled(other, action_goal=str(area.goal.id))
    assert stranger.post("/proposals/new", data=foreign_goal).status_code == 422
    assert held.get_one(Proposal, proposal.id).title == "Fest am Anger"


def test_a_form_without_its_token_changes_nothing(
    held: Session, area: Council, moderator: Browser
) -> None:
    answer = moderator.post("/proposals/new", data=filled(area), headers={"X-CSRF-Token": ""})
    assert answer.status_code == 400
    assert "zu lange offen" in answer.text
    assert held.exec(select(Proposal)).all() == []


def test_a_name_of_a_member_is_isolated(held: Session, area: Council, member: Browser) -> None:
    proposal = builder.build_proposal(held, area, "Fest am Anger")
    author = held.get_one(Member, area.members[0].id)
    author.name = "محمد الحسن"
    held.add(author)
    member.post(f"/proposals/{proposal.id}/comments", data={"source": "Ja"})
    assert "<bdi>محمد الحسن</bdi>" in member.get(f"/proposals/{proposal.id}").text


def test_a_proposal_names_the_body_that_votes_and_stays_with_it(
    held: Session, area: Council, moderator: Browser
) -> None:
    jury = builder.build_jury(held, area)
    asked = moderator.post("/proposals/new", data=filled(area))
    assert asked.status_code == 422
    assert "Bitte wählen Sie ein Gremium." in asked.text
    chosen = filled(area, body=str(jury.body.id))
    assert moderator.post("/proposals/new", data=chosen).status_code == 303
    made = only_proposal(held)
    assert made.body_id == jury.body.id
    assert "Aktionsfondsjury" in moderator.get(f"/proposals/{made.id}").text
    moved = filled(area, body=str(area.body.id), title="Anders")
    assert moderator.post(f"/proposals/{made.id}/edit", data=moved).status_code == 303
    assert (only_proposal(held).title, only_proposal(held).body_id) == ("Anders", jury.body.id)


def test_the_form_offers_the_newest_goals_and_keeps_an_older_one(
    held: Session, area: Council, moderator: Browser
) -> None:
    old = builder.build_proposal(held, area, "Hochbeete im Hof")
    newest = ActionGoal(area_id=area.area.id, version=2, position=1, title="Mehr Schatten")
    held.add(newest)
    held.commit()
    offered = moderator.get("/proposals/new").text
    assert "Mehr Schatten" in offered
    assert "Nachbarschaft stärken" not in offered
    stale = moderator.post("/proposals/new", data=filled(area))
    assert stale.status_code == 422
    kept = moderator.get(f"/proposals/{old.id}/edit").text
    assert f'<option selected value="{area.goal.id}">Nachbarschaft stärken' in kept
    assert moderator.post(f"/proposals/{old.id}/edit", data=filled(area)).status_code == 303
    assert only_proposal(held).action_goal_id == area.goal.id


def test_the_applicants_address_is_kept_and_shown_to_nobody(
    held: Session, area: Council, moderator: Browser, member: Browser
) -> None:
    wrong = moderator.post("/proposals/new", data=filled(area, applicant_mail="haus"))
    assert wrong.status_code == 422
    answer = moderator.post("/proposals/new", data=filled(area, applicant_mail="haus@mail.example"))
    assert only_proposal(held).applicant_mail == "haus@mail.example"
    assert "haus@mail.example" not in member.get(answer.location).text
    assert "haus@mail.example" in moderator.get(f"{answer.location}/edit").text


def test_an_annulled_decision_lets_its_proposal_be_changed(
    held: Session, area: Council, moderator: Browser
) -> None:
    decision = deciding.decide(held, area, ["yes"] * 9)[0]
    address = f"/proposals/{only_proposal(held).id}/edit"
    assert moderator.post(address, data=filled(area)).status_code == 409
    held.get_one(Question, decision.question_id).state = "annulled"
    held.commit()
    assert moderator.post(address, data=filled(area)).status_code == 303
