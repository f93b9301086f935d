"""The end of a term: what the page says before, what the worker ends after."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, select

from app import granting, jobs
from app.models import Card, Grant, Member, Membership, Round, Term, UserSession, VotingKey
from app.text import day as long_date
from tests.app import builder
from tests.app.builder import Browser, Council
from tests.app.money.evening import build_pot
from tests.app.money.test_granting import confirm, vote
from voting.rules.membership import months_after


def address(area: Council) -> str:
    return f"/roster/bodies/{area.body.id}/terms/{area.term.id}/end"


def next_term(held: Session, area: Council) -> Term:
    starts_on = area.term.ends_on + timedelta(days=1)
    term = Term(
        id="anger-rat-2029",
        area_id=area.area.id,
        body_id=area.body.id,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=700),
    )
    held.add(term)
    held.flush()
    return term


def after(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=1)


def left(held: Session, member: Member) -> tuple[int, int, int]:
    """How many valid cards, voting keys and live sessions a member has."""
    held.expire_all()
    cards = select(Card).where(Card.member_id == member.id, Card.revoked_at.is_(None))  # type: ignore[union-attr]
    keys = select(VotingKey).where(VotingKey.member_id == member.id)
    live = UserSession.revoked_at.is_(None)  # type: ignore[union-attr]
    sessions = select(UserSession).where(UserSession.member_id == member.id, live)
    return tuple(len(held.exec(each).all()) for each in (cards, keys, sessions))  # type: ignore[return-value, call-overload]


def test_the_page_says_what_is_left(
    held: Session,
    area: Council,
    moderator: Browser,
    prepared_round: Callable[..., Round],
) -> None:
    page = moderator.get(address(area)).text
    assert "9 Mitgliedschaften enden" in page
    assert "9 Karten gelten noch" in page
    assert "Es gibt noch keine" in page
    assert "Die Regeln nennen keine Frist. Dann sind es 12 Monate" in page
    assert long_date(months_after(area.term.ends_on, 12)) in page
    assert "Offene Bewilligungen" not in page
    assert "Alle Abstimmungen dieser Amtszeit sind zu Ende" in page
    next_term(held, area)
    builder.change_rules(held, area, {"archive.keep_months": 6})
    prepared_round()
    page = moderator.get(address(area)).text
    assert "Es gibt noch keine" not in page
    assert long_date(months_after(area.term.ends_on, 6)) in page
    assert "Die Regeln nennen keine Frist" not in page
    assert "1 Abstimmung ist noch nicht zu Ende" in page
    assert address(area) in moderator.get(f"/roster/bodies/{area.body.id}/terms").text


def test_the_day_that_a_box_was_promised_stands(
    held: Session, area: Council, moderator: Browser, prepared_round: Callable[..., Round]
) -> None:
    builder.open_round(held, prepared_round())
    builder.change_rules(held, area, {"archive.keep_months": 6})
    page = moderator.get(address(area)).text
    assert long_date(months_after(area.term.ends_on, 12)) in page


def test_open_grants_pass_on(held: Session, area: Council, moderator: Browser) -> None:
    jury = builder.build_jury(held, area)
    build_pot(held, jury)
    assert "Alle Bewilligungen sind abgeschlossen." in moderator.get(address(jury)).text
    round_, questions = vote(held, jury, {"Chor": (900_00, 5), "Beete": (500_00, 5)})
    confirm(held, jury, round_, *questions)
    page = moderator.get(address(jury)).text
    assert "2 Bewilligungen sind noch nicht abgeschlossen. Reserviert sind 1.400\u00a0€." in page
    assert "sobald es sie gibt" in page
    chor = held.exec(select(Grant).where(Grant.approved_cents == 900_00)).one()
    granting.end(held, chor, "cancel", datetime.now(UTC), "Der Chor ist aufgelöst")
    granting.complete(held, chor, datetime.now(UTC))
    held.commit()
    page = moderator.get(address(jury)).text
    assert "1 Bewilligung ist noch nicht abgeschlossen. Reserviert sind 500\u00a0€." in page


def test_a_term_of_another_body_or_area_is_not_found(
    held: Session, area: Council, moderator: Browser
) -> None:
    jury, other = builder.build_jury(held, area), builder.build_council(held, "bruch")
    wrong = f"/roster/bodies/{area.body.id}/terms/{jury.term.id}/end"
    assert moderator.get(wrong).status_code == 404
    assert moderator.get(address(other)).status_code == 404


def test_the_worker_ends_what_is_left_the_day_after(held: Session, area: Council) -> None:
    gone, stays = area.members[:2]
    following = next_term(held, area)
    held.add(
        Membership(
            area_id=area.area.id,
            seat_id=area.seats[1].id,
            member_id=stays.id,
            term_id=following.id,
            starts_on=following.starts_on,
            ends_on=following.ends_on,
        )
    )
    builder.sign_in(held, gone)
    builder.sign_in(held, stays)
    builder.give_key(held, stays, following)
    held.commit()
    last_day = area.term.ends_on
    held.commit()
    jobs.end_terms(after(last_day - timedelta(days=1)))
    assert left(held, gone) == (1, 1, 1)
    held.commit()
    jobs.end_terms(after(last_day))
    jobs.end_terms(after(last_day))
    assert left(held, gone) == (0, 0, 0)
    assert left(held, stays) == (1, 1, 1)
