"""The summary is corrected by two people; the old text stays with date and reason."""

import pytest
from sqlmodel import select

from app import text
from app.models import Confirmation, LogEntry
from tests.app import builder
from tests.app.deciding import SUMMARY
from tests.app.logged import told
from tests.app.public.reading import read

NEW = {"german": "Es gibt sechs Hochbeete.", "english": "There will be six raised beds."}
REASON = "Die Zahl fehlte."


def ask(client, decision, **typed):
    sent = {**NEW, "reason": REASON, **typed}
    return client.post(f"/desk/decisions/{decision.id}/correct", data=sent)


def asked(held):
    return held.exec(select(Confirmation).where(Confirmation.act == "correct_summary")).all()


@pytest.fixture
def first(area, client_of):
    return client_of(area.moderators[0])


def test_the_new_text_replaces_the_old_which_stays_visible(held, first, second, visitor, decision):
    page_before = dict(decision.page)
    assert ask(first, decision).status_code == 303
    assert NEW["german"] not in read(visitor, f"/entscheidung/{decision.number}")
    texts = read(second, f"/corrections/{asked(held)[0].id}")
    assert SUMMARY["de"] in texts
    assert NEW["german"] in texts
    assert REASON in texts
    assert second.post(f"/desk/confirmations/{asked(held)[0].id}").status_code == 303
    shown = read(visitor, f"/entscheidung/{decision.number}")
    day = text.short_day(asked(held)[0].confirmed_at.astimezone(text.BERLIN).date())
    for part in (NEW["german"], f"Berichtigt am {day}", SUMMARY["de"], REASON):
        assert part in shown
    assert NEW["english"] in read(visitor, f"/en/entscheidung/{decision.number}")
    held.refresh(decision)
    assert decision.page == page_before


def test_the_log_names_the_entry_it_corrects(held, first, second, decision):
    ask(first, decision)
    second.post(f"/desk/confirmations/{asked(held)[0].id}")
    entry = held.exec(select(LogEntry).where(LogEntry.type == "corrected")).one()
    public = told(held, entry)
    assert public["entry"] == decision.page["log_seq"]
    assert public["reason"] == REASON
    assert public["before_hash"] != public["after_hash"]


def test_alone_nobody_corrects(held, first, decision):
    ask(first, decision)
    assert first.post(f"/desk/confirmations/{asked(held)[0].id}").status_code == 403
    held.refresh(decision)
    assert decision.summary == SUMMARY


def test_of_two_requests_from_the_same_text_one_is_carried_out(held, first, second, decision):
    ask(first, decision)
    ask(first, decision, german="Es gibt sieben Hochbeete.")
    answers = [second.post(f"/desk/confirmations/{each.id}").status_code for each in asked(held)]
    assert answers == [303, 409]


def test_the_same_text_is_refused(held, first, decision):
    answer = ask(first, decision, german=SUMMARY["de"], english=SUMMARY["en"])
    assert answer.status_code == 409
    assert asked(held) == []


def test_a_speaker_reads_the_texts_and_others_do_not(held, area, first, client_of, decision):
    ask(first, decision)
    where = f"/corrections/{asked(held)[0].id}"
    assert client_of(area.members[4]).get(where).status_code == 403
    builder.make_speaker(held, area, area.members[3])
    assert NEW["german"] in read(client_of(area.members[3]), where)
    far = builder.build_council(held, "fern")
    assert client_of(far.moderators[0]).get(where).status_code == 404
