"""Worker processes fed through pipes.

Not ``multiprocessing``: its children outlive a parent that is killed, and under "spawn" they
run the caller's script again unless it is guarded. These are plain Python processes which
end when their input does, so killing the parent ends them as well.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from importlib import import_module
from types import TracebackType
from typing import Any

from byname.errors import ByNameError

Task = Callable[[Any], Any]


def worker_count() -> int:
    """Return how many workers suit this machine: one a core, at most four."""
    return min(4, os.cpu_count() or 1)


class Pool:
    """Runs a module's function on batches in worker processes, answers in order.

    ``with Pool(write_batch) as pool: for answer in pool.map(batches): ...``. At most two
    batches a worker are under way, so that a fast producer does not fill the memory.
    ``variables`` are added to the environment of the workers.
    """

    def __init__(
        self,
        task: Task,
        workers: int | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        name = f"{task.__module__}:{task.__qualname__}"
        self._tasks: queue.Queue[tuple[Any, Future[Any]] | None] = queue.Queue()
        count = workers or worker_count()
        more = variables or {}
        self._depth = count + 2
        self._children = [
            subprocess.Popen(
                [sys.executable, "-c", "from byname.pool import main; main()", name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), **more},
            )
            for _ in range(count)
        ]
        self._threads = [
            threading.Thread(target=self._serve, args=(child,), daemon=True)
            for child in self._children
        ]
        for thread in self._threads:
            thread.start()

    def map(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield the answer to each batch, in the order of the batches."""
        pending: list[Future[Any]] = []
        for batch in batches:
            future: Future[Any] = Future()
            self._tasks.put((batch, future))
            pending.append(future)
            if len(pending) >= self._depth:
                yield pending.pop(0).result()
        for future in pending:
            yield future.result()

    def _serve(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stdin is not None
        assert child.stdout is not None
        while (task := self._tasks.get()) is not None:
            batch, future = task
            try:
                pickle.dump(batch, child.stdin, pickle.HIGHEST_PROTOCOL)
                child.stdin.flush()
                done, answer = pickle.load(child.stdout)
            except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
                done, answer = (
                    False,
                    ByNameError("A worker process ended (out of memory?); run the command again."),
                )
                answer.__cause__ = error
            if done:
                future.set_result(answer)
            else:
                future.set_exception(answer)

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            for child in self._children:
                child.kill()
        for _ in self._threads:
            self._tasks.put(None)
        for thread, child in zip(self._threads, self._children, strict=True):
            thread.join()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    _close(pipe)
            child.wait()


def _close(pipe: Any) -> None:
    with suppress(OSError):
        pipe.close()


def main() -> None:
    """Answer batches from standard input until it ends; the body of a worker process."""
    name = sys.argv[1]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and closes our input
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray print must not spoil the answers
    module, function = name.split(":")
    task: Task = getattr(import_module(module), function)
    while True:
        try:
            batch = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer: tuple[bool, Any] = (True, task(batch))
        except (Exception, MemoryError) as error:
            answer = (False, error)
        try:
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
        except BrokenPipeError:
            return
