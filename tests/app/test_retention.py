"""Retention: each rule deletes on its day and not before, and the page says what the job does."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app import counting_commission, jobs, retention
from app.models import (
    Card,
    LookUp,
    Mail,
    Member,
    Membership,
    Objection,
    Report,
    RosterImport,
    Throttle,
    Trustee,
    UserSession,
    VotingKey,
)
from app.round import preparing
from tests.app import builder, deciding, term_key

NOW = datetime.now(UTC)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def look_up(area, at):
    return LookUp(
        area_id=area.area.id,
        member_id=area.members[0].id,
        officer_id=area.moderators[0].id,
        page="person",
        looked_at=at,
    )


def mail(_area, at):
    return Mail(recipient="a@b.example", subject="", body="", created_at=at, next_try_at=at)


def throttle(_area, at):
    return Throttle(scope="card", network=at.isoformat(), window_started_at=at, failures=1)


def upload(area, at):
    return RosterImport(
        area_id=area.area.id,
        body_id=area.body.id,
        uploaded_by=area.moderators[0].id,
        uploaded_at=at,
        filename="x.csv",
        rows=[],
        mapping={},
    )


def session(area, at):
    return UserSession(
        id_hash=at.isoformat(),
        area_id=area.area.id,
        member_id=area.members[0].id,
        created_at=at,
        expires_at=at,
    )


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("look_ups", look_up),
        ("mails", mail),
        ("throttles", throttle),
        ("uploads", upload),
        ("sessions", session),
    ],
)
def test_what_is_old_goes_on_its_day_and_not_before(held, area, name, build):
    start = NOW - retention.RULES[name].period
    old, young = build(area, start), build(area, start + SECOND)
    table = type(old)
    held.add_all([old, young])
    held.commit()
    jobs.retain(NOW)
    assert len(held.exec(select(table)).all()) == 1
    held.rollback()
    jobs.retain(NOW + SECOND)
    assert held.exec(select(table)).all() == []


def test_cards_and_keys_go_after_the_term(held, area):
    last = builder.on_day(area.term.ends_on, 12) + retention.RULES["cards"].period
    for moment, left in ((last, len(area.members)), (last + DAY, 0)):
        jobs.retain(moment)
        for table in (Card, VotingKey):
            assert len(held.exec(select(table)).all()) == left
        held.rollback()


def test_names_go_a_year_after_the_last_place_and_others_stay(held, area):
    gone, stays = area.members[:2]
    link = held.exec(select(Membership).where(Membership.member_id == gone.id)).one()
    link.ends_on = (NOW - retention.RULES["names"].period).date() - DAY
    held.add(link)
    held.commit()
    jobs.retain(NOW - 2 * DAY)
    held.expire_all()
    assert held.get(Member, gone.id).name == "Aylin Kara"
    held.rollback()
    jobs.retain(NOW)
    held.expire_all()
    assert held.get(Member, gone.id).name == f"Ehemaliges Mitglied {gone.id}"
    assert held.get(Member, stays.id).name == "Jonas Wirth"


def test_the_job_can_be_repeated(held, area):
    for _again in range(2):
        jobs.retain(NOW)
    assert len(held.exec(select(Member)).all()) == len(area.members)


def test_the_preview_says_what_would_go_and_deletes_nothing(app, held, area):
    held.add(look_up(area, NOW - 2 * retention.RULES["look_ups"].period))
    held.commit()
    runner = app.test_cli_runner()
    said = runner.invoke(args=["retain", "--preview"], env={"LC_ALL": "de_DE.UTF-8"})
    assert said.exit_code == 0, said.output
    assert said.output.count("     1  ") == 1
    assert len(held.exec(select(LookUp)).all()) == 1
    held.rollback()
    done = runner.invoke(args=["retain"])
    assert done.output.count("     1  ") == 1
    assert held.exec(select(LookUp)).all() == []


@pytest.mark.parametrize(("prefix", "year"), [("", "1 Jahr"), ("/en", "1 year")])
def test_the_page_shows_the_same_table_to_everybody(client, prefix, year):
    answer = client.get(f"{prefix}/datenschutz")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.text.count('<th scope="row">') == len(retention.RULES)
    assert year in answer.text


def test_the_page_follows_the_table(client, monkeypatch):
    """The control: another period makes another page."""
    before = client.get("/datenschutz").text
    longer = retention.RULES["look_ups"]._replace(days=5)
    monkeypatch.setattr(retention, "RULES", {**retention.RULES, "look_ups": longer})
    after = client.get("/datenschutz").text
    assert after != before
    assert "5 Tage" in after


def test_what_people_wrote_who_doubted_something_goes_after_a_year(held, area):
    start = NOW - retention.RULES["doubts"].period
    decision = deciding.decide(held, area, ["yes"] * 9)[0]
    for n, at in ((1, start), (2, start + SECOND)):
        held.add(
            Report(
                area_id=area.area.id,
                n=n,
                secret_hash=str(n),
                reason="other",
                words="Text",
                contact="0170 1",
                made_at=at,
            )
        )
        held.add(
            Objection(
                area_id=area.area.id,
                decision_id=decision.id,
                n=n,
                name="Lena Ott",
                reason="Text",
                made_at=at,
                answer="Geprüft.",
            )
        )
    held.commit()
    jobs.retain(NOW)
    held.expire_all()
    reports = held.exec(select(Report).order_by(Report.n)).all()
    objections = held.exec(select(Objection).order_by(Objection.n)).all()
    assert [(each.words, each.contact) for each in reports] == [("", ""), ("Text", "0170 1")]
    assert [(each.reason, each.name) for each in objections] == [("", ""), ("Text", "Lena Ott")]
    assert [each.answer for each in objections] == ["Geprüft."] * 2


def test_the_address_of_an_applicant_goes_after_two_years(held, area):
    proposal = builder.build_proposal(held, area, "Hochbeete")
    proposal.applicant_mail = "haus@mail.example"
    held.add(proposal)
    held.commit()
    last = proposal.created_at + retention.RULES["applicants"].period
    for moment, left in ((last - SECOND, "haus@mail.example"), (last, None)):
        jobs.retain(moment)
        held.expire_all()
        assert held.get_one(type(proposal), proposal.id).applicant_mail == left
        held.rollback()


@pytest.mark.parametrize(("state", "kept"), [(None, False), ("counted", False), ("listed", True)])
def test_sealed_parts_of_a_key_go_a_month_after_its_end(held, area, prepared_round, state, kept):
    """Not while a box waits that only this key opens."""
    people = [*area.members[:2], area.moderators[0]]
    commission = term_key.put_in_force(held, area, people, term_key.make())
    commission.state, commission.ended_at = "ended", NOW - retention.RULES["sealed_parts"].period
    for own in counting_commission.trustees_of(held, commission):
        own.polynomial = "sealed"
    if state:
        round_ = prepared_round()
        round_.trust, round_.state = "commission", "closed"
        preparing.questions_of(held, round_)[0].state = state
    held.commit()
    jobs.retain(NOW - DAY)
    held.expire_all()
    assert {each.polynomial for each in held.exec(select(Trustee))} == {"sealed"}
    held.rollback()
    jobs.retain(NOW)
    held.expire_all()
    assert {bool(each.polynomial) for each in held.exec(select(Trustee))} == {kept}
