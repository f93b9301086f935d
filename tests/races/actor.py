"""Real processes that do one act each at an agreed time."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from sqlmodel import Session

from app.config import Settings

PREPARATION_SECONDS = 0.02
context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["app", "tests.races.act"])


class Actors:
    """Processes with an application of their own on one database."""

    def __init__(self, settings: Settings, number: int) -> None:
        self.pipes: list[Connection] = []
        self.processes = []
        for _ in range(number):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(settings, theirs), daemon=True)
            process.start()
            self.pipes.append(ours)
            self.processes.append(process)
        for pipe in self.pipes:
            assert pipe.recv() == "ready"

    def at_once(
        self, acts: Sequence[tuple[Callable[..., Any], tuple[Any, ...], float]]
    ) -> list[Any]:
        """Do each act in its own process, `delay` seconds after a common start; give results."""
        start = time.time() + PREPARATION_SECONDS + max(0.0, -min(delay for *_, delay in acts))
        used = self.pipes[: len(acts)]
        for pipe, (act, arguments, delay) in zip(used, acts, strict=True):
            pipe.send((act, arguments, start + delay))
        return [pipe.recv() for pipe in used]

    def stop(self) -> None:
        for pipe in self.pipes:
            pipe.send(None)
        for process in self.processes:
            process.join(10)


@contextmanager
def acting(settings: Settings, number: int) -> Iterator[Actors]:
    """Processes for the time of a test."""
    actors = Actors(settings, number)
    try:
        yield actors
    finally:
        actors.stop()


def _serve(settings: Settings, pipe: Connection) -> None:
    from app import create_app

    app = create_app(settings)
    with Session(app.extensions["engine"]) as held:
        held.connection()
    pipe.send("ready")
    while (order := pipe.recv()) is not None:
        act, arguments, at = order
        time.sleep(max(0.0, at - time.time()))
        pipe.send(act(app, *arguments))
