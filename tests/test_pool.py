"""Worker processes: answers in order, errors handed on, nobody outlives the parent."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import time

import pytest
from tests.archive.helpers import environment

from byname.errors import ByNameError
from byname.pool import Pool, worker_count


def test_answers_come_in_order():
    with Pool(math.factorial, workers=3) as pool:
        assert list(pool.map(range(40))) == [math.factorial(n) for n in range(40)]


def test_an_error_is_handed_on():
    with pytest.raises(ValueError, match="negative"), Pool(math.factorial) as pool:
        list(pool.map([3, -1, 4]))


def test_a_worker_that_dies_is_a_sentence():
    with pytest.raises(ByNameError, match="worker process ended"), Pool(os._exit) as pool:
        list(pool.map([3, 3, 3]))


def test_there_are_one_to_four_workers():
    assert 1 <= worker_count() <= 4


def test_workers_end_with_a_killed_parent():
    code = (
        "import time\n"
        "from byname.pool import Pool\n"
        "with Pool(time.sleep, workers=2) as pool:\n"
        "    answers = pool.map([0.01] * 10_000)\n"
        "    next(answers)\n"
        "    print(*[child.pid for child in pool._children], flush=True)\n"
        "    list(answers)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    children = [int(pid) for pid in parent.stdout.readline().split()]
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    deadline = time.monotonic() + 10
    while any(map(_alive, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_alive, children))


def _alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
