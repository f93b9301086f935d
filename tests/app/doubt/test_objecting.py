"""Objections: public at once and without a name, answered with a reason, refused when late."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app import text
from app.body import day_of
from app.models import LogEntry, Mail, Objection
from tests.app import builder
from tests.app.logged import told
from tests.app.public.reading import read

REASON = "Beim Zählen der Anwesenden fehlte jemand."
ANSWER = "Die Liste wurde nachgesehen. Es waren alle da."


def address(decision, more=""):
    return f"/entscheidung/{decision.number}{more}"


def object_as(client, decision, **typed):
    return client.post(address(decision, "/einwand"), data={"reason": REASON, **typed})


def entries(held, kind):
    found = held.exec(select(LogEntry).where(LogEntry.type == kind)).all()
    return [told(held, each) for each in found]


def move(held, decision, days):
    """Let the last day to object be so many days from today."""
    last = day_of(decision.published_at) + timedelta(days=days)
    terms = decision.page["objection"] | {"until": last.isoformat()}
    decision.page = decision.page | {"objection": terms}
    held.add(decision)
    held.commit()


def test_the_page_offers_it_until_the_last_day(visitor, decision):
    last = text.short_day(day_of(decision.published_at) + timedelta(days=14))
    shown = read(visitor, address(decision))
    assert f"Einwand erheben bis {last}" in shown
    assert "Wer abstimmen durfte, kann Einwand erheben." in shown


def test_whoever_was_on_the_roll_objects_and_no_name_is_public(
    held, area, client_of, visitor, decision
):
    member = area.members[2]
    answer = object_as(client_of(member), decision)
    assert answer.status_code == 303
    shown = read(visitor, address(decision))
    day = text.short_day(day_of(decision.published_at))
    assert f"Einwand vom {day}: wird geprüft" in shown
    assert member.name not in shown
    assert REASON not in shown
    assert entries(held, "objection") == [{"decision": decision.number, "objection": 1}]
    assert held.exec(select(Objection)).one().member_id == member.id


def test_the_answer_and_its_reason_are_public(held, area, client_of, visitor, decision):
    object_as(client_of(area.members[2]), decision)
    desk = client_of(area.moderators[0])
    made = held.exec(select(Objection)).one()
    assert "Einwand beantworten" in read(desk, "/desk/")
    page = read(desk, f"/desk/objections/{made.id}")
    assert REASON in page
    assert area.members[2].name in page
    assert desk.post(f"/desk/objections/{made.id}", data={"answer": ANSWER}).status_code == 303
    shown = read(visitor, address(decision))
    assert "beantwortet" in shown
    assert ANSWER in shown
    assert "wird geprüft" not in shown
    public = {"decision": decision.number, "objection": 1, "answer": ANSWER}
    assert entries(held, "objection_answered") == [public]
    assert "Einwand beantworten" not in read(desk, "/desk/")


def test_an_answer_is_given_once(held, area, client_of, decision):
    object_as(client_of(area.members[2]), decision)
    made = held.exec(select(Objection)).one()
    desk = client_of(area.moderators[0])
    desk.post(f"/desk/objections/{made.id}", data={"answer": ANSWER})
    again = desk.post(f"/desk/objections/{made.id}", data={"answer": "Doch nicht."})
    assert again.status_code == 409
    held.refresh(made)
    assert made.answer == ANSWER


def test_a_late_one_is_refused_with_the_date(held, area, client_of, decision):
    move(held, decision, -1)
    day = text.short_day(day_of(decision.published_at) - timedelta(days=1))
    answer = object_as(client_of(area.members[2]), decision)
    assert answer.status_code == 409
    assert f"Die Frist für Einwände war am {day} zu Ende." in answer.text
    assert "Die Frist für Einwände ist vorbei" in read(
        client_of(area.members[2]), address(decision, "/einwand")
    )
    assert held.exec(select(Objection)).all() == []


def test_the_last_day_still_counts(held, area, client_of, decision):
    move(held, decision, 0)
    assert object_as(client_of(area.members[2]), decision).status_code == 303


def test_who_was_not_on_the_roll_is_refused(held, area, client_of, visitor, decision):
    for client in (visitor, client_of(area.moderators[0])):
        answer = object_as(client, decision, name="Lena Ott")
        assert answer.status_code == 403
        assert "nur, wer über diese Frage abstimmen durfte" in answer.text
    assert held.exec(select(Objection)).all() == []


def test_by_rule_any_resident_may_with_a_name(held, area, visitor, decide):
    decision = decide(objection__by="residents")
    unnamed = object_as(visitor, decision)
    assert unnamed.status_code == 422
    assert "Bitte nennen Sie Ihren Namen." in unnamed.text
    assert REASON in unnamed.text
    assert object_as(visitor, decision, name="Lena Ott").status_code == 303
    made = held.exec(select(Objection)).one()
    assert (made.name, made.member_id) == ("Lena Ott", None)
    assert "Lena Ott" not in read(visitor, address(decision))


def test_residents_are_slowed_down(visitor, decide):
    decision = decide(objection__by="residents")
    answers = [
        object_as(visitor, decision, name=f"Lena {number}").status_code for number in range(21)
    ]
    assert answers == [303] * 20 + [429]


def test_a_member_objects_once(area, client_of, decision):
    client = client_of(area.members[2])
    assert object_as(client, decision).status_code == 303
    assert object_as(client, decision).status_code == 409


@pytest.mark.parametrize(
    ("days", "said"), [(None, "hat das Gremium nicht festgelegt"), (0, "nicht möglich")]
)
def test_without_a_period_nobody_may_and_the_page_says_why(
    held, area, client_of, visitor, decide, days, said
):
    decision = decide(objection__days=days)
    assert said in read(visitor, address(decision))
    assert object_as(client_of(area.members[2]), decision).status_code == 409
    assert held.exec(select(Objection)).all() == []


def test_everybody_on_the_roll_is_told_in_their_language(held, area, client_of, decision):
    for member, language in zip(area.members[:2], ("de", "en"), strict=True):
        member.mail, member.language = f"m{member.id}@example.org", language
        held.add(member)
    held.commit()
    object_as(client_of(area.members[2]), decision)
    made = held.exec(select(Objection)).one()
    client_of(area.moderators[0]).post(f"/desk/objections/{made.id}", data={"answer": ANSWER})
    mails = held.exec(select(Mail).order_by(Mail.id)).all()
    assert [each.recipient for each in mails] == [
        area.members[0].mail,
        area.members[1].mail,
        area.members[0].mail,
        area.members[1].mail,
    ]
    assert mails[0].subject == "Es gibt einen Einwand: Hochbeete im Hof"
    assert f"/entscheidung/{decision.number}" in mails[0].body
    assert f"/en/entscheidung/{decision.number}" in mails[1].body
    assert ANSWER in mails[2].body
    for mail in mails:
        assert REASON not in mail.body
        assert area.members[2].name not in mail.body


def test_members_see_what_they_may_still_object_to(area, client_of, decision):
    client = client_of(area.members[2])
    assert "Einwand erheben bis" in read(client, "/booth/")
    object_as(client, decision)
    assert "Einwand erheben bis" not in read(client, "/booth/")


def test_a_member_of_another_area_is_a_stranger(held, client_of, decision):
    other = builder.build_council(held, "fern")
    assert object_as(client_of(other.members[0]), decision, name="Lena").status_code == 403
