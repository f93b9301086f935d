"""Run every bench of this folder and show what it measured beside its bound."""

import json
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]


class Measure(TypedDict):
    """One line of a bench: a value that is good enough or not, None where there is none."""

    name: str
    value: float | None
    unit: str
    bound: float
    ok: bool


def benches(chosen: list[str]) -> list[str]:
    """The benches of this folder, or those that were named."""
    found = sorted(
        file.stem for file in FOLDER.glob("*.py") if file.stem not in ("__init__", "run")
    )
    unknown = set(chosen) - set(found)
    if unknown:
        sys.exit(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(found)}")
    return chosen or found


def measure(name: str) -> list[Measure] | None:
    """What a bench measured, or None when it failed; its errors go to the screen."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{name}"],
        check=False,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    broken = any(not line["ok"] for line in lines)
    return lines if lines and (done.returncode == 0 or broken) else None


def row(line: Measure) -> str:
    """A measure as a line of the table."""
    if line["value"] is None:
        return f"{line['name']:<52} {'-':>16} {line['bound']:>10.4g} {'-':>8}  {line['unit']}"
    ratio = line["value"] / line["bound"] if line["bound"] else float("inf")
    verdict = "ok" if line["ok"] else "BROKEN"
    value = f"{line['value']:.4g} {line['unit']}"
    return f"{line['name']:<52} {value:>16} {line['bound']:>10.4g} {ratio:>8.2f}  {verdict}"


def main(chosen: list[str]) -> int:
    """Print the table; 1 when a bound is broken or a bench failed."""
    print(f"{'':<52} {'measured':>16} {'bound':>10} {'ratio':>8}")
    good = True
    for name in benches(chosen):
        lines = measure(name)
        for line in lines or ():
            print(row(line), flush=True)
        if lines is None:
            print(f"{name:<52} FAILED", flush=True)
        good = good and lines is not None and all(line["ok"] for line in lines)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
