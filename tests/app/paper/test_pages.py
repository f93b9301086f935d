"""What the desk sees of votes without an own phone, and who may enter what."""

import re
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.models import CountEntry
from app.round import announcing, by_hand, closing, opening, papers, preparing, roll_call
from app.round.preparing import questions_of
from tests.app import builder

ALOUD = "Die zwei Zählenden könnten erkennen, wie Sie stimmen."


@pytest.fixture
def desk(area, client_of):
    return client_of(area.moderators[0])


def now():
    return datetime.now(UTC)


def hold_open_vote(held, area, way="open"):
    builder.set_rules(held, area, ballot__secrecy="open")
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    round_ = preparing.prepare(
        held, body=area.body, meeting=area.meeting, proposals=[proposal], now=now()
    )
    by_hand.choose_way(held, round_, way)
    announcing.announce(held, round_, now())
    opening.open_round(held, round_, now())
    held.commit()
    return round_


def test_the_desk_offers_tablet_and_paper_before_opening(area, desk, prepared_round):
    round_ = prepared_round()
    page = desk.get(f"/desk/rounds/{round_.id}").text
    assert page.index('href="/tablet/"') < page.index(f'href="/paper/{round_.id}"')


def test_fewer_than_five_papers_are_said_aloud(held, area, desk, prepared_round):
    round_ = prepared_round()
    address = f"/paper/{round_.id}"
    assert ALOUD not in desk.get(address).text
    four = [each.id for each in area.members[:4]]
    assert desk.post(address, data={"paper": four}).status_code == 303
    assert ALOUD in desk.get(address).text
    desk.post(address, data={"paper": [*four, area.members[4].id]})
    assert ALOUD not in desk.get(address).text
    assert len(papers.voters(held, round_.id)) == 5


def test_a_vote_by_telephone_needs_its_limits_said(held, area, desk, prepared_round):
    round_ = prepared_round()
    member = area.members[0].id
    refused = desk.post(f"/paper/{round_.id}", data={"telephone": [member]})
    assert refused.status_code == 422
    assert "Bitte sagen Sie es zuerst" in refused.text
    both = {"telephone": [member], "paper": [member], "told": "y"}
    assert desk.post(f"/paper/{round_.id}", data=both).status_code == 422
    assert desk.post(f"/paper/{round_.id}", data=both | {"paper": []}).status_code == 303
    assert papers.voters(held, round_.id) == {member: "telephone"}


def test_who_votes_on_paper_is_fixed_at_opening(held, area, desk, open_round):
    round_ = open_round()
    answer = desk.post(f"/paper/{round_.id}", data={"paper": [area.members[0].id]})
    assert answer.status_code == 409
    assert papers.voters(held, round_.id) == {}


def test_there_is_a_sheet_for_each_paper_and_question(held, area, desk, prepared_round):
    round_ = prepared_round(questions=2, recused={2: [area.members[0]]})
    papers.mark(held, round_, {each.id: "paper" for each in area.members[:3]})
    page = desk.get(f"/paper/{round_.id}/sheets").text
    assert page.count('<article class="paper-sheet">') == 5
    assert not any(member.name in page for member in area.members)


def test_the_desk_asks_for_paper_numbers_before_opening(held, area, desk, prepared_round):
    round_ = prepared_round()
    page = desk.get(f"/desk/rounds/{round_.id}/open").text
    assert ">Abstimmung öffnen</span>" in page
    papers.mark(held, round_, {area.members[0].id: "paper"})
    page = desk.get(f"/desk/rounds/{round_.id}/open").text
    assert "Legen Sie zuerst die Papiernummern an." in page
    assert ">Abstimmung öffnen</span>" not in page
    assert f'href="/paper/{round_.id}/enter"' in desk.get(f"/desk/rounds/{round_.id}").text


def test_two_officers_count_hands_one_after_the_other(held, area, desk, client_of):
    round_ = hold_open_vote(held, area)
    question = questions_of(held, round_)[0]
    address = f"/paper/questions/{question.id}/count"
    numbers = {"yes": 7, "no": 2, "abstain": 0, "present": 9}
    assert desk.post(address, data=numbers | {"reason": " "}).status_code == 422
    assert desk.post(address, data=numbers | {"reason": "Handzeichen"}).status_code == 303
    page = client_of(area.moderators[1]).get(address).text
    assert "Eine Person hat schon gezählt" in page
    assert "Handzeichen" in page
    assert 'name="invalid"' not in page
    assert not re.search(r'value="[79]"', page)
    assert client_of(area.moderators[1]).post(address, data=numbers).status_code == 303
    assert "7 Ja, 2 Nein" in desk.get(address).text
    assert desk.post(f"/desk/rounds/{round_.id}/close").status_code == 303


