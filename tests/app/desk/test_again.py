"""Repeats, what the rules let follow, and practice rounds, as the desk leads to them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from app.models import LogEntry, Round
from app.round import closing, preparing
from tests.app import builder, deciding
from tests.app.builder import Browser, Council


def test_a_void_round_leads_to_its_repeat_and_the_public_sees_both(
    held: Session,
    moderator: Browser,
    second: Browser,
    visitor: Browser,
    prepared_round: Callable[..., Round],
) -> None:
    old = prepared_round()
    moderator.post(f"/desk/rounds/{old.id}/void", data={"reason": "Der Strom war weg."})
    page = second.get(f"/desk/rounds/{old.id}").text
    confirmation = page.partition("/desk/confirmations/")[2].partition('"')[0]
    second.post(f"/desk/confirmations/{confirmation}")
    assert f"/desk/rounds/{old.id}/repeat" in moderator.get(f"/desk/rounds/{old.id}").text
    address = f"/desk/rounds/{old.id}/repeat"
    assert moderator.post(address, data={"reason": ""}).status_code == 422
    answer = moderator.post(address, data={"reason": "Jetzt mit Strom."})
    held.rollback()
    new = held.exec(select(Round).where(Round.repeats_id == old.id)).one()
    assert answer.location == f"/desk/rounds/{new.id}"
    assert "Jetzt mit Strom." in moderator.get(answer.location).text
    assert moderator.post(address, data={"reason": "Noch einmal"}).status_code == 409
    check = f"/abstimmung/{old.id}/pruefen"
    assert new.id not in visitor.get(check).text
    moderator.post(f"/desk/rounds/{new.id}/announce")
    assert f"/abstimmung/{new.id}/pruefen" in visitor.get(check).text
    repeat = visitor.get(f"/abstimmung/{new.id}/pruefen").text
    assert f"/abstimmung/{old.id}/pruefen" in repeat
    assert "Jetzt mit Strom." in repeat


@pytest.mark.parametrize(
    ("effect", "button"),
    [
        ("poll_only", "Meinungsbild abhalten"),
        ("postpone", "In die nächste Sitzung"),
        ("circular_after", "Umlauf vorbereiten"),
    ],
)
def test_without_quorum_exactly_the_step_of_the_rules_is_offered(
    held: Session,
    area: Council,
    moderator: Browser,
    prepared_round: Callable[..., Round],
    effect: str,
    button: str,
) -> None:
    builder.set_rules(held, area, no_quorum__effect=effect, circular__allowed="yes")
    builder.set_present(held, area, area.members[:5])
    page = moderator.get(f"/desk/rounds/{prepared_round().id}").text
    offers = ("Meinungsbild abhalten", "In die nächste Sitzung", "Umlauf vorbereiten")
    assert [offer for offer in offers if offer in page] == [button]


def test_the_step_of_the_rules_is_taken_and_offered_no_more(
    held: Session, area: Council, moderator: Browser, prepared_round: Callable[..., Round]
) -> None:
    builder.set_rules(held, area, no_quorum__effect="circular_after", circular__allowed="yes")
    builder.set_present(held, area, area.members[:5])
    old = prepared_round()
    answer = moderator.post(f"/desk/rounds/{old.id}/follow", data={"step": "circular"})
    held.rollback()
    new = held.exec(select(Round).where(Round.mode == "circular")).one()
    assert answer.location == f"/desk/rounds/{new.id}"
    page = moderator.get(f"/desk/rounds/{old.id}").text
    assert "Hier ist keine Frage mehr übrig." in page
    assert "Umlauf vorbereiten" not in page
    again = moderator.post(f"/desk/rounds/{old.id}/follow", data={"step": "circular"})
    assert again.status_code == 409


def test_what_is_postponed_waits_for_the_next_meeting(
    held: Session, area: Council, moderator: Browser, prepared_round: Callable[..., Round]
) -> None:
    builder.set_rules(held, area, no_quorum__effect="postpone")
    builder.set_present(held, area, area.members[:5])
    address, form = f"/desk/rounds/{prepared_round().id}/follow", {"step": "postpone"}
    assert moderator.post(address, data=form).location == "/desk/meetings/new"
    held.rollback()
    later = builder.build_meeting(area.body, datetime.now(UTC) + timedelta(days=28))
    held.add(later)
    held.commit()
    moderator.post(address, data=form)
    held.rollback()
    new = held.exec(select(Round).where(Round.meeting_id == later.id)).one()
    assert new.state == "draft"


def test_an_unknown_step_is_not_taken(
    moderator: Browser, prepared_round: Callable[..., Round]
) -> None:
    answer = moderator.post(f"/desk/rounds/{prepared_round().id}/follow", data={"step": "adopt"})
    assert answer.status_code == 400


def test_a_practice_round_looks_different_everywhere_and_ends_with_its_count(
    held: Session, area: Council, moderator: Browser, client_of: Callable[..., Browser]
) -> None:
    answer = moderator.post(f"/desk/bodies/{area.body.id}/practice")
    held.rollback()
    practice = held.exec(select(Round)).one()
    assert answer.location == f"/desk/rounds/{practice.id}"
    assert (practice.state, practice.meeting_id) == ("open", area.meeting.id)
    member = client_of(area.members[0])
    for browser, address in (
        (moderator, f"/desk/rounds/{practice.id}"),
        (moderator, f"/desk/meetings/{area.meeting.id}"),
        (member, "/booth/"),
        (member, f"/booth/{practice.id}/questions"),
    ):
        assert "tag practice" in browser.get(address).text or "notice practice" in (
            browser.get(address).text
        )
    open_page = moderator.get(f"/desk/rounds/{practice.id}").text
    assert "Letzter Aufruf: 20 Sekunden" in open_page
    assert "Vorzeitig schließen" not in open_page
    assert "Abstimmung abbrechen" not in open_page
    assert member.get(f"/booth/{practice.id}/state").json["questions"][0]["is_practice"]
    deciding.let_cast(held, area, practice, [(each, "yes") for each in area.members])
    closing.close(held, practice, datetime.now(UTC))
    held.commit()
    deciding.count(held, practice)
    page = moderator.get(f"/desk/rounds/{practice.id}").text
    assert "Die Proberunde ist fertig." in page
    assert "Ergebnis bestätigen" not in page
    assert "Das war nur zur Probe." in member.get(f"/booth/{practice.id}/questions").text
    assert held.exec(select(LogEntry)).all() == []


def test_what_is_final_says_first_in_numbers_what_will_happen(
    held: Session, area: Council, moderator: Browser, prepared_round: Callable[..., Round]
) -> None:
    round_ = prepared_round(questions=2, recused={2: area.members[:5]})
    page = moderator.get(f"/desk/rounds/{round_.id}/open").text
    assert "Es öffnet 1 Frage." in page
    assert "9 Mitglieder sind stimmberechtigt" in page
    assert "1 Frage lässt sich nicht öffnen und wird herausgenommen." in page
    builder.open_round(held, round_)
    deciding.let_cast(held, area, round_, [(each, "no") for each in area.members[:4]])
    early = moderator.get(f"/desk/rounds/{round_.id}/close-early").text
    assert "4 von 9 haben abgestimmt." in early
    assert "5 Mitglieder können es dann nicht mehr." in early
    void = moderator.get(f"/desk/rounds/{round_.id}/void").text
    assert "4 Mitglieder haben schon abgestimmt. Diese Stimmen zählen dann nicht." in void
    assert preparing.questions_of(held, round_)[0].state == "listed"
