"""What the booth is told: the same questions in every language, then this member."""

import json
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.booth.casting import cast
from app.card_revoking import revoke_cards
from app.models import Attendance, Board, Round, VotingKey
from tests.app import builder
from voting.protocol.election import digest_wording


def state_of(browser, round_, prefix=""):
    return browser.get(f"{prefix}/booth/{round_.id}/state")


def test_the_document_of_an_open_round(client_of, area, held, open_round):
    round_ = open_round(questions=2)
    answer = state_of(client_of(area.members[0]), round_)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    state = answer.json
    assert state["round"] == round_.id
    assert state["state"] == "open"
    assert state["title"]["de"].startswith("Quartiersrat Anger, ")
    assert (state["group"], state["term"]) == ("Ed25519", area.term.id)
    assert (state["roll_size"], state["small_body"], state["min_turnout"]) == (9, True, 5)
    assert (state["trust"], state["languages"]) == ("office", ["de", "en"])
    assert (state["closes_at"], state["last_call"]) == (None, False)
    assert state["voted"] == {"receipt": None}
    assert state["words"]["de"]["cast"] == "Jetzt geheim abstimmen"
    assert set(state["words"]["de"]) == set(state["words"]["en"])
    assert [question["position"] for question in state["questions"]] == [1, 2]


def test_questions_carry_what_the_booth_recomputes(client_of, area, held, open_round):
    round_ = open_round()
    (question,) = state_of(client_of(area.members[0]), round_).json["questions"]
    board = held.get(Board, question["question"])
    assert question["election"] == board.election
    assert question["order"] == ["yes", "no", "abstain"]
    assert question["options"]["de"] == ["Ja", "Nein", "Enthaltung"]
    assert question["digest"] == digest_wording(
        question["wording"], question["options"], question["order"]
    )
    assert question["digest"] in json.loads(board.election)["description"]
    assert question["title"] == {"de": "Hochbeete im Hof", "en": "Hochbeete im Hof"}
    assert question["amount_cents"] == 120_000
    assert question["explanation"]["de"].startswith("Eine Enthaltung hilft nicht zum Ja.")
    assert question["explanation"]["en"] != question["explanation"]["de"]
    assert question["point"] == area.phones[area.members[0].id].point
    assert (question["may_vote"], question["reason"]) == (True, None)


def test_the_reasons(client_of, area, held, open_round):
    recused, late, without, absent, entitled = area.members[:5]
    for member in (late, without):
        held.delete(held.exec(select(VotingKey).where(VotingKey.member_id == member.id)).one())
    held.delete(held.exec(select(Attendance).where(Attendance.member_id == absent.id)).one())
    held.commit()
    round_ = open_round(questions=2, recused={1: [recused]})
    builder.give_key(held, late, area.term)
    for member, reasons in [
        (recused, ["recused", None]),
        (late, ["key_late", "key_late"]),
        (without, ["no_key", "no_key"]),
        (absent, ["not_on_roll", "not_on_roll"]),
        (entitled, [None, None]),
    ]:
        questions = state_of(client_of(member), round_).json["questions"]
        assert [each["reason"] for each in questions] == reasons
        for each in questions:
            assert each["may_vote"] is (each["reason"] is None)
            assert (each["point"] is None) is not each["may_vote"]


def test_a_key_made_with_a_new_card_is_late(client_of, area, held, open_round):
    member = area.members[0]
    round_ = open_round()
    revoke_cards(held, area.term.id, [member.id], datetime.now(UTC))
    builder.give_key(held, member, area.term)
    [question] = state_of(client_of(member), round_).json["questions"]
    assert (question["may_vote"], question["reason"], question["point"]) == (
        False,
        "key_late",
        None,
    )


def test_state_differs_between_members_only_where_it_must(client_of, area, open_round):
    round_ = open_round()
    first, second = (state_of(client_of(member), round_).json for member in area.members[:2])
    own = {"csrf", "member", "server_now", "questions"}
    assert {key for key in first if first[key] != second[key]} == own
    points = [state["questions"][0].pop("point") for state in (first, second)]
    assert points[0] != points[1]
    assert first["questions"] == second["questions"]


def test_every_language_gets_the_same_document(client_of, area, open_round):
    round_ = open_round()
    browser = client_of(area.members[0])
    german, english = (state_of(browser, round_, prefix).json for prefix in ("", "/en"))
    for state in (german, english):
        del state["csrf"], state["server_now"]
    assert german == english


def test_nothing_tells_how_or_whether_others_voted(client_of, area, open_round, make_submission):
    round_ = open_round()
    browser = client_of(area.members[0])
    before = state_of(browser, round_).json
    for member in area.members[1:4]:
        cast(member, round_.id, make_submission(member, round_, "yes"))
    after = state_of(browser, round_).json
    for state in (before, after):
        del state["csrf"], state["server_now"]
    assert before == after


def test_the_own_receipt_is_named(client_of, area, open_round, make_submission):
    member, round_ = area.members[0], open_round()
    browser = client_of(member)
    receipt = json.loads(cast(member, round_.id, make_submission(member, round_, "yes")))
    assert state_of(browser, round_).json["voted"] == {"receipt": receipt["receipt"]}


@pytest.mark.parametrize(("state", "elections"), [("announced", False), ("closed", True)])
def test_other_states(client_of, area, held, prepared_round, state, elections):
    round_ = prepared_round()
    if elections:
        builder.open_round(held, round_)
        held.get(Round, round_.id).closes_at = builder.LONG_AGO
    answer = state_of(client_of(area.members[0]), round_).json
    assert answer["state"] == state
    assert (answer["questions"][0]["election"] is not None) is elections


def test_refusals_are_json_whatever_is_accepted(client_of, visitor, area, held, open_round):
    round_ = open_round()
    stranger = builder.build_council(held, "bruecke").members[0]
    for browser, status, code in [
        (visitor, 401, "signed_out"),
        (client_of(stranger), 404, "not_found"),
        (client_of(area.moderators[0]), 403, "forbidden"),
    ]:
        answer = browser.get(f"/booth/{round_.id}/state", headers={"Accept": "*/*"})
        assert (answer.status_code, answer.json["error"]) == (status, code)
