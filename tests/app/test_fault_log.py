"""A failure is logged once by its name, and a mistake of ours is not caught."""

import logging

import pytest

from app import fault_log
from app.fault_log import guard


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch):
    """As in a new process: no job has failed yet."""
    monkeypatch.setattr(fault_log, "_said", {})


def test_a_job_that_recovers_says_so(caplog):
    caplog.set_level(logging.WARNING)
    answers = [OSError(), OSError(), None]

    def work():
        answer = answers.pop(0)
        if answer:
            raise answer

    for _ in range(3):
        guard("mail", work)
    assert [each.message for each in caplog.records] == [
        "mail failed: OSError",
        "mail works again",
    ]


def test_a_mistake_in_a_job_is_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        guard("mail", lambda: 1 // 0)
