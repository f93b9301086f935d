"""Up for a vote: what can still be decided, what is done, what is to come."""

from datetime import UTC, datetime, timedelta

from sqlmodel import select

from app.booth.casting import cast
from app.models import Round, VotingKey
from tests.app import builder


def part(page, heading):
    """The section that starts with this heading."""
    found = page[page.index(heading) :]
    return found[: found.index("</section>")]


def test_nothing_open_names_the_next_meeting(client_of, area, held):
    browser = client_of(area.members[0])
    page = browser.get("/booth/").text
    assert "Gerade ist nichts offen." in page
    assert "Die nächste Sitzung ist noch nicht eingetragen." in page
    held.add(builder.build_meeting(area.body, datetime(2190, 1, 12, 17, tzinfo=UTC)))
    page = browser.get("/booth/").text
    assert "12. Januar 2190, 18:00\u00a0Uhr" in page
    assert "Gemeindesaal" in page


def test_an_open_round_then_its_receipt(client_of, area, app, open_round, make_submission):
    member = area.members[0]
    browser, round_ = client_of(member), open_round(questions=2)
    page = browser.get("/booth/").text
    assert "Hochbeete im Hof" in page
    assert "1.200" in page
    assert f"/booth/{round_.id}/questions" in page
    assert "Lesen und abstimmen" in page
    assert "Hier haben Sie abgestimmt" not in page
    cast(member, round_.id, make_submission(member, round_, "yes"))
    page = browser.get("/booth/").text
    assert "Sie haben bei allem abgestimmt, was gerade offen ist." in page
    assert "/beleg/" in part(page, "Hier haben Sie abgestimmt")
    assert "Lesen und abstimmen" in client_of(area.members[1]).get("/booth/").text


def test_an_announced_round_is_to_come(client_of, area, prepared_round):
    round_ = prepared_round()
    page = client_of(area.members[0]).get("/booth/").text
    assert f"/booth/{round_.id}/questions" in part(page, "Das kommt als Nächstes")
    assert "Lesen und abstimmen" not in page


def test_reasons_stand_at_their_questions(client_of, area, held, open_round):
    recused, late, without, entitled = area.members[:4]
    for member in (late, without):
        held.delete(held.exec(select(VotingKey).where(VotingKey.member_id == member.id)).one())
    held.commit()
    open_round(questions=2, recused={1: [recused]})
    builder.give_key(held, late, area.term)
    for member, sentence, count in [
        (recused, "Hier stimmen Sie nicht mit ab. Grund: Sie sind befangen.", 1),
        (late, "Ihr Schlüssel kam nach dem Öffnen.", 2),
        (without, "Ihnen fehlt der Wahlschlüssel. Bitte Karte noch einmal scannen", 2),
    ]:
        page = client_of(member).get("/booth/").text
        assert page.count(sentence) == count
        assert ("Lesen und abstimmen" in page) is (member is recused)
        assert sentence not in client_of(entitled).get("/booth/").text


def test_the_clock_ends_a_round_before_the_worker_does(client_of, area, held, open_round):
    round_ = open_round(closes_at=datetime.now(UTC) + timedelta(hours=1))
    browser = client_of(area.members[0])
    assert "Lesen und abstimmen" in browser.get("/booth/").text
    held.get(Round, round_.id).closes_at = datetime.now(UTC) - timedelta(seconds=1)
    page = browser.get("/booth/").text
    assert "Lesen und abstimmen" not in page
    assert "Gerade ist nichts offen." in page


def test_rounds_of_other_areas_and_drafts_are_not_there(client_of, held, area, open_round):
    open_round()
    stranger = builder.build_council(held, "bruecke").members[0]
    assert "Hochbeete" not in client_of(stranger).get("/booth/").text


def test_moderators_have_no_vote(client_of, area):
    assert client_of(area.moderators[0]).get("/booth/").status_code == 403


def test_in_english(client_of, area, open_round):
    round_ = open_round()
    page = client_of(area.members[0]).get("/en/booth/").text
    assert "Up for a vote" in page
    assert f"/en/booth/{round_.id}/questions" in page


def test_the_cookie_is_sent_again_until_the_term_ends(client_of, area):
    browser = client_of(area.members[0])
    before = browser.get_cookie("kiezvotum").value
    (sent,) = [
        each
        for each in browser.get("/booth/").headers.getlist("Set-Cookie")
        if "kiezvotum=" in each
    ]
    assert sent.startswith(f"kiezvotum={before};")
    assert "HttpOnly" in sent
    assert f"{builder.FAR_AWAY:%d %b %Y}" in sent
