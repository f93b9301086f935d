"""What the desk offers next, whatever is missing."""

from collections.abc import Callable

from sqlmodel import Session

from app.models import Deputy, Member, Round
from tests.app import builder
from tests.app.builder import Browser, Council


def test_a_deputy_without_a_rule_leaves_the_desk_open(
    held: Session,
    area: Council,
    prepared_round: Callable[..., Round],
    client_of: Callable[..., Browser],
) -> None:
    round_ = prepared_round()
    deputy = Member(area_id=area.area.id, name="Dana Reiß")
    held.add(deputy)
    held.flush()
    held.add(
        Deputy(
            area_id=area.area.id,
            seat_id=area.seats[0].id,
            member_id=deputy.id,
            term_id=area.term.id,
            rank=1,
            starts_on=area.term.starts_on,
            ends_on=area.term.ends_on,
        )
    )
    desk = client_of(area.moderators[0])
    shown = desk.get("/desk/")
    assert shown.status_code == 200
    assert "Wer abstimmen darf, steht noch nicht fest. Es fehlt eine Regel:" in shown.text
    assert f"/desk/rounds/{round_.id}" in shown.text
    builder.set_rules(held, area, deputy__mode="none")
    assert "Es fehlt eine Regel:" not in desk.get("/desk/").text


def test_a_vote_that_is_open_for_days_does_not_hold_up_what_is_next(
    held: Session, area: Council, client_of: Callable[..., Browser]
) -> None:
    over_days = builder.prepare_over_days(held, area)
    desk = client_of(area.moderators[0])
    assert f"/desk/rounds/{over_days.id}" in _next(desk)
    builder.open_round(held, over_days)
    assert f"/desk/rounds/{over_days.id}" not in _next(desk)
    assert f"/desk/rounds/{over_days.id}" in desk.get("/desk/").text


def _next(desk: Browser) -> str:
    page = desk.get("/desk/").text
    return str(page.partition('id="next-step"')[2].partition("</section>")[0])
