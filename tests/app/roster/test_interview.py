"""The interview by its pages: each answer saved at once, back and forth, checked, adopted."""

import pytest
from sqlmodel import Session, select

from app import adoption, rules_of_procedure
from app.models import Body, Confirmation, RulesOfProcedure
from app.roster.beginning import begin_term
from app.rule.groups import INTERVIEW
from tests.app import builder
from tests.app.builder import Browser, Council

QUORUM = {"quorum__rule": "two_thirds", "quorum__fixed": "", "quorum__base": "all_seats"}


@pytest.fixture
def jury(held: Session, area: Council) -> Body:
    """A jury without any rules."""
    made = Body(area_id=area.area.id, kind="jury", name="Aktionsfondsjury Anger")
    held.add(made)
    held.flush()
    begin_term(held, made, area.term.starts_on, area.term.ends_on)
    return made


@pytest.fixture
def rules_at(jury: Body) -> str:
    return f"/roster/bodies/{jury.id}/rules"


def draft_of(held: Session, body: Body) -> RulesOfProcedure:
    found = adoption.draft(held, body.id)
    assert found is not None
    return found


def test_a_body_without_rules_is_led_to_the_first_question(
    held: Session, jury: Body, rules_at: str, moderator: Browser
) -> None:
    shown = moderator.get(rules_at).text
    assert "Noch gelten keine Regeln." in shown
    begun = moderator.post(f"{rules_at}/draft")
    assert begun.status_code == 303
    assert begun.location == f"{rules_at}/interview/quorum"
    page = moderator.get(begun.location).text
    assert "Frage 1 von 12" in page
    assert "Sie sind 9. Dann müssen 6 da sein." in page
    assert "checked" not in page
    assert draft_of(held, jury).parameters == {}


def test_an_answer_is_saved_and_leads_on(
    held: Session, jury: Body, rules_at: str, moderator: Browser
) -> None:
    saved = moderator.post(f"{rules_at}/interview/quorum", data=QUORUM)
    assert saved.status_code == 303
    assert saved.location == f"{rules_at}/interview/without-quorum"
    draft = draft_of(held, jury)
    assert draft.parameters == {"quorum.rule": "two_thirds", "quorum.base": "all_seats"}
    again = moderator.get(f"{rules_at}/interview/quorum").text
    assert again.count("checked") == 2
    assert "1 von 12 Fragen sind beantwortet" in moderator.get(rules_at).text


def test_not_knowing_yet_is_an_answer_that_stores_nothing(
    held: Session, jury: Body, rules_at: str, moderator: Browser
) -> None:
    moderator.post(f"{rules_at}/interview/quorum", data=QUORUM | {"quorum__base": ""})
    draft = draft_of(held, jury)
    assert "quorum.base" not in draft.parameters
    assert "quorum.base" in draft.asked
    assert moderator.get(f"{rules_at}/interview/quorum").text.count("checked") == 2


def test_what_the_template_offers_is_marked_and_not_stored(
    held: Session, area: Council, moderator: Browser
) -> None:
    page = f"/roster/bodies/{area.body.id}/rules"
    moderator.post(f"{page}/draft")
    shown = moderator.get(f"{page}/interview/quorum").text
    assert shown.count("Vorschlag der Vorlage") == 1
    assert draft_of(held, area.body).parameters == {}


