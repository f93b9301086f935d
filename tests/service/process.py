"""Processes as the kernel shows them."""

import os
from pathlib import Path


def descendants(pid: int) -> list[int]:
    """All processes that a process started, and those that they started."""
    direct = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [one for child in direct for one in (child, *descendants(child))]


def is_running(pid: int) -> bool:
    """Whether a process is there and not just waiting to be collected."""
    try:
        return _stat(pid)[0] != "Z"
    except FileNotFoundError:
        return False


def processor_seconds(pid: int) -> float:
    """What a process and all it started have used of the processors, and still run."""
    ticks = 0
    for each in (pid, *descendants(pid)):
        user, system = _stat(each)[11:13]
        ticks += int(user) + int(system)
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """The fields after the name, which may contain anything."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
