"""Every sentence on a page exists in English, with the same places for values."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "app" / "translations"
EXTRACT = ("extract", "-F", str(TRANSLATIONS / "babel.toml"), "-k", "lazy_gettext", "-o")
PLACES = re.compile(r"%\(\w+\)[sd]")


def messages(file: Path):
    with file.open("rb") as opened:
        return {forms(each.id)[0]: each for each in read_po(opened) if each.id}


def forms(text):
    return text if isinstance(text, tuple) else (text,)


@pytest.fixture(scope="module")
def english():
    return messages(TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po")


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    """What the code and the templates say."""
    file = tmp_path_factory.mktemp("words") / "messages.pot"
    babel = [sys.executable, "-m", "babel.messages.frontend", "--quiet"]
    subprocess.run([*babel, *EXTRACT, str(file), "."], cwd=ROOT, check=True)
    return messages(file)


def test_every_sentence_is_translated(german, english):
    assert len(german) > 100
    assert sorted(german.keys() - english.keys()) == []


def test_no_translation_is_left_over(german, english):
    assert sorted(english.keys() - german.keys()) == []


def test_translations_name_the_same_values(english):
    for message in english.values():
        for source, target in zip(forms(message.id), forms(message.string), strict=True):
            assert target, source
            assert set(PLACES.findall(source)) == set(PLACES.findall(target)), source
