"""What follows when a decision is published: a mail, and beside a lost vote how it was counted."""

from sqlmodel import select

from app import roll_mail
from app.models import Mail, Proposal
from tests.app import deciding
from tests.app.public.reading import in_order, read

LOST = ["yes"] * 5 + ["no"] * 4


def test_the_roll_is_told_in_their_language_and_without_a_sum(held, area, decide):
    for member, language in zip(area.members[:2], ("de", "en"), strict=True):
        member.mail, member.language = f"m{member.id}@example.org", language
        held.add(member)
    held.commit()
    decision = decide()
    german, english = held.exec(select(Mail).order_by(Mail.id)).all()
    assert german.subject == "Das Ergebnis ist da: Hochbeete im Hof"
    assert "Hochbeete im Hof: angenommen" in german.body
    assert f"/entscheidung/{decision.number}" in german.body
    assert f"/en/entscheidung/{decision.number}" in english.body
    assert "1.200" not in german.body


def test_the_applicant_is_told_where_there_is_an_address(held, area, client_of, decide):
    decision = decide()
    proposal = held.exec(select(Proposal)).one()
    assert held.exec(select(Mail)).all() == []
    desk = client_of(area.moderators[0])
    proposal.applicant_mail = "haus@example.org"
    held.add(proposal)
    roll_mail.tell_published(held, decision, decision.published_at)
    mail = held.exec(select(Mail)).one()
    assert mail.recipient == "haus@example.org"
    assert mail.body.startswith("Guten Tag Hausgemeinschaft Anger,")
    assert "Hochbeete im Hof: angenommen" in mail.body
    assert "haus@example.org" not in read(desk, f"/entscheidung/{decision.number}")


def test_a_lost_vote_says_how_it_was_reckoned(area, held, visitor, client_of):
    decision = deciding.decide(held, area, LOST)[0]
    shown = read(visitor, f"/entscheidung/{decision.number}")
    parts = (
        "1 Ja-Stimme fehlte.",
        "Auf der Liste standen 6 Sitze der Bewohnerschaft und 3 Sitze der Partner.",
        "Gezählt wird von allen auf der Liste: 9.",
        "Zwei Drittel von 9 sind genau 6.",
        "Nötig waren also 6 Ja.",
        "Geschäftsordnung, Fassung 1",
    )
    in_order(shown, *parts)
    desk = read(client_of(area.moderators[0]), f"/desk/rounds/{decision.page['round_id']}")
    in_order(desk, *parts)


def test_a_won_vote_says_nothing_of_it(visitor, decision):
    assert "So wurde gerechnet" not in read(visitor, f"/entscheidung/{decision.number}")
