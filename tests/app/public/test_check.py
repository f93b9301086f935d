"""What everybody can take home to count again, and when."""

import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO

import pytest
from sqlmodel import col, select

from app.models import Board, LogEntry, Question
from app.round import closing
from tests.app import builder
from tests.app.booth.test_heads import heads_of
from tests.app.public.reading import in_order, read
from voting.protocol.verify import Accepted, verify

CHOICES = ["yes"] * 6 + ["no"] * 2 + ["abstain"]


@pytest.fixture
def published(held, decide):
    [decision] = decide(*CHOICES)
    question = held.get_one(Question, decision.question_id)
    return question.round_id, question, held.get_one(Board, question.id)


def test_names_the_key_holder_the_check_mark_the_head_and_the_command(visitor, held, published):
    round_id, question, board = published
    newest = held.exec(select(LogEntry).order_by(col(LogEntry.seq).desc())).first()
    digest = question.digest
    in_order(
        read(visitor, f"/abstimmung/{round_id}/pruefen"),
        "Geschlossen",
        "Der Betreiber könnte einzelne Stimmen öffnen.",
        "Der Betreiber: einzelne Stimmen mit seinem Schlüssel öffnen niemand wer was gelesen hat",
        "Der Betreiber: die Urne austauschen wer sie mit dem Register vergleicht:"
        " Dort steht ihr Stand vom Öffnen und vom Schließen",
        "Wer eine Karte stiehlt",
        "Hier nachzählen",
        "Den Stand vergleichen",
        "Die Urne im Register ihr Stand vom Öffnen und vom Schließen",
        "Zeugen des Registers noch nicht bezeugt",
        f"Stand des Registers Eintrag {newest.seq} {newest.root}",
        "Zu Hause wiederholen",
        "python -m voting verify URNE.bel --strong URNE.strong.json",
        "python -m voting verify URNE.bel --since KOPIE.bel",
        "python -m voting verify URNE.bel --head STAND",
        "python -m voting split URNE.bel TEILE",
        "Soll der Antrag A-2026-1",
        "Ergebnis: Entscheidung",
        " ".join((digest[:4], digest[4:8], digest[8:12], digest[12:16])),
        f"Stimmen in der Urne {len(CHOICES)}",
        f"Eintrag {board.height} {board.head}",
        "Was diese Prüfung nicht zeigt",
    )


def test_the_downloads_are_what_the_command_accepts(visitor, published, tmp_path):
    round_id, question, _board = published
    files = []
    for ending, kind in (
        (".bel", "application/octet-stream"),
        (".strong.json", "application/json"),
    ):
        answer = visitor.get(f"/abstimmung/{round_id}/{question.id}{ending}")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.mimetype == kind
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        files.append(tmp_path / f"{question.id}{ending}")
        files[-1].write_bytes(answer.data)
    archive, strong = files
    command = [sys.executable, "-m", "voting", "verify", archive, "--strong", strong]
    assert subprocess.run(command, check=False).returncode == 0
    strong.write_bytes(strong.read_bytes().replace(b'"', b" ", 1))
    assert subprocess.run(command, check=False, capture_output=True).returncode != 0


def test_phones_get_the_chain_without_being_asked(visitor, held, published):
    round_id, question, board = published
    address = f"/abstimmung/{round_id}/{question.id}.chain.json"
    assert f'data-chain="{address}"' in visitor.get(f"/abstimmung/{round_id}/pruefen").text
    answer = visitor.get(address)
    assert heads_of(answer.get_json())[-1] == board.head
    again = visitor.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_no_browser_asks_by_itself_for_a_box_of_members(visitor, held, area, decide):
    builder.change_rules(held, area, {"archive.publish": "members"})
    [decision] = decide(*CHOICES)
    address = f"/abstimmung/{decision.page['round_id']}"
    assert "data-chain" not in visitor.get(f"{address}/pruefen").text
    assert visitor.get(f"{address}/{decision.question_id}.chain.json").status_code == 403


def test_nothing_is_given_out_while_the_round_is_open(held, area, visitor, open_round):
    round_ = open_round()
    question = held.exec(select(Question)).one()
    addresses = [f"/abstimmung/{round_.id}/{question.id}{end}" for end in (".bel", ".strong.json")]
    assert [visitor.get(each).status_code for each in addresses] == [404, 404]
    text = read(visitor, f"/abstimmung/{round_.id}/pruefen")
    in_order(text, "Die Abstimmung läuft noch", "Prüfzeichen der Frage")
    assert "Stand der Urne" not in text


def test_a_closed_box_can_be_verified_before_it_is_counted(held, area, visitor, open_round):
    round_ = open_round()
    closing.end(held, round_, datetime.now(UTC), "end")
    held.commit()
    question = held.exec(select(Question)).one()
    answer = visitor.get(f"/abstimmung/{round_.id}/{question.id}.bel")
    verdict = verify(BytesIO(answer.data), None)
    assert isinstance(verdict, Accepted)
    assert verdict.stage == "ended"
    assert visitor.get(f"/abstimmung/{round_.id}/{question.id}.strong.json").status_code == 404


def test_a_question_belongs_to_its_round_alone(area, visitor, decide, held):
    first, second = (decide(*CHOICES)[0] for _round in range(2))
    mixed = f"/abstimmung/{first.page['round_id']}/{second.question_id}.bel"
    assert visitor.get(mixed).status_code == 404


def test_an_unknown_or_drafted_round_is_not_found(held, area, visitor, prepared_round):
    round_ = prepared_round()
    assert visitor.get(f"/abstimmung/{round_.id}/pruefen").status_code == 200
    round_.state = "draft"
    held.commit()
    assert visitor.get(f"/abstimmung/{round_.id}/pruefen").status_code == 404
    assert visitor.get("/abstimmung/nirgends/pruefen").status_code == 404