def test_a_count_needs_every_number(held, area, desk):
    round_ = hold_open_vote(held, area)
    question = questions_of(held, round_)[0]
    for wrong in ({}, {"yes": "", "no": 1, "abstain": 1, "present": 9}, {"yes": -1}):
        answer = desk.post(f"/paper/questions/{question.id}/count", data=wrong)
        assert answer.status_code == 422
    assert held.exec(select(CountEntry)).all() == []


def test_a_speaker_finds_the_count_and_is_the_second_person(held, area, desk, client_of):
    round_ = hold_open_vote(held, area)
    address = f"/paper/questions/{questions_of(held, round_)[0].id}/count"
    numbers = {"yes": 7, "no": 2, "abstain": 0, "present": 9}
    speaker = area.members[0]
    assert client_of(speaker).get(address).status_code == 403
    builder.make_speaker(held, area, speaker)
    browser = client_of(speaker)
    assert f'href="{address}"' in browser.get("/account/second-person").text
    assert browser.post(address, data=numbers | {"reason": "Offen"}).status_code == 303
    assert desk.post(address, data=numbers).status_code == 303
    assert f'href="{address}"' not in browser.get("/account/second-person").text
    assert desk.post(f"/desk/rounds/{round_.id}/close").status_code == 303


def test_a_speaker_of_another_body_finds_no_count(held, area, client_of):
    round_ = hold_open_vote(held, area)
    question = questions_of(held, round_)[0]
    builder.make_speaker(held, area, area.members[0])
    round_.body_id = builder.build_jury(held, area).body.id
    held.commit()
    assert (
        client_of(area.members[0]).get(f"/paper/questions/{question.id}/count").status_code == 404
    )


def test_names_are_called_and_read_over(held, area, desk, client_of):
    round_ = hold_open_vote(held, area, "roll_call")
    question = questions_of(held, round_)[0]
    address = f"/paper/questions/{question.id}/answers"
    said = {str(each.id): "yes" for each in area.members[:7]} | {"reason": "Namen"}
    assert desk.post(address, data=said | {str(area.members[7].id): "silent"}).status_code == 303
    assert "Es fehlen noch 2 Antworten." in desk.get(address).text
    said |= {str(each.id): "no_answer" for each in area.members[7:]}
    desk.post(address, data=said)
    assert "Jetzt bestätigt eine zweite Person" in desk.get(address).text
    assert desk.post(f"/desk/rounds/{round_.id}/close").status_code == 409
    second = client_of(area.moderators[1])
    page = second.get(address).text
    assert "Haben Sie dasselbe gehört?" in page
    seen = re.search(r'name="seen" value="(\w+)"', page).group(1)
    for wrong in ({}, {"seen": "x"}):
        assert second.post(f"{address}/confirm", data=wrong).status_code == 409
    assert desk.post(f"{address}/confirm", data={"seen": seen}).status_code == 403
    assert second.post(f"{address}/confirm", data={"seen": seen}).status_code == 303
    assert desk.post(f"/desk/rounds/{round_.id}/close").status_code == 303
    assert desk.get(f"/paper/questions/{question.id}/count").status_code == 404


def test_members_read_who_answered_what_once_it_is_closed(held, area, client_of):
    round_ = hold_open_vote(held, area, "roll_call")
    question = questions_of(held, round_)[0]
    said = dict.fromkeys((each.id for each in area.members), "no_answer")
    said |= {area.members[0].id: "yes", area.members[1].id: "abstain"}
    roll_call.answer(held, question, said, area.moderators[0], "Namen", now())
    roll_call.confirm(held, question, area.moderators[1], roll_call.mark(said), now())
    held.commit()
    member = client_of(area.members[5])
    address = f"/booth/{round_.id}/roll"
    assert "Antwort" not in member.get(address).text
    closing.close(held, round_, now())
    page = member.get(address).text
    assert page.count("<div>Ja</div>") == 1
    assert page.count("<div>Enthaltung</div>") == 1
    assert page.count("<div>Keine Antwort</div>") == 7


def test_an_open_vote_promises_no_secrecy(held, area, desk, client_of):
    round_ = hold_open_vote(held, area)
    page = desk.get(f"/desk/rounds/{round_.id}").text
    assert "Offen abgestimmt" in page
    assert "einzelne Stimmen öffnen" not in page
    member = client_of(area.members[0]).get(f"/booth/{round_.id}/questions").text
    assert "Offen abgestimmt" in member
    assert "sehen nicht, wie Sie" not in member
    check = client_of(area.members[0]).get(f"/abstimmung/{round_.id}/pruefen").text
    assert "Schlüssel des Betreibers" not in check


def test_the_way_of_a_draft_is_chosen_at_the_desk(held, area, desk, prepared_round):
    round_ = prepared_round()
    address = f"/paper/{round_.id}/way"
    page = desk.get(address).text
    assert "Geheim, nur auf Papier" in page
    assert "Offen, mit Handzeichen" not in page
    assert desk.post(address, data={"way": "open"}).status_code == 409
    assert desk.post(address, data={"way": "paper"}).status_code == 303
    assert round_.way == "paper"
