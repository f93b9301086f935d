"""What a run makes once and keeps: compiled templates, and what was loaded to find the tests."""

import gc
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache


def pytest_collection_finish() -> None:
    """What is there now stays to the end: the search for garbage need not look at it again."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each template is compiled by one process and read by the others."""
    folder = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        folder = folder.parent
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": _cache(folder / "templates")}


def _cache(folder: Path) -> FileSystemBytecodeCache:
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))
