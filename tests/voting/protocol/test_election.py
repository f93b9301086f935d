import json
from typing import Any

import pytest

from tests.voting.protocol.made import UUID, YES_NO_ABSTAIN
from voting.errors import InputError, RefusalError
from voting.protocol import canon, election
from voting.protocol.question import Question

WORDING = {"de": "Wird der Antrag gefördert?", "en": "Is the proposal funded?"}
OPTIONS = {"de": ["Ja", "Nein", "Enthaltung"], "en": ["Yes", "No", "Abstention"]}
ORDER = ["yes", "no", "abstain"]


def _made(ed, **changed) -> bytes:
    fields = {
        "uuid": UUID,
        "name": "Rat",
        "description": "",
        "group": ed,
        "public_key": ed.text(ed.power_g(5)),
        "questions": [YES_NO_ABSTAIN],
    }
    return election.make_election(**fields | changed)


def test_the_document(ed):
    document = _made(ed, description="Ä\n", questions=[Question(("a",), True, 0, 1, "Q „?“")])
    key = ed.text(ed.power_g(5))
    assert document.decode() == (
        '{"version":1,"description":"Ä\\n","name":"Rat","group":"Ed25519","public_key":"'
        + key
        + '","questions":[{"answers":["a"],"blank":true,"min":0,"max":1,"question":"Q „?“"}],'
        '"uuid":"KiezvotumTest1"}'
    )
    parsed = election.parse_election(document)
    assert (parsed.uuid, parsed.name, parsed.description) == (UUID, "Rat", "Ä\n")
    assert parsed.phi == election.phi(document) == canon.base64(document)
    assert parsed.y == ed.power_g(5)
    assert parsed.questions[0].choices == 2


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"name": "Ra\tt"}, "text"),
        ({"name": "Rat\n"}, "text"),
        ({"description": "e\u0301"}, "text"),
        ({"questions": [Question(("a\n",), None, 0, 1, "Q")]}, "text"),
        ({"questions": [Question(("a",), None, 0, 1, "\x7f")]}, "text"),
    ],
)
def test_texts_that_are_not_written(ed, changed, reason):
    with pytest.raises(InputError, match=reason):
        _made(ed, **changed)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"uuid": "KiezvotumTest"}, "setup.uuid"),
        ({"uuid": "KiezvotumTestl"}, "setup.uuid"),
        ({"uuid": UUID + "-"}, "setup.uuid"),
        ({"questions": []}, "setup.question"),
        ({"questions": [Question(("a",), None, 1, 2, "Q")]}, "setup.question"),
        ({"public_key": "0" * 63 + "1"}, "group.element"),
        ({"public_key": "x"}, "json.canonical"),
    ],
)
def test_elections_that_are_not_written(ed, changed, reason):
    with pytest.raises(RefusalError) as refusal:
        _made(ed, **changed)
    assert refusal.value.reason == reason


def test_optional_fields_are_read_in_their_place(ed):
    fields = json.loads(_made(ed)) | {"administrator": "Amt", "credential_authority": "Amt"}
    assert election.parse_election(canon.write(fields)).name == "Rat"
    fields = json.loads(_made(ed)) | {"credential_authority": "Amt", "administrator": "Amt"}
    with pytest.raises(RefusalError, match=r"json\.canonical"):
        election.parse_election(canon.write(fields))


def test_the_digest_of_the_wording():
    expected = (
        '{"wording":{"de":"Wird der Antrag gefördert?","en":"Is the proposal funded?"},'
        '"options":{"de":["Ja","Nein","Enthaltung"],"en":["Yes","No","Abstention"]},'
        '"order":["yes","no","abstain"]}'
    )
    digest = election.digest_wording(WORDING, OPTIONS, ORDER)
    assert digest == canon.hexadecimal(expected.encode())
    turned = dict(reversed(WORDING.items())), dict(reversed(OPTIONS.items()))
    assert election.digest_wording(*turned, ORDER) == digest


@pytest.mark.parametrize(
    ("wording", "options", "order"),
    [
        (WORDING | {"en": "Is the proposal funded"}, OPTIONS, ORDER),
        (WORDING, OPTIONS | {"en": ["No", "Yes", "Abstention"]}, ORDER),
        (WORDING, OPTIONS, ["no", "yes", "abstain"]),
        (WORDING | {"tr": "?"}, OPTIONS | {"tr": ["E", "H", "Ç"]}, ORDER),
    ],
)
def test_every_offered_language_and_order_is_in_the_digest(wording, options, order):
    same = election.digest_wording(WORDING, OPTIONS, ORDER)
    assert election.digest_wording(wording, options, order) != same


def test_a_language_without_options_has_no_digest():
    with pytest.raises(InputError, match="languages"):
        election.digest_wording(WORDING, {"de": OPTIONS["de"]}, ORDER)


def test_the_description():
    digest = election.digest_wording(WORDING, OPTIONS, ORDER)
    text = election.make_description(
        round_id="R1", question_id=UUID, digest=digest, rules="aa", amount_cents=250_000
    )
    assert text == (
        f'{{"kv":1,"round":"R1","question":"{UUID}","digest":"{digest}","rules":"aa",'
        '"amount_cents":250000}'
    )
    without = election.make_description(
        round_id="R1", question_id=UUID, digest=digest, rules="aa", amount_cents=None
    )
    assert list(json.loads(without)) == ["kv", "round", "question", "digest", "rules"]


def test_the_description_says_which_rules_are_voted_on_and_that_a_poll_is_one() -> None:
    facts: dict[str, Any] = {"round_id": "R1", "question_id": UUID, "digest": "d", "rules": "aa"}
    text = election.make_description(**facts, amount_cents=None, adopts="bb", is_poll=True)
    assert text.endswith('"rules":"aa","adopts":"bb","poll":true}')
    vote = election.make_description(**facts, amount_cents=None)
    assert "poll" not in json.loads(vote)
