"""Content and a layout become a PDF, in a process of its own that cannot grow or run on."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from app.catalogue import gettext as _
from app.errors import Refused

LAYOUTS = Path(__file__).parent
# A hundred items with five thousand letters each; that takes a second and 400 MB.
LONGEST = 600_000
SECONDS = 20
# Approved minutes stay the same, and many ask for them at once.
REMEMBERED = 16
# One at a time: the memory of a process is bounded, and so must their number be.
_alone = Lock()


def typeset(layout: str, content: Mapping[str, Any], at: datetime) -> bytes:
    """The PDF of a layout of this folder; the same content at the same time gives the same bytes.

    The content reaches typst as JSON: whatever stands in it is shown and never carried out.
    """
    gaps = _("□ steht für ein Zeichen, das diese Datei nicht zeigen kann.")
    data = json.dumps({**content, "gaps": gaps}, ensure_ascii=False).encode()
    if len(data) > LONGEST:
        raise Refused("document_too_long")
    return _set(layout, data, str(int(at.timestamp())))


@lru_cache(maxsize=REMEMBERED)
def _set(layout: str, data: bytes, moment: str) -> bytes:
    command = [sys.executable, "-I", str(LAYOUTS / "process.py"), layout, moment]
    with _alone:
        try:
            done = subprocess.run(
                command, input=data, capture_output=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired as late:
            raise Refused("document_too_long") from late
    if done.returncode < 0:
        raise Refused("document_too_long")
    if done.returncode:
        raise RuntimeError(f"typst could not set {layout}: {done.stderr.decode()[-500:]}")
    return done.stdout
