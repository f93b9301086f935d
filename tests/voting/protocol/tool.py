"""Elections that belenios-tool makes and checks: releases 2.0 and 3.x, each called its own way."""

import json
import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.service import tool as services
from tests.voting.protocol.made import UUID
from voting.protocol.question import Question

OLD, NEW = "belenios-tool", "belenios-tool-3"
TEXTS = ("description", "name", "administrator", "credential_authority")


@dataclass(frozen=True)
class Release:
    """One installed release; its name says which (`tests/service/tool.py`)."""

    name: str

    def run(
        self, *arguments: object, given: str = "", place: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run it; the environment lets it make keys without waiting for a hardware source."""
        command = [str(services.find(self.name)), *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=place,
            input=given,
            env=os.environ | {"BELENIOS_USE_URANDOM": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    def verify(self, place: Path, data: bytes) -> subprocess.CompletedProcess[str]:
        """Its verdict on a whole archive."""
        return self.run("election", "verify", "--dir", folder(place, data))

    def verify_ballot(self, setup: Path, ballot: Path) -> subprocess.CompletedProcess[str]:
        """Its verdict on one ballot, beside an archive with nothing but the setup."""
        return self.run("election", "verify-ballot", "--dir", setup, "--ballot", ballot)


def folder(place: Path, data: bytes, uuid: str = UUID) -> Path:
    """A folder with one archive in it, as the tool wants it."""
    place.mkdir()
    (place / f"{uuid}.bel").write_bytes(data)
    return place


class Election:
    """An election of the tool alone, in a folder of its own: keys, roll, ballots, count."""

    def __init__(
        self, release: Release, place: Path, group: str, questions: Sequence[Question], voters: int
    ) -> None:
        self._tool = release
        self._place = place
        self._codes = self._set_up(group, questions, voters)

    @property
    def archive(self) -> bytes:
        return (self._place / f"{UUID}.bel").read_bytes()

    @property
    def exponent(self) -> int:
        """The secret of its one trustee."""
        return int(json.loads(self._made("privkey")))

    def cast(self, voter: int, choices: list[list[int]]) -> bytes:
        """Make a ballot and append it; a blank is the first of its choices."""
        code = self._write("code", self._codes[voter])
        ballot = self._write("choices", json.dumps(choices))
        option = "--ballot" if self._tool.name == OLD else "--choice"
        made = self._election("generate-ballot", "--privcred", code, option, ballot)
        self._append("Ballot", made)
        return made.strip().encode()

    def count(self) -> None:
        """Close, add up, decrypt with the one key and publish the result."""
        self._append("EndBallots", "")
        self._append("EncryptedTally", self._election("compute-encrypted-tally"))
        key = next(self._place.glob("*.privkey"))
        share = self._election("decrypt", "--privkey", key, "--trustee-id", 1)
        self._append("PartialDecryption", share)
        self._append("Result", self._election("compute-result"))

    def _set_up(self, group: str, questions: Sequence[Question], voters: int) -> list[str]:
        named = ("--group", group, "--uuid", UUID)
        self._must("setup", "generate-trustee-key", *named[:2])
        self._write("public_keys.jsons", self._made("pubkey"))
        self._must("setup", "make-trustees")
        self._must("setup", "generate-credentials", *named, "--count", voters)
        points = sorted(each.partition(",")[0] for each in json.loads(self._made("pubcreds")))
        self._write("public_creds.json", json.dumps(points, separators=(",", ":")))
        texts = dict.fromkeys(TEXTS, "Rat")
        template = {**texts, "questions": [question.document() for question in questions]}
        file = self._write("template.json", json.dumps(template))
        self._must("setup", "make-election", *named, "--template", file)
        self._must("archive", "init")
        return re.findall(r"[\w-]{12,}", self._made("privcreds"))

    def _must(self, *arguments: object, given: str = "") -> str:
        done = self._tool.run(*arguments, given=given, place=self._place)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _election(self, act: str, *options: object) -> str:
        return self._must("election", act, *options)

    def _append(self, kind: str, given: str) -> None:
        self._must("archive", "add-event", "--type", kind, given=given)

    def _made(self, ending: str) -> str:
        (file,) = self._place.glob(f"*.{ending}")
        return file.read_text()

    def _write(self, name: str, text: str) -> Path:
        file = self._place / name
        file.write_text(text)
        return file
