"""The public page of a body's rules: in words, in versions, with what is still open."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.body import day_of
from app.models import Body, Question, RulesOfProcedure
from app.roster import adopting, drafting
from tests.app import builder
from tests.app.public.reading import in_order, read


def now():
    return datetime.now(UTC)


@pytest.fixture
def draft(held, area):
    """A draft of version 2 that changes one rule, empties one and adds one."""
    made = drafting.begin(held, area.body, area.moderators[0], area.rules)
    drafting.store(
        held,
        made,
        {"majority.base": "cast", "recusal.majority": None, "objection.days": 14},
    )
    return made


@pytest.fixture
def adopt(held, area):
    def by_two(made):
        asked = adopting.ask(held, made, area.moderators[0], now())
        adopting.confirm(held, asked, area.moderators[1], now())

    return by_two


def address(area):
    return f"/gremium/{area.body.id}/regeln"


def test_the_rules_in_force_are_sentences_with_numbers(area, visitor):
    in_order(
        read(visitor, address(area)),
        "Fassung 1 (gilt jetzt)",
        "bereit für:",
        "Zwei Drittel müssen da sein. Von 9 sind das 6.",
        "Bei Geld müssen zwei Drittel Ja sagen.",
        "Alle Fassungen",
    )


def test_what_is_empty_says_so_and_what_holds_meanwhile(area, visitor):
    text = read(visitor, address(area))
    assert "Was gilt bei gleich vielen Stimmen? Noch nicht festgelegt." in text
    assert "Ab welchem Alter darf man mitmachen? Noch nicht festgelegt. Solange gilt:" in text
    assert "Die Vorlage schlägt vor: Bei allem anderen muss mehr als die Hälfte Ja sagen." in text


def test_readiness_names_each_missing_rule(area, visitor):
    in_order(
        read(visitor, address(area)),
        "bereit für:",
        "Förderabstimmung ja",
        "andere Beschlüsse nein (es fehlt: Wie viele müssen bei allem anderen Ja sagen?)",
        "mit Befangenheit ja",
        "Umlauf nein (es fehlt: Darf das Gremium ohne Sitzung abstimmen (Umlauf)?)",
        "Meinungsbild ja",
    )


def test_what_the_rules_exclude_is_not_missing(held, area, visitor):
    area.rules.parameters = area.rules.parameters | {"circular.allowed": "no"}
    held.add(area.rules)
    assert "Umlauf nein (das schließen die Regeln aus)" in read(visitor, address(area))


def test_a_reader_gets_no_link_into_the_interview_and_no_cookie(area, visitor):
    answer = visitor.get(address(area))
    assert "/roster/" not in answer.text
    assert "Set-Cookie" not in answer.headers
    etag = answer.headers["ETag"]
    again = visitor.get(address(area), headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_versions_say_from_when_to_when_and_by_whom(held, area, visitor, draft, adopt):
    adopt(draft)
    text = read(visitor, address(area))
    today = day_of(now()).strftime("%d.%m.%Y")
    in_order(
        text,
        "Fassung 2 (gilt jetzt)",
        f"Fassung 2 gilt jetzt ab {today} {today}, von zwei Personen aus dem QM-Team",
        f"Fassung 1 galt früher ab 12.01.2026, bis vor {today}",
    )
    assert "Fassung 1 (galt früher)" in read(visitor, address(area) + "?fassung=1")
    assert visitor.get(address(area) + "?fassung=3").status_code == 404


def test_differences_are_words(held, area, visitor, draft, adopt):
    adopt(draft)
    in_order(
        read(visitor, address(area) + "?von=1&bis=2"),
        "Von Fassung 1 zu Fassung 2",
        "Geändert Wovon wird die Mehrheit berechnet?",
        "Bisher: Gerechnet wird mit allen, die da sind und abstimmen dürfen.",
        "Jetzt: Gerechnet wird mit allen abgegebenen Stimmen, auch Enthaltungen.",
        "Gestrichen Zählen Befangene bei der Mehrheit mit?",
        "Neu Wie viele Tage lang kann man einen Einwand erheben?",
        "Jetzt: Einwände sind 14 Tage lang möglich.",
    )
    back = read(visitor, address(area) + "?von=2&bis=1")
    assert "Gestrichen Wie viele Tage lang kann man einen Einwand erheben?" in back


def test_a_version_that_comes_later_is_told_before(held, area, visitor, draft, adopt):
    drafting.start_on(held, draft, day_of(now()) + timedelta(days=30))
    adopt(draft)
    text = read(visitor, address(area))
    assert "Fassung 1 (gilt jetzt)" in text
    assert "Fassung 2 gilt später" in text


def test_a_version_overtaken_before_its_first_day_never_held(held, area, visitor, draft, adopt):
    drafting.start_on(held, draft, day_of(now()) + timedelta(days=30))
    adopt(draft)
    third = drafting.begin(held, area.body, area.moderators[0], draft)
    drafting.store(held, third, {"majority.base": "yes_no"})
    adopt(third)
    text = read(visitor, address(area))
    assert "Fassung 3 (gilt jetzt)" in text
    assert "Fassung 2 galt nie" in text


def test_a_draft_is_public_only_once_it_is_put_to_the_vote(held, area, visitor, draft):
    assert "Fassung 2" not in read(visitor, address(area))
    assert visitor.get(address(area) + "?fassung=2").status_code == 404
    round_ = builder.prepare_round(held, area)
    question = held.exec(select(Question).where(Question.round_id == round_.id)).one()
    question.matter, question.rules_id, question.proposal_id = "other", draft.id, None
    held.flush()
    assert "Fassung 2 steht zur Abstimmung" in read(visitor, address(area))
    assert "Von Fassung 1 zu Fassung 2" in read(visitor, address(area) + "?von=1&bis=2")
    question.state = "published"
    held.add(question)
    assert "Fassung 2 nicht angenommen" in read(visitor, address(area))


def test_a_body_without_rules_says_what_comes_next(held, area, visitor):
    held.delete(held.get_one(RulesOfProcedure, area.rules.id))
    text = read(visitor, address(area))
    assert "Noch gelten keine Regeln." in text
    assert "Förderabstimmung nein" in text


def test_bodies_without_ballots_and_absent_ones_have_no_such_page(held, area, visitor):
    table = Body(area_id=area.area.id, kind="steering_round", level="local", name="Runde")
    held.add(table)
    held.flush()
    for body in (table.id, 999):
        assert visitor.get(f"/gremium/{body}/regeln").status_code == 404
        assert visitor.get(f"/gremium/{body}/regeln/was-waere-wenn").status_code == 404
