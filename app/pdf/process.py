"""The process that sets one PDF: layout and time in the arguments, content in, PDF out.

It ends with its work, because typst keeps what it has set; limits of the system end it earlier.
"""

import resource
import sys
from pathlib import Path

import typst

MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 15


def main(layout: str, moment: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    folder = Path(__file__).parent
    made = typst.compile(
        str(folder / f"{layout}.typ"),
        root=str(folder),
        sys_inputs={"content": sys.stdin.buffer.read().decode()},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(moment),
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main(*sys.argv[1:])
