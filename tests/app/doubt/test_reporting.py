""" "Etwas stimmt nicht": from any phone to the desk, with a number, an answer, a public count."""

import json
import re
from datetime import timedelta
from urllib.parse import urlencode

from sqlmodel import select

from app import report, text
from app.models import Receipt, Report
from tests.app import builder, deciding
from tests.app.public.reading import read

WORDS = "Auf der Seite steht, ich hätte schon abgestimmt."


def send(client, round_, **typed):
    return client.post(
        f"/abstimmung/{round_.id}/melden",
        data={"reason": "not_mine", "words": WORDS, **typed},
    )


def test_anybody_reports_and_gets_a_number_and_a_date(held, area, open_round, visitor):
    round_ = open_round()
    form = read(visitor, f"/abstimmung/{round_.id}/melden")
    assert "Sie müssen nicht noch einmal abstimmen." in form
    answer = send(visitor, round_)
    assert answer.status_code == 303
    page = read(visitor, answer.location)
    found = held.exec(select(Report)).one()
    due = text.day((found.made_at + report.ANSWER_WITHIN).astimezone(text.BERLIN).date())
    assert "Ihre Meldung hat die Nummer 1." in page
    assert due in page
    assert area.area.office_phone in page
    assert "Sie müssen nicht noch einmal abstimmen." in page
    secret = answer.location.rpartition("/")[2]
    assert secret not in json.dumps(found.model_dump(), default=str)


def test_the_desk_sees_it_at_once_and_answers(held, area, open_round, visitor, client_of):
    round_ = open_round()
    desk = client_of(area.moderators[0])
    pulses = (f"/desk/rounds/{round_.id}/pulse", "/desk/pulse")
    before = [desk.get(each).json["mark"] for each in pulses]
    where = send(visitor, round_, contact="0170 1234").location
    after = [desk.get(each).json["mark"] for each in pulses]
    assert all(old != new for old, new in zip(before, after, strict=True))
    found = held.exec(select(Report)).one()
    for page in ("/desk/", f"/desk/rounds/{round_.id}"):
        assert "Meldung 1: Ich soll abgestimmt haben" in read(desk, page)
    assert "0170 1234" in read(desk, f"/desk/reports/{found.id}")
    answered = desk.post(f"/desk/reports/{found.id}", data={"answer": "Wir haben nachgesehen."})
    assert answered.status_code == 303
    assert "Wir haben nachgesehen." in read(visitor, where)
    assert "Meldung beantworten" not in read(desk, "/desk/")
    assert desk.post(f"/desk/reports/{found.id}", data={"answer": "Nein."}).status_code == 409


def test_how_many_there_were_is_public_and_nothing_else(open_round, visitor):
    round_ = open_round()
    assert "0 Meldungen" in read(visitor, f"/abstimmung/{round_.id}/pruefen")
    send(visitor, round_)
    send(visitor, round_)
    page = read(visitor, f"/abstimmung/{round_.id}/pruefen")
    assert "2 Meldungen" in page
    assert WORDS not in page


def test_the_receipt_brings_its_number_and_never_a_choice(held, area, open_round, client_of):
    round_, member = open_round(), area.members[0]
    deciding.let_cast(held, area, round_, [(member, "yes")])
    receipt = held.exec(select(Receipt)).one()
    tracker = json.loads(receipt.document)["ballots"][0]["tracker"]
    client = client_of(member)
    page = client.get(f"/beleg/{receipt.id}").text
    link = re.search(r'href="([^"]*/melden\?beleg=[^"]*)"', page)
    assert link is not None
    assert f'value="{tracker}"' in client.get(link[1]).text
    assert send(client, round_, trackers=tracker).status_code == 303
    made = held.exec(select(Report)).one()
    assert made.trackers == tracker
    told = {each for each in made.model_dump() if each not in ("words", "answer")}
    assert not told & {"choice", "member_id", "yes", "no"}


def test_a_receipt_of_another_round_brings_nothing(held, area, open_round, client_of):
    first, other = open_round(), open_round()
    deciding.let_cast(held, area, first, [(area.members[0], "yes")])
    receipt = held.exec(select(Receipt)).one()
    page = client_of(area.members[0]).get(f"/abstimmung/{other.id}/melden?beleg={receipt.id}")
    assert json.loads(receipt.document)["ballots"][0]["tracker"] not in page.text


def test_numbers_count_in_each_area(held, area, open_round, visitor):
    far = builder.build_council(held, "fern")
    held.commit()
    round_ = open_round()
    send(visitor, round_)
    send(visitor, round_)
    visitor.post(f"/gebiet/{far.area.slug}/melden", data={"reason": "other"})
    found = held.exec(select(Report).order_by(Report.id)).all()
    assert [(each.area_id, each.n) for each in found] == [
        (area.area.id, 1),
        (area.area.id, 2),
        (far.area.id, 1),
    ]


def test_what_was_typed_is_kept_when_the_reason_is_missing(open_round, visitor):
    round_ = open_round()
    answer = send(visitor, round_, reason="")
    assert answer.status_code == 422
    assert WORDS in answer.text


def test_reports_are_slowed_down_per_network(open_round, visitor):
    round_ = open_round()
    answers = [send(visitor, round_).status_code for _each in range(41)]
    assert answers == [303] * 40 + [429]


def test_a_guessed_link_shows_nothing(open_round, visitor):
    send(visitor, open_round())
    assert visitor.get("/meldung/1").status_code == 410


def test_a_draft_is_not_known(held, area, visitor, prepared_round):
    round_ = prepared_round()
    round_.state = "draft"
    held.add(round_)
    held.commit()
    assert visitor.get(f"/abstimmung/{round_.id}/melden").status_code == 404
    assert send(visitor, round_).status_code == 404


def test_an_archive_takes_no_reports(held, area, open_round, visitor):
    round_ = open_round()
    area.area.closes_on = builder.LONG_AGO.date() - timedelta(days=1)
    held.add(area.area)
    held.commit()
    assert send(visitor, round_).status_code == 403
    assert held.exec(select(Report)).all() == []


def test_another_areas_desk_does_not_find_it(held, open_round, visitor, client_of):
    far = builder.build_council(held, "fern")
    send(visitor, open_round())
    found = held.exec(select(Report)).one()
    desk = client_of(far.moderators[0])
    assert desk.get(f"/desk/reports/{found.id}").status_code == 404
    assert "Meldung 1" not in read(desk, "/desk/")


def test_a_phone_that_was_given_another_box_tells_both_heads(open_round, visitor):
    address = f"/abstimmung/{open_round().id}/melden"
    seen, given = "a" * 64, "b" * 64

    def typed(**heads):
        return read(visitor, f"{address}?{urlencode(heads)}")

    found = typed(seen=seen, given=given)
    assert f"Mein Handy kennt die Urne mit dem Stand {seen}." in found
    assert f"Jetzt bekommt es eine andere mit dem Stand {given}." in found
    assert "Jetzt bekommt es keine." in typed(seen=seen, given="x")
    assert "Mein Handy" not in typed(seen=f"{seen}0", given=given)
    told = re.compile(
        r'<input[^>]*value="differs"[^>]*checked|<input[^>]*checked[^>]*value="differs"'
    )
    assert told.search(visitor.get(f"{address}?seen={seen}").text)
    assert not told.search(visitor.get(address).text)
