"""The tests that a promise names are there."""

import ast
from pathlib import Path

import pytest

from app.promise.evidence import EVIDENCE, evidence_of
from app.promise.lines import Line
from tests.app.promise.test_lines import reachable

ROOT = Path(__file__).parents[3]


def exists(name: str) -> bool:
    path, _, function = name.partition("::")
    if not (ROOT / path).is_file():
        return False
    tree = ast.parse((ROOT / path).read_text())
    return function in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize("name", sorted({name for names in EVIDENCE.values() for name in names}))
def test_a_named_test_exists(name):
    assert exists(name)


def test_a_name_that_is_not_there_is_noticed():
    assert not exists("tests/app/promise/test_evidence.py::test_nothing")
    assert not exists("tests/app/promise/test_none.py::test_a_named_test_exists")


def test_all_words_have_their_tests_and_no_row_is_left_over():
    used = set()
    for code in reachable():
        line = Line(code.partition(".")[0], code, holds=True)
        assert evidence_of(line)
        used.add(code if code in EVIDENCE else line.number)
    assert used == set(EVIDENCE)
