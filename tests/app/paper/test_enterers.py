"""Who the two are that enter papers, and when: officers, speakers, people of a commission."""

from datetime import UTC, datetime

from app.models.confirmation import LIFETIME
from app.round import enterers, papers
from tests.app import builder
from tests.app.paper.screen import Screen, enter, question_of, told


def test_the_second_person_comes_within_30_minutes(held, area, prepared_round, client_of):
    round_ = prepared_round()
    first, second = (Screen(client_of(each), round_, each) for each in area.moderators)
    assert first.make(reason=" ").json["error"] == "reason_missing"
    assert first.make().status_code == 201
    second.code = first.code
    made = papers.enterers_of(held, round_.id)[0]
    made.entered_at -= LIFETIME
    held.commit()
    assert second.join().json["error"] == "confirmation_expired"
    assert first.browser.get(f"/paper/{round_.id}/state").json["is_late"]
    first.make()
    assert second.join().status_code == 200
    assert told(held) == [
        {"round": round_.id, "question": None, "what": "paper_numbers", "reason": "Ohne Handy"}
    ]


def test_a_speaker_enters_beside_the_only_moderator(held, area, prepared_round, client_of):
    round_, speaker, other = prepared_round(), area.members[7], area.members[8]
    for each in (speaker, other):
        builder.make_speaker(held, area, each)
    papers.mark(held, round_, {area.members[0].id: "paper"})
    held.commit()
    first, second = (Screen(client_of(each), round_, each) for each in (speaker, other))
    assert first.make().status_code == 201
    second.code = first.code
    assert second.join().json["error"] == "officer_needed"
    moderator = Screen(client_of(area.moderators[0]), round_, area.moderators[0])
    moderator.code = first.code
    assert "Eine Person ist bereit." in moderator.browser.get(f"/paper/{round_.id}").text
    assert moderator.join().status_code == 200
    assert "Beide sind bereit." in moderator.browser.get(f"/paper/{round_.id}").text
    builder.open_round(held, round_)
    enter(held, moderator, round_, 1, "no")
    assert enter(held, first, round_, 1, "no").json == {"entered": "cast"}
    assert enter(held, second, round_, 1, "no").json["error"] == "paper_not_enterer"
    page = client_of(area.members[1])
    assert page.get(f"/paper/{round_.id}/enter").status_code == 403


def test_where_there_is_a_commission_two_of_it_enter(held, area, prepared_round, client_of):
    counters = area.members[6:8]
    builder.seat_commission(held, area, counters)
    round_ = prepared_round()
    officer = Screen(client_of(area.moderators[0]), round_, area.moderators[0])
    assert officer.make().json["error"] == "papers_by_commission"
    desk = officer.browser.get(f"/paper/{round_.id}")
    assert f"/paper/{round_.id}/enter" not in desk.text
    now = datetime.now(UTC)
    may = [enterers.may_read(held, round_, each, now) for each in area.members]
    assert [each for each, allowed in zip(area.members, may, strict=True) if allowed] == counters


def test_a_vote_by_telephone_is_cast_by_two_persons(held, area, prepared_round, client_of):
    """From the mark to the count: both hear the vote, both enter it, it is one of nine."""
    round_, caller = prepared_round(), area.members[0]
    builder.set_present(held, area, area.members[1:])
    desk = client_of(area.moderators[0])
    marked = {"telephone": [caller.id], "told": "y"}
    assert desk.post(f"/paper/{round_.id}", data=marked).status_code == 303
    page = desk.get(f"/paper/{round_.id}").text
    assert "Hat so noch keine Stimme:" in page
    assert caller.name in page.partition("Hat so noch keine Stimme:")[2].partition("</p>")[0]
    builder.set_present(held, area, area.members)
    assert "Hat so noch keine Stimme:" not in desk.get(f"/paper/{round_.id}").text
    first, second = (Screen(client_of(each), round_, each) for each in area.moderators)
    first.make()
    second.code = first.code
    second.join()
    builder.open_round(held, round_)
    assert enter(held, first, round_, 1, "yes").json == {"entered": "waiting"}
    assert enter(held, second, round_, 1, "yes").json == {"entered": "cast"}
    assert papers.standing(held, question_of(held, round_).id) == papers.Papers(1, 1, 0)
    state = client_of(caller).get(f"/booth/{round_.id}/state").json
    assert state["questions"][0]["reason"] == "on_paper"
