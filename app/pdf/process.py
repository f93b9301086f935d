"""The process that sets one PDF: layout and time in the arguments, content in, PDF out.

It ends with its work, because typst keeps what it has set; limits of the system end it earlier.
PDF/UA forbids empty shapes: letters that no typeface of typst knows are written in a plainer form,
or as an empty box.
"""

import json
import re
import resource
import sys
import unicodedata
from pathlib import Path
from typing import Any

import typst

FOLDER = Path(__file__).parent
MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 15
MOST_TRIES = 40

BOX = "□"
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
# Of these scripts the typefaces know most letters: one that is missing says nothing of the others.
KNOWN = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW")
PICTURES = 0x1F000


def main(layout: str, moment: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    content = without(json.load(sys.stdin.buffer), "")
    for _try in range(MOST_TRIES):
        try:
            made = set_type(layout, content, int(moment))
        except typst.TypstError as failure:
            letters = missing(str(failure))
            if not letters:
                raise
            content = without(content, letters) | {"has_gaps": True}
        else:
            sys.stdout.buffer.write(made)
            return
    sys.exit("too many letters have no shape")


def set_type(layout: str, content: dict[str, object], moment: int) -> bytes:
    """The PDF; a letter without a shape is an error."""
    return typst.compile(
        str(FOLDER / f"{layout}.typ"),
        root=str(FOLDER),
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=moment,
    )


def missing(message: str) -> str:
    """The letters that an error of typst says have no shape; empty if it says something else."""
    found = _MISSING.search(message)
    if found is None:
        return ""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])


def without(told: Any, letters: str) -> Any:
    """The same content with these letters, and all of their script, in a form that has a shape."""
    return _changed(told, {_kind(letter) for letter in letters})


def _changed(told: Any, kinds: set[str]) -> Any:
    if isinstance(told, dict):
        return {key: _changed(value, kinds) for key, value in told.items()}
    if isinstance(told, list):
        return [_changed(each, kinds) for each in told]
    return _rewritten(told, kinds) if isinstance(told, str) else told


def _rewritten(text: str, kinds: set[str]) -> str:
    seen = _UNSEEN.sub("", text) or (BOX if text else "")
    if not kinds or seen.isascii():
        return seen
    return "".join(_plainer(each) if _kind(each) in kinds else each for each in seen)


def _kind(letter: str) -> str:
    """What is missing together: pictures, a whole script, or one letter of a script we know."""
    if ord(letter) >= PICTURES:
        return "PICTURE"
    script = unicodedata.name(letter, "").partition(" ")[0]
    return letter if script in KNOWN or not script else script


def _plainer(letter: str) -> str:
    """The same letter in compatibility form: a wide one narrow, a ligature as its letters."""
    plain = unicodedata.normalize("NFKC", letter)
    return BOX if plain == letter else plain


if __name__ == "__main__":
    main(*sys.argv[1:])