@pytest.mark.parametrize(
    ("step", "typed", "sentence"),
    [
        ("quorum", {}, "Bitte wählen Sie eine Antwort."),
        ("quorum", QUORUM | {"quorum__rule": "most"}, "Bitte wählen Sie eine Antwort."),
        ("quorum", QUORUM | {"quorum__rule": "fixed"}, "Bitte schreiben Sie die feste Zahl."),
        (
            "quorum",
            QUORUM | {"quorum__rule": "fixed", "quorum__fixed": "100"},
            "Bitte eine Zahl von 1 bis 99.",
        ),
        (
            "secrecy",
            {"ballot__secrecy": "secret", "ballot__min_turnout": "1"},
            "Bitte eine Zahl von 2 bis 999.",
        ),
        (
            "secrecy",
            {"ballot__secrecy": "secret", "ballot__min_turnout": "fünf"},
            "Bitte schreiben Sie eine ganze Zahl.",
        ),
        ("deputies", {"deputy__mode": "personal"}, "Bitte wählen Sie eine Antwort."),
        ("languages", {"languages": ["en"]}, "Deutsch gehört immer dazu."),
    ],
)
def test_what_cannot_be_is_named_and_not_stored(
    held: Session,
    jury: Body,
    rules_at: str,
    moderator: Browser,
    step: str,
    typed: dict[str, object],
    sentence: str,
) -> None:
    answer = moderator.post(f"{rules_at}/interview/{step}", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert adoption.draft(held, jury.id) is None


def test_nobody_is_asked_how_deputies_stand_in_where_there_are_none(
    held: Session, jury: Body, rules_at: str, moderator: Browser
) -> None:
    typed = {"deputy__mode": "none", "deputy__on_absence": "yes"}
    assert moderator.post(f"{rules_at}/interview/deputies", data=typed).status_code == 303
    assert draft_of(held, jury).parameters == {"deputy.mode": "none"}


def test_the_other_rules_stand_on_one_page(
    held: Session, jury: Body, rules_at: str, moderator: Browser
) -> None:
    typed = {
        "body__resident_share-comparison": ">=",
        "body__resident_share-part": "2",
        "body__resident_share-of": "4",
        "application_deadline-kind": "weekly",
        "application_deadline-weekday": "tue",
        "application_deadline-at": "18:00",
        "lot__quota": "Frauen: 9\nMänner: 8",
        "speakers": "2",
        "election__yes_over_no": "no",
        "tie__rule": "lot",
    }
    saved = moderator.post(f"{rules_at}/more", data=typed)
    assert saved.location == f"{rules_at}/check"
    assert draft_of(held, jury).parameters == {
        "body.resident_share": ">=1/2",
        "application_deadline": "tue 18:00",
        "lot.quota": {"Frauen": 9, "Männer": 8},
        "speakers": 2,
        "election.yes_over_no": False,
        "tie.rule": "lot",
    }
    again = moderator.get(f"{rules_at}/more").text
    assert "Frauen: 9" in again
    assert 'value="18:00"' in again


@pytest.mark.parametrize(
    "typed",
    [
        {"body__resident_share-comparison": ">", "body__resident_share-part": "2"},
        {
            "body__resident_share-comparison": ">",
            "body__resident_share-part": "2",
            "body__resident_share-of": "2",
        },
        {"application_deadline-kind": "weekly", "application_deadline-at": ""},
        {"application_deadline-kind": "days", "application_deadline-days": "0"},
        {"lot__quota": "Frauen"},
        {"lot__quota": "Frauen: 9\nFrauen: 8"},
        {"election__threshold_percent": "101"},
        {"cap_per_action_eur": "-1"},
    ],
)
def test_other_rules_that_cannot_be_are_refused(
    held: Session, jury: Body, rules_at: str, moderator: Browser, typed: dict[str, str]
) -> None:
    answer = moderator.post(f"{rules_at}/more", data=typed)
    assert answer.status_code == 422
    assert "Es fehlt noch etwas" in answer.text
    assert adoption.draft(held, jury.id) is None


def test_the_check_page_says_everything_and_what_is_missing(
    jury: Body, rules_at: str, moderator: Browser
) -> None:
    moderator.post(f"{rules_at}/interview/quorum", data=QUORUM)
    shown = " ".join(moderator.get(f"{rules_at}/check").text.split())
    assert "Zwei Drittel müssen da sein." in shown
    assert "Wovon wird die Mehrheit berechnet?" in shown
    assert "Noch nicht festgelegt." in shown
    assert f'href="{rules_at}/interview/majority-base#majority__base"' in shown
    assert "Noch nicht durchgegangen: 11 von 12 Fragen." in shown


def finish(held: Session, jury: Body, rules_at: str, moderator: Browser) -> None:
    """Go through the whole interview without knowing anything but the quorum."""
    moderator.post(f"{rules_at}/interview/quorum", data=QUORUM)
    for step, fields in {
        "without-quorum": ["no_quorum__effect"],
        "majority": ["majority__funding", "majority__other"],
        "majority-base": ["majority__base"],
        "residents": ["resident_majority"],
        "recusal": ["recusal__quorum", "recusal__majority"],
        "recused": ["recusal__rule", "recusal__shared_seat", "recusal__publish"],
        "deputies": ["deputy__mode"],
        "secrecy": ["ballot__secrecy"],
        "circular": ["circular__allowed"],
        "objections": ["objection__by", "annul__by"],
        "languages": [],
    }.items():
        typed = dict.fromkeys(fields, "")
        saved = moderator.post(f"{rules_at}/interview/{step}", data=typed)
        assert saved.status_code == 303, step


def test_two_officers_put_the_first_version_into_force(
    held: Session, area: Council, jury: Body, rules_at: str, moderator: Browser, client_of
) -> None:
    finish(held, jury, rules_at, moderator)
    assert "Zweite Person fragen" in moderator.get(f"{rules_at}/check").text
    moderator.post(f"{rules_at}/adopt")
    asked = held.exec(select(Confirmation)).one()
    second = client_of(area.moderators[1])
    assert "Regeln ansehen" in second.get("/desk/").text
    page = f"/roster/confirmations/{asked.id}"
    assert "Zwei Drittel müssen da sein." in second.get(page).text
    refused = moderator.post(page)
    assert refused.status_code == 403
    assert "Das muss eine zweite Person bestätigen." in refused.text
    assert second.post(page).status_code == 303
    assert rules_of_procedure.in_force(held, jury.id).version == 1
    assert second.post(page).status_code == 409


def test_when_the_body_can_vote_on_rules_the_page_leads_to_the_desk(
    held: Session, area: Council, moderator: Browser
) -> None:
    area.rules.parameters = builder.PARAMETERS | {"majority.other": "more_than_half"}
    held.add(area.rules)
    page = f"/roster/bodies/{area.body.id}/rules"
    moderator.post(f"{page}/draft", data={"version": "1"})
    draft = draft_of(held, area.body)
    draft.parameters = area.rules.parameters | {"majority.base": "cast"}
    draft.asked = sorted({name for step in INTERVIEW for name in step.parameters})
    held.add(draft)
    shown = moderator.get(f"{page}/check").text
    assert "Darüber stimmt das Gremium ab." in shown
    assert f'action="/desk/rules/{draft.id}/round"' in shown
    assert moderator.post(f"{page}/adopt").status_code == 409


def test_a_first_day_lies_ahead(
    held: Session, jury: Body, rules_at: str, moderator: Browser
) -> None:
    moderator.post(f"{rules_at}/interview/quorum", data=QUORUM)
    past = moderator.post(f"{rules_at}/first-day", data={"day": "2026-01-01"})
    assert past.status_code == 422
    assert "Dieser Tag ist schon vorbei." in past.text
    assert moderator.post(f"{rules_at}/first-day", data={"day": "2199-01-01"}).status_code == 303
    assert draft_of(held, jury).valid_from.year == 2199


def test_a_draft_is_thrown_away_after_a_question(
    held: Session, jury: Body, rules_at: str, moderator: Browser
) -> None:
    moderator.post(f"{rules_at}/interview/quorum", data=QUORUM)
    assert "verwerfen?" in moderator.get(f"{rules_at}/discard").text
    assert adoption.draft(held, jury.id) is not None
    moderator.post(f"{rules_at}/discard")
    assert adoption.draft(held, jury.id) is None
    assert moderator.get(f"{rules_at}/discard").status_code == 404


def test_other_areas_and_other_bodies_have_no_such_page(
    held: Session, area: Council, moderator: Browser
) -> None:
    other = builder.build_council(held, "berg", with_keys=False)
    round_table = Body(area_id=area.area.id, kind="steering_round", level="local", name="Runde")
    held.add(round_table)
    held.flush()
    for body in (other.body.id, round_table.id):
        for page in ("interview/quorum", "more", "check", "first-day", "discard"):
            assert moderator.get(f"/roster/bodies/{body}/rules/{page}").status_code == 404
    assert moderator.get(f"/roster/bodies/{other.body.id}/rules").status_code == 404
    assert "keine Regeln" in moderator.get(f"/roster/bodies/{round_table.id}/rules").text
    assert (
        moderator.get(f"/roster/bodies/{area.body.id}/rules/interview/weather").status_code == 404
    )
