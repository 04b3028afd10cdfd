"""How fast a long text is checked: 100 pages, about 50,000 words, on one core.

    python benchmarks/checking.py [SHARED]

The text is the sample's essay over and over, joined by the student's essay of the shared data
where SHARED has it; its sentences repeat, but each is read and judged anew. No other program
checks texts against an evidence base, so there is no peer of the same kind. What runs beside it
is the least that anybody could do, a plain scan for numbers and dates by one regular expression:
it finds where a text could be checked and judges nothing. The ratio says what reading, holding
against the evidence and judging cost.
"""

from __future__ import annotations

import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from byname import steps
from byname.claims.checking import Checker
from byname.knowledge import load

WORDS = 50_000
PAGE = 500
LIMIT = 10.0
"""Seconds that 100 pages may take."""
_NUMBERS = re.compile(
    r"\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\s+\d{4}|\d{1,3}(?:[,\s]\d{3})+|\d+(?:\.\d+)?\s*(?:%|per\s?cent)?"
)
Found = TypeVar("Found")


def document(shared: Path) -> str:
    """Return a text of about ``WORDS`` words."""
    parts = [steps.read_text(Path(steps.__file__).parent / "sample" / steps.DEMO_TEXT)]
    essay = shared / "seed" / "essay.txt"
    if essay.is_file():
        parts.append(essay.read_text(encoding="utf-8"))
    once = "\n\n".join(parts)
    return "\n\n".join([once] * (1 + WORDS // len(once.split())))


def timed(work: Callable[[], Found]) -> tuple[Found, float]:
    """Return what ``work`` returns, and the best of three times."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - start)
    return found, best


def main() -> int:
    """Print the table; exit 1 when 100 pages take longer than they may."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    text = document(shared)
    words = len(text.split())
    start = time.perf_counter()
    base = load()
    read = time.perf_counter() - start
    start = time.perf_counter()
    checker = Checker(base)
    made = time.perf_counter() - start
    # The peak counts the evidence base and the text with all its claims.
    checked, seconds = timed(lambda: checker.check(text))
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    numbers, scan = timed(lambda: sum(1 for _ in _NUMBERS.finditer(text)))
    print(f"{words:,} words, {words / PAGE:.0f} pages, {len(text):,} characters, one core")
    print(f"  evidence base read {read:.2f} s, checker made {made:.2f} s (once a process)")
    print(f"  {'':24}{'found':>8}{'seconds':>10}{'words a second':>17}")
    for name, found, took in (
        ("By Name, judged claims", len(checked.claims), seconds),
        ("regular expression", numbers, scan),
    ):
        print(f"  {name:24}{found:>8,}{took:>10.3f}{words / took:>17,.0f}")
    print(f"  ratio {seconds / scan:,.0f}; peak memory {peak:,.0f} MB")
    print(f"  counts: {', '.join(f'{n:,} {verdict}' for verdict, n in checked.counts().items())}")
    whole = read + made + seconds
    print(f"  from nothing to the answer {whole:.1f} s, allowed {LIMIT:.0f} s")
    return 0 if whole < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
