"""Keys on phones at a meeting: all of them together open a count, and nothing else does."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from app import db, hall_key
from app.board import read_archive
from app.booth.receipt import last_receipt
from app.entropy import rand_scalar
from app.errors import Refused
from app.models import Board, EveningKey, LogEntry, Question, Round
from app.round import count_key, counting, releasing
from app.round.releasing import Part
from tests.app import builder, count_part, deciding
from tests.app.builder import Council
from voting.protocol import group as groups
from voting.protocol import trustee
from voting.protocol.verify import Accepted, verify

GROUP = groups.by_name("Ed25519")
EXPONENTS = (2**200 + 1, 2**201 + 3, 2**202 + 5)


def make_key(held: Session, area: Council, at: int) -> EveningKey:
    """The evening key of the member at this place."""
    document = trustee.make_single(GROUP, EXPONENTS[at], rand_scalar).decode()
    made = count_key.add(held, area.meeting, area.members[at], document, db.clock(held))
    held.commit()
    return made


@pytest.fixture
def evening(held: Session, area: Council) -> Council:
    """A council at whose meeting two members count."""
    builder.set_rules(held, area, trust__meeting="evening")
    for at in (0, 1):
        make_key(held, area, at)
    return area


def release(held: Session, area: Council, round_: Round, at: int, **changed: Any) -> None:
    parts = changed.get("parts") or count_part.parts_of(held, round_, EXPONENTS[at])
    releasing.release(held, round_, area.members[at], parts, db.clock(held))
    held.commit()


@pytest.fixture
def closed(held: Session, evening: Council) -> Round:
    """A round of two questions, closed and added up, in which nine voted."""
    choices = ["yes"] * 6 + ["no"] * 2 + ["abstain"]
    round_ = deciding.close(held, evening, choices, questions=2)
    held.commit()
    counting.count_round(round_.id)
    held.expire_all()
    return round_


def questions(held: Session, round_: Round) -> list[Question]:
    return list(held.exec(select(Question).where(Question.round_id == round_.id)))


def test_the_sum_waits_until_every_key_is_there(
    held: Session, evening: Council, closed: Round
) -> None:
    assert closed.trust == "evening"
    assert [each.state for each in questions(held, closed)] == ["listed", "listed"]
    assert counting.uncounted(held) == []
    assert [each.has_released for each in releasing.holders(held, closed)] == [False, False]
    release(held, evening, closed, 0)
    assert [each.has_released for each in releasing.holders(held, closed)] == [True, False]
    assert [each.outcome for each in questions(held, closed)] == [None, None]
    release(held, evening, closed, 1)
    for question in questions(held, closed):
        assert (question.state, question.outcome["yes"], question.outcome["no"]) == (
            "counted",
            6,
            2,
        )
        verdict = verify(
            BytesIO(read_archive(held, question.id)),
            held.get_one(Board, question.id).strong.encode(),
        )
        assert isinstance(verdict, Accepted)
        assert (verdict.stage, verdict.partials) == ("done", 2)
    types = held.exec(select(LogEntry.type)).all()
    assert list(types).count("counted") == 2


def test_an_archive_with_one_of_two_parts_verifies_at_its_stage(
    held: Session, evening: Council, closed: Round
) -> None:
    release(held, evening, closed, 1)
    question = questions(held, closed)[0]
    verdict = verify(
        BytesIO(read_archive(held, question.id)), held.get_one(Board, question.id).strong.encode()
    )
    assert isinstance(verdict, Accepted)
    assert (verdict.stage, verdict.partials, verdict.result) == ("tallied", 1, None)


def test_handing_in_twice_changes_nothing(held: Session, evening: Council, closed: Round) -> None:
    release(held, evening, closed, 0)
    heights = [held.get_one(Board, each.id).height for each in questions(held, closed)]
    release(held, evening, closed, 0, parts={"x": Part(b"", b"")})
    assert heights == [held.get_one(Board, each.id).height for each in questions(held, closed)]


def test_a_wrong_part_is_refused_and_nothing_is_kept(
    held: Session, evening: Council, closed: Round
) -> None:
    good = count_part.parts_of(held, closed, EXPONENTS[0])
    first, second = good
    wrong = {
        "another's key": count_part.parts_of(held, closed, EXPONENTS[1]),
        "of another question": {first: good[second], second: good[first]},
        "no proof": {name: Part(part.partial, b"{}") for name, part in good.items()},
        "a changed proof": {
            name: Part(
                re.sub(rb'"response":"\d+', b'"response":"1', part.partial, count=1), part.share
            )
            for name, part in good.items()
        },
    }
    for name, parts in wrong.items():
        with pytest.raises(Refused, match="release_broken"):
            releasing.release(held, closed, evening.members[0], parts, db.clock(held))
        held.rollback()
        assert [each.has_released for each in releasing.holders(held, closed)] == [False] * 2, name
    with pytest.raises(Refused, match="release_incomplete"):
        releasing.release(held, closed, evening.members[0], {first: good[first]}, db.clock(held))
    with pytest.raises(Refused, match="not_found"):
        releasing.release(held, closed, evening.members[5], good, db.clock(held))


def test_without_two_keys_nothing_opens(held: Session, area: Council) -> None:
    builder.set_rules(held, area, trust__meeting="evening")
    make_key(held, area, 0)
    round_ = builder.prepare_round(held, area)
    with pytest.raises(Refused, match="evening_keys_missing"):
        builder.open_round(held, round_)


def test_a_fourth_key_is_refused_and_a_second_of_one_phone_takes_the_place_of_the_first(
    held: Session, evening: Council
) -> None:
    make_key(held, evening, 2)
    document = trustee.make_single(GROUP, 2**190 + 7, rand_scalar).decode()
    now = db.clock(held)
    with pytest.raises(Refused, match="evening_keys_full"):
        count_key.add(held, evening.meeting, evening.members[3], document, now)
    count_key.add(held, evening.meeting, evening.members[1], document, now)
    keys = count_key.keys_of(held, evening.meeting.id)
    assert [key.member_id for key in keys] == [evening.members[at].id for at in (0, 2, 1)]


def test_only_who_is_there_counts_and_a_key_proves_itself(held: Session, evening: Council) -> None:
    now = db.clock(held)
    good = trustee.make_single(GROUP, EXPONENTS[2], rand_scalar).decode()
    builder.set_present(held, evening, evening.members[:2])
    with pytest.raises(Refused, match="not_present"):
        count_key.add(held, evening.meeting, evening.members[2], good, now)
    builder.set_present(held, evening, evening.members)
    for broken in (
        "",
        "[]",
        good.replace("Single", "Pedersen"),
        good.replace('"response":"', '"response":"1'),
    ):
        with pytest.raises(Refused, match="count_key_broken"):
            count_key.add(held, evening.meeting, evening.members[2], broken, now)


def test_a_key_that_was_dismissed_serves_no_further_round_and_the_open_one_keeps_it(
    held: Session, evening: Council, closed: Round
) -> None:
    first = count_key.keys_of(held, evening.meeting.id)[0]
    count_key.dismiss(held, first, db.clock(held))
    held.commit()
    assert releasing.holders(held, closed)[0].public_key == first.public_key
    make_key(held, evening, 2)
    later = builder.open_round(held, builder.prepare_round(held, evening))
    assert first.public_key not in {each.public_key for each in releasing.holders(held, later)}


def test_too_few_ballots_need_no_key(held: Session, evening: Council) -> None:
    round_ = deciding.close(held, evening, ["yes"] * 4)
    held.commit()
    counting.count_round(round_.id)
    held.expire_all()
    assert questions(held, round_)[0].state == "too_few_ballots"
    assert releasing.waiting(held, round_) == []


def test_the_pages_of_those_who_count(
    app: Flask, held: Session, evening: Council, closed: Round, client_of: Any
) -> None:
    phone = client_of(evening.members[0])
    page = f"/commission/meetings/{evening.meeting.id}"
    assert "Heute zählen Sie mit aus" in phone.get(page).text
    told = phone.get(f"{page}/state").json
    assert (told["there"], told["may_count"], len(told["rounds"])) == (2, True, 1)
    asked = told["rounds"][0]
    assert [each["ballots"] for each in asked["questions"]] == [9, 9]
    archive = phone.get(asked["questions"][0]["archive"])
    assert archive.data == read_archive(held, asked["questions"][0]["question"])
    stranger = client_of(evening.members[4])
    assert stranger.get(asked["questions"][0]["archive"]).status_code == 404
    assert stranger.get(f"{page}/state").json["rounds"] == []
    parts = [
        {"question": name, "partial": part.partial.decode(), "share": part.share.decode()}
        for name, part in count_part.parts_of(held, closed, EXPONENTS[0]).items()
    ]
    held.commit()
    answer = phone.post(asked["address"], json={"parts": parts})
    assert answer.json == {"released": True}
    (asked,) = phone.get(f"{page}/state").json["rounds"]
    assert (asked["released"], asked["there"], asked["needed"]) == (True, 1, 2)
    assert asked["missing"] == [evening.members[1].name]
    hall_key.renew(evening.meeting)
    held.commit()
    screen = f"/sitzung/{evening.meeting.id}/saal?key={evening.meeting.hall_key}"
    called = builder.browse(app, held).get(screen).text
    assert "Ihr Schlüssel wird gebraucht." in called
    assert "1 von 2 haben zugestimmt." in called
    assert evening.members[1].name not in called
    desk = client_of(evening.moderators[0])
    shown = desk.get(f"/desk/rounds/{closed.id}").text
    assert "1 von 2 Schlüsseln sind da." in shown
    assert evening.members[1].name in shown


@pytest.mark.parametrize(("act", "data"), [("close", {}), ("cancel", {"reason": "Sturm"})])
def test_a_meeting_does_not_end_while_a_sum_waits_for_keys(
    held: Session,
    evening: Council,
    closed: Round,
    client_of: Any,
    act: str,
    data: dict[str, str],
) -> None:
    desk = client_of(evening.moderators[0])
    meeting = f"/desk/meetings/{evening.meeting.id}"
    release(held, evening, closed, 0)
    asked = desk.get(f"{meeting}/close").text
    assert f"/desk/rounds/{closed.id}" in asked
    assert evening.members[1].name in asked
    assert evening.members[0].name not in asked
    assert "kern-btn--danger" not in asked
    refused = desk.post(f"{meeting}/{act}", data=data)
    assert refused.status_code == 409
    assert "noch nicht ausgezählt" in refused.text
    held.refresh(evening.meeting)
    assert evening.meeting.state == "planned"
    release(held, evening, closed, 1)
    assert "kern-btn--danger" in desk.get(f"{meeting}/close").text
    assert desk.post(f"{meeting}/{act}", data=data).status_code == 303


def test_a_sum_that_nobody_opens_any_more_does_not_hold_the_meeting(
    held: Session, evening: Council, closed: Round, client_of: Any
) -> None:
    closed.state = "void"
    held.add(closed)
    desk = client_of(evening.moderators[0])
    assert desk.post(f"/desk/meetings/{evening.meeting.id}/close").status_code == 303


def test_a_key_is_asked_for_where_its_holder_looks(
    held: Session, evening: Council, closed: Round, client_of: Any
) -> None:
    """On the list and on the receipt, until it was given; also from somebody who has left."""
    holder, guest = evening.members[1], evening.members[4]
    receipt = last_receipt(held, closed, holder.id)
    builder.set_present(held, evening, evening.members[2:])
    phone, page = client_of(holder), f"/commission/meetings/{evening.meeting.id}"
    for shown in ("/booth/", f"/beleg/{receipt}"):
        told = phone.get(shown).text.partition("data-counting")[2]
        assert "Ihr Schlüssel wird gebraucht" in told[:200], shown
        assert page in told
    assert "Heute mitzählen" in client_of(guest).get("/booth/").text
    release(held, evening, closed, 1)
    assert "data-counting" not in phone.get("/booth/").text
    builder.set_present(held, evening, evening.members)
    assert "Sie zählen heute mit" in phone.get(f"/beleg/{receipt}").text
    assert "Heute mitzählen" not in phone.get("/booth/").text


def test_a_round_does_not_open_on_the_key_of_somebody_who_left(
    held: Session, evening: Council, client_of: Any
) -> None:
    gone, stayed = evening.members[:2]
    round_ = builder.prepare_round(held, evening)
    builder.set_present(held, evening, evening.members[1:])
    desk = client_of(evening.moderators[0])
    shown = desk.get(f"/desk/rounds/{round_.id}/open").text
    assert f"Nicht mehr da: {gone.name}." in shown
    held.commit()
    with pytest.raises(Refused, match="evening_holder_left"):
        builder.open_round(held, round_)
    held.rollback()
    key = count_key.keys_of(held, evening.meeting.id)[0]
    make_key(held, evening, 2)
    desk.post(f"/desk/rounds/{round_.id}/count-keys/{key.id}/dismiss")
    assert "Nicht mehr da" not in desk.get(f"/desk/rounds/{round_.id}/open").text
    builder.open_round(held, round_)
    names = [each.person.name for each in releasing.holders(held, round_)]
    assert names == [stayed.name, evening.members[2].name]


def test_own_answers_are_opened_by_the_same_keys(held: Session, evening: Council) -> None:
    builder.set_rules(held, evening, trust__meeting="evening", majority__other="more_than_half")
    round_ = builder.prepare_choice(held, evening, "Anger", "Linde", "Markt", most=2, places=2)
    deciding.close_prepared(held, evening, round_, ["option-1 option-3"] * 5 + ["blank"])
    counting.count_round(round_.id)
    held.expire_all()
    for at in (0, 1):
        release(held, evening, round_, at)
    (question,) = questions(held, round_)
    counts = (question.outcome or {})["counts"]
    assert [each["votes"] for each in counts] == [5, 0, 5, 1]
    assert [each["mark"] for each in counts] == ["chosen", None, "chosen", None]
