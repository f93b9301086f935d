"""The services that tests start do what they promise."""

import smtplib
import socket
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, text

from app.models import Area
from tests.migrations import rows
from tests.service.outside import OutsideConnection
from tests.service.site import ROOT


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "2001:db8::1"])
def test_outside_connections_are_refused(host):
    with pytest.raises(OutsideConnection):
        socket.create_connection((host, 80), timeout=1)


def test_every_postgresql_database_is_its_own(postgresql):
    first, second = postgresql.create(), postgresql.create()
    with create_engine(first).begin() as connection:
        connection.execute(text("CREATE TABLE mark (id int)"))
        assert connection.execute(text("SHOW data_checksums")).scalar_one() == "on"
        assert connection.execute(text("SHOW fsync")).scalar_one() == "on"
    with create_engine(second).connect() as connection:
        assert connection.execute(text("SELECT to_regclass('mark')")).scalar_one() is None
    postgresql.drop(first)
    postgresql.drop(second)


def test_a_database_that_is_given_back_is_as_good_as_new(databases):
    table = Area.__table__
    area = {each.name: rows.value_of(table, each) for each in table.columns if each.name != "id"}
    url = databases.take()
    for _ in range(2):
        engine = create_engine(url)
        assert not any(rows.dump(engine).values())
        with engine.begin() as connection:
            added = connection.execute(insert(table).values(area))
            assert added.inserted_primary_key == (1,)
        engine.dispose()
        databases.give_back(url)
        assert databases.take() == url
    databases.give_back(url)


@pytest.mark.parametrize(
    "leftover", ["CREATE TABLE mark (id int)", "LOCK TABLE throttle", "DROP TABLE throttle"]
)
def test_a_database_that_cannot_be_emptied_is_replaced(postgresql, leftover):
    url = postgresql.take()
    connection = create_engine(url).connect()
    connection.execute(text(leftover))
    if not leftover.startswith("LOCK"):
        connection.commit()
    postgresql.give_back(url)
    connection.invalidate()
    replaced = postgresql.take()
    assert replaced != url
    with create_engine(replaced).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM throttle")).scalar_one() == 0
        assert connection.execute(text("SELECT to_regclass('mark')")).scalar_one() is None
    postgresql.give_back(replaced)


SERVE = """
from tests.service.postgresql import running
with running() as server:
    print(server.folder, flush=True)
    input()
"""


@pytest.mark.needs("postgresql")
def test_a_server_ends_with_the_process_that_started_it():
    """Also where that process has no chance to clean up."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        folder = Path(process.stdout.readline().decode().strip())
        assert (folder / "data" / "postmaster.pid").exists()
        process.kill()
    deadline = time.monotonic() + 30
    while folder.exists():
        assert time.monotonic() < deadline, folder
        time.sleep(0.05)


def test_mail_arrives_and_can_be_refused(mailbox):
    message = EmailMessage()
    message["Subject"] = "Grüße"
    message.set_content("Guten Tag")
    host, port = mailbox.url.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port)) as server:
        server.send_message(message, "from@example.org", ["to@example.org"])
        mailbox.refuse = "550 no"
        with pytest.raises(smtplib.SMTPDataError):
            server.send_message(message, "from@example.org", ["to@example.org"])
    assert [kept["Subject"] for kept in mailbox.messages] == ["Grüße"]
    assert mailbox.recipients == [["to@example.org"]]


def test_phone_is_a_profile_of_its_own(open_phone):
    first, second = open_phone(), open_phone()
    for page in (first, second):
        page.goto("data:text/html,<title>Kiez</title>")
    assert first.title() == "Kiez"
    assert first.context is not second.context
    assert first.evaluate("innerWidth") == 360
