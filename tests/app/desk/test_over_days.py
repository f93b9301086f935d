"""A vote over days at the desk: only where the rules let it, with its times, without names."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from app import jobs
from app.models import DeclaredAbsence, Round
from app.text import BERLIN
from tests.app import builder
from tests.app.builder import Browser, Council


@pytest.fixture
def draft(held: Session, area: Council, moderator: Browser) -> Round:
    builder.set_rules(held, area, circular__allowed="yes")
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    moderator.post(f"/desk/bodies/{area.body.id}/circular", data={"proposals": [proposal.id]})
    return held.exec(select(Round)).one()


def local(**after: int) -> str:
    return (datetime.now(BERLIN) + timedelta(**after)).strftime("%Y-%m-%dT%H:%M")


def reread(held: Session, round_: Round) -> Round:
    held.rollback()
    held.expire_all()
    found = held.get_one(Round, round_.id)
    held.commit()
    return found


@pytest.mark.parametrize(
    ("allowed", "said"),
    [(None, "steht noch nicht in den Regeln"), ("no", "geht das nicht")],
)
def test_it_is_offered_only_where_the_rules_allow_it(
    held: Session, area: Council, moderator: Browser, allowed: str | None, said: str
) -> None:
    builder.set_rules(held, area, circular__allowed=allowed)
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    address = f"/desk/bodies/{area.body.id}/circular"
    page = moderator.get(address).text
    assert said in page
    assert "Weiter zu den Zeiten" not in page
    assert moderator.post(address, data={"proposals": [proposal.id]}).status_code == 409
    assert held.exec(select(Round)).all() == []


def test_it_is_drafted_and_its_times_are_set(
    held: Session, area: Council, moderator: Browser, draft: Round
) -> None:
    assert (draft.mode, draft.meeting_id) == ("circular", None)
    page = moderator.get(f"/desk/rounds/{draft.id}").text
    assert "Abstimmung im Umlauf" in page
    assert f"/desk/rounds/{draft.id}/announce" not in page
    away = area.members[2].id
    form = {"opens_at": local(hours=2), "closes_at": local(days=6), "absent": [away]}
    assert moderator.post(f"/desk/rounds/{draft.id}/schedule", data=form).status_code == 303
    assert held.exec(select(DeclaredAbsence.member_id)).all() == [away]
    page = moderator.get(f"/desk/rounds/{draft.id}").text
    assert "Stimmberechtigt: 8 von 9 Sitzen" in page
    assert "Beschlussfähig, wenn 6 von 9 mitmachen." in page
    assert f"/desk/rounds/{draft.id}/announce" in page


@pytest.mark.parametrize(
    ("opens", "closes"), [({}, None), ({}, {"hours": -1}), ({"days": 2}, {"days": 1})]
)
def test_times_that_cannot_be_kept_are_said_beside_the_field(
    held: Session,
    moderator: Browser,
    draft: Round,
    opens: dict[str, int],
    closes: dict[str, int] | None,
) -> None:
    form = {
        "opens_at": local(**opens) if opens else "",
        "closes_at": local(**closes) if closes is not None else "",
    }
    answer = moderator.post(f"/desk/rounds/{draft.id}/schedule", data=form)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert reread(held, draft).closes_at is None


def test_conditions_need_a_reason(
    held: Session, area: Council, moderator: Browser, draft: Round
) -> None:
    builder.set_rules(held, area, circular__allowed="conditions")
    address, form = f"/desk/rounds/{draft.id}/schedule", {"closes_at": local(days=6)}
    assert moderator.post(address, data=form).status_code == 422
    reason = "Die Frist für das Geld endet am Freitag."
    assert moderator.post(address, data=form | {"reason": reason}).status_code == 303
    assert reason in moderator.get(f"/desk/rounds/{draft.id}").text


def test_it_opens_and_closes_by_itself(held: Session, moderator: Browser, draft: Round) -> None:
    form = {"opens_at": local(hours=1), "closes_at": local(days=6)}
    moderator.post(f"/desk/rounds/{draft.id}/schedule", data=form)
    moderator.post(f"/desk/rounds/{draft.id}/announce")
    jobs.open_rounds(datetime.now(UTC))
    assert reread(held, draft).state == "announced"
    jobs.open_rounds(datetime.now(UTC) + timedelta(hours=1))
    assert reread(held, draft).state == "open"
    jobs.close_rounds(datetime.now(UTC) + timedelta(days=7))
    assert reread(held, draft).state == "closed"


def test_a_moment_at_which_nothing_can_open_passes_and_is_said(
    held: Session, area: Council, moderator: Browser, prepared_round: Callable[..., Round]
) -> None:
    round_ = prepared_round()
    builder.set_present(held, area, area.members[:3])
    form = {"opens_at": local(minutes=5), "closes_at": ""}
    assert moderator.post(f"/desk/rounds/{round_.id}/schedule", data=form).status_code == 303
    later = datetime.now(UTC) + timedelta(minutes=6)
    jobs.open_rounds(later)
    found = reread(held, round_)
    assert (found.state, found.opens_at) == ("announced", None)
    assert found.opening_refused == "no_question_left"
    assert "konnte nicht von selbst öffnen" in moderator.get(f"/desk/rounds/{round_.id}").text
    builder.set_present(held, area, area.members)
    jobs.open_rounds(later)
    assert reread(held, round_).state == "announced"


def test_there_is_no_last_call_outside_a_room(
    held: Session, area: Council, moderator: Browser
) -> None:
    round_ = builder.open_round(held, builder.prepare_over_days(held, area))
    page = moderator.get(f"/desk/rounds/{round_.id}").text
    assert "Letzter Aufruf" not in page
    assert f"/desk/rounds/{round_.id}/close-early" in page
    assert moderator.post(f"/desk/rounds/{round_.id}/last-call").status_code == 409
    assert reread(held, round_).last_call_at is None


def test_the_desk_sees_numbers_of_reminders_and_no_names(
    held: Session, area: Council, moderator: Browser
) -> None:
    for member in area.members[:3]:
        member.mail = f"m{member.id}@anger.example"
        held.add(member)
    round_ = builder.open_round(held, builder.prepare_over_days(held, area))
    jobs.remind(datetime.now(UTC) + timedelta(days=4))
    page = moderator.get(f"/desk/rounds/{round_.id}").text
    assert "3 Mitglieder per E-Mail" in page
    assert "6 ohne E-Mail-Adresse" in page
    assert all(member.name not in page for member in area.members)


def test_members_and_the_public_read_about_it(
    held: Session, area: Council, client_of: Callable[..., Browser], visitor: Browser
) -> None:
    round_ = builder.open_round(held, builder.prepare_over_days(held, area))
    member = client_of(area.members[0])
    assert "Im Umlauf" in member.get(f"/booth/{round_.id}/questions").text
    assert "Im Umlauf" in member.get(f"/booth/{round_.id}/roll").text
    assert member.get(f"/booth/{round_.id}/state").json["questions"][0]["may_vote"]
    assert visitor.get(f"/abstimmung/{round_.id}/pruefen").status_code == 200
    assert "stimmt gerade ab" in visitor.get(f"/gebiet/{area.area.slug}").text
