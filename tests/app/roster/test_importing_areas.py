"""The table of areas: all of it or nothing, and a file read twice changes nothing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlmodel import Session, select

from app.models import Area
from app.roster import importing_areas
from app.roster.importing_areas import AreasRefused, import_areas
from tests.app.builder import Council

HEADER = "slug,name,bezirk,status,status_until\n"


def areas(held: Session) -> dict[str, Area]:
    held.expire_all()
    return {area.slug: area for area in held.exec(select(Area))}


def faults(held: Session, text: str) -> list[tuple[int, str]]:
    with pytest.raises(AreasRefused) as refused:
        import_areas(held, text)
    held.commit()
    return [(fault.row, fault.column) for fault in refused.value.faults]


def run(app: Flask, tmp_path: Path, content: bytes) -> Result:
    file = tmp_path / "areas.csv"
    file.write_bytes(content)
    return app.test_cli_runner().invoke(args=["import", "areas", str(file)])


def test_the_committed_list_has_thirty_two_areas(held: Session) -> None:
    text = importing_areas.FILE.read_text(encoding="utf-8")
    counts = import_areas(held, text)
    assert (counts.new, counts.changed, counts.unchanged, counts.ignored) == (32, 0, 0, ())
    found = areas(held)
    assert found["harzer-strasse"].name == "Harzer Straße"
    assert found["high-deck-siedlung"].closes_on == date(2027, 12, 31)
    assert (found["brunnenstrasse"].status, found["brunnenstrasse"].closes_on) == ("closing", None)
    again = import_areas(held, text)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 32)


def test_a_known_slug_is_changed_and_keeps_what_the_file_leaves_empty(
    held: Session, area: Council
) -> None:
    text = (
        "\ufeffslug;name;bezirk;status;status_until;office_phone;office_mail;contractor;note\r\n"
        "anger;Am Anger;Mitte;closing;2027-06-30;;;Kiez gGmbH;x\r\n"
        "\r\n"
        '"neu";"Neu; und alt";Mitte;active;;030 1;a@b.example;;\r\n'
    )
    counts = import_areas(held, text)
    assert (counts.new, counts.changed, counts.unchanged) == (1, 1, 0)
    assert counts.ignored == ("note",)
    found = areas(held)
    known = found["anger"]
    assert (known.name, known.closes_on, known.contractor) == (
        "Am Anger",
        date(2027, 6, 30),
        "Kiez gGmbH",
    )
    assert (known.office_phone, known.office_mail) == ("030 23125 100", "team@anger.example")
    assert (found["neu"].name, found["neu"].office_phone) == ("Neu; und alt", "030 1")
    assert found["neu"].office_address == ""


def test_every_fault_is_named_and_nothing_is_stored(held: Session) -> None:
    text = HEADER + (
        "gut,Gut,Mitte,active,\n"
        "Groß,,Mitte,ruht,\n"
        "\n"
        "spät,Spät,Mitte,closing,31.12.2027\n"
        "gut,Noch einmal,Mitte,active,2027-12-31\n"
        "kurz,Kurz\n"
    )
    assert faults(held, text) == [
        (3, "name"),
        (3, "slug"),
        (3, "status"),
        (5, "slug"),
        (5, "status_until"),
        (6, "slug"),
        (6, "status_until"),
        (7, ""),
    ]
    assert areas(held) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, name) for name in importing_areas.REQUIRED]),
        ("slug,name,bezirk,status\na,A,M,active\n", [(1, "status_until")]),
        (HEADER.strip() + ",name\na,A,M,active,,A\n", [(1, "name")]),
        (HEADER, [(1, "")]),
        (HEADER + 'a,"A,M,active,\n', [(2, "")]),
        (HEADER + "a,A\x00,M,active,\n", [(2, "name")]),
        (HEADER + "a,A\u202e,M,active,\n", [(2, "name")]),
        (HEADER + "a" * 61 + ",A,M,active,\n", [(2, "slug")]),
        (HEADER.strip() + ",office_mail\na,A,M,active,,team\n", [(2, "office_mail")]),
    ],
)
def test_what_is_no_table_of_areas_is_refused(held: Session, text: str, expected: Any) -> None:
    assert faults(held, text) == expected
    assert areas(held) == {}


def test_the_command_prints_what_it_did(app: Flask, held: Session, tmp_path: Path) -> None:
    done = run(app, tmp_path, HEADER.encode() + "a,Ä,M,active,\n".encode())
    assert (done.exit_code, "1" in done.output) == (0, True)
    assert areas(held)["a"].name == "Ä"


@pytest.mark.parametrize(
    "content", [HEADER.encode() + b"a,A,M,active,\nb,B,M,odd,\n", "Straße".encode("latin-1")]
)
def test_the_command_refuses_a_broken_file(
    app: Flask, held: Session, tmp_path: Path, content: bytes
) -> None:
    refused = run(app, tmp_path, content)
    assert refused.exit_code == 2
    assert "status" in refused.output or "UTF-8" in refused.output
    assert areas(held) == {}
