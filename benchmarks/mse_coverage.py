"""How often the intervals of each method hold the truth, on simulated people, known in number.

    python benchmarks/mse_coverage.py [--populations 500] [--seed 1] [--methods lcmcr bma ...]
      [--workers 2] [--minutes M] [--out FILE.tsv]
    python benchmarks/mse_coverage.py --read FILE.tsv     # the table of an earlier run again

Populations of four kinds take turns (see ``simulated_people.py``): 500 to 10,000 people on three
to five lists. Every method runs by its default options, but LCMCR's chains end at 400 effective
draws where they would go on to 2,000. ``quoted`` is the range from the lowest to the highest end
of the methods that settled, which is what the sentence for journalists gives. Printed, by kind:

- ``refused``: tables on which the method gives no figure (also those on which no two lists share
  anybody, which all refuse);
- ``holds``: how often the 95 % interval has the true number in it, of the tables not refused, with
  the standard error of that share; of the bound, how often its lower end is no more than the truth;
- ``over``, ``under``: how often the whole interval is above the truth, and below it;
- ``settled``: tables on which the method stands by its figure (LCMCR: R-hat at most 1.01, enough
  effective draws, one mode; BMA: one mode; the bound: no list more than five times another;
  quoted: the highest end at most three times the lowest), of those not refused, and ``holds`` of
  these alone;
- ``ratio``: the middle of the ratios of estimate to truth; ``width``: the middle of the widths of
  the intervals, in truths; ``warned``: tables with a warning, besides what is said of every bound;
- ``s``: seconds of one core for a table.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.simulated_estimates import METHODS, QUOTED, Asked, Outcome, estimates, read, write
from benchmarks.simulated_people import KINDS

from byname.pool import Pool

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "VECLIB_MAXIMUM_THREADS": "1"}
HEAD = (
    f"{'kind':13} {'method':10} {'tables':>6} {'refused':>7} {'holds':>13} {'over':>6} "
    f"{'under':>6} {'settled':>7} {'holds':>6} {'ratio':>6} {'width':>6} {'warned':>6} {'s':>6}"
)


def run(given: argparse.Namespace) -> list[Outcome]:
    """Simulate and estimate, in worker processes, for so many minutes at most."""
    asked = [Asked(number, given.seed, tuple(given.methods)) for number in range(given.populations)]
    found: list[Outcome] = []
    clock = time.monotonic()

    def in_time() -> Iterator[Asked]:
        for one in asked:
            if given.minutes and time.monotonic() - clock > 60 * given.minutes:
                return
            yield one

    with Pool(estimates, given.workers, _ONE_THREAD) as pool:
        for done, outcomes in enumerate(pool.map(in_time()), 1):
            found += outcomes
            if given.out:
                write(given.out, outcomes)
            if done % 10 == 0 or done == len(asked):
                took = (time.monotonic() - clock) / 60
                print(f"{done} of {len(asked)} populations, {took:.1f} min", file=sys.stderr)
    return found


def holds(one: Outcome) -> bool:
    """Whether the truth is in the interval, or at least the bound."""
    return not over(one) and not under(one)


def over(one: Outcome) -> bool:
    """Whether all that the interval holds is above the truth."""
    return one.low is not None and one.low > one.people


def under(one: Outcome) -> bool:
    """Whether all that the interval holds is below the truth."""
    return one.high is not None and one.high < one.people


def line(kind: str, method: str, outcomes: Sequence[Outcome]) -> str:
    """Return what is printed of one method on one kind of people."""
    given = [one for one in outcomes if one.given]
    settled = [one for one in given if one.settled]
    ratios = [one.estimate / one.people for one in given if one.estimate is not None]
    bound = method == "chao"
    widths = [_width(one) for one in given]
    held = _share(given, holds)
    error = np.sqrt(held * (1 - held) / len(given)) if given else np.nan
    return (
        f"{kind:13} {method:10} {len(outcomes):6} {_percent(_share(outcomes, _refused)):>7} "
        f"{_percent(held):>6} ± {_percent(error):>4} {_percent(_share(given, over)):>6} "
        f"{'-' if bound else _percent(_share(given, under)):>6} "
        f"{_percent(len(settled) / len(given) if given else np.nan):>7} "
        f"{_percent(_share(settled, holds)):>6} "
        f"{_middle(ratios):>6} {'-' if bound else _middle(widths):>6} "
        f"{'-' if method == QUOTED else _percent(_share(given, _warned)):>6} "
        f"{'-' if method == QUOTED else _mean([one.seconds for one in given]):>6}"
    )


def _refused(one: Outcome) -> bool:
    return not one.given


def _warned(one: Outcome) -> bool:
    return one.warnings > 0


def _width(one: Outcome) -> float:
    if one.low is None or one.high is None:
        return np.inf
    return (one.high - one.low) / one.people


def _share(outcomes: Sequence[Outcome], is_so: Callable[[Outcome], bool]) -> float:
    return float(np.mean([is_so(one) for one in outcomes])) if outcomes else np.nan


def _percent(share: float) -> str:
    return "-" if np.isnan(share) else f"{100 * share:.1f}"


def _middle(numbers: Sequence[float]) -> str:
    return f"{np.median(numbers):.2f}" if numbers else "-"


def _mean(numbers: Sequence[float]) -> str:
    return f"{np.mean(numbers):.2f}" if numbers else "-"


def lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the table: a line a kind and method, then of all together."""
    methods = list(dict.fromkeys(one.method for one in outcomes))
    parts: list[tuple[str, list[Outcome]]] = []
    for kind in KINDS:
        these = [one for one in outcomes if one.kind == kind]
        parts.append((kind, these))
        for variety in sorted({one.variety for one in these} - {""}):
            parts.append((f"  {variety}", [one for one in these if one.variety == variety]))
    parts.append(("all", list(outcomes)))
    yield HEAD
    for title, some in parts:
        for method in methods:
            these = [one for one in some if one.method == method]
            if these:
                yield line(title, method, these)
        yield ""


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--populations", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS))
    parser.add_argument("--workers", type=int, default=2, help="tables at a time")
    parser.add_argument("--minutes", type=float, help="begin no population after so many minutes")
    parser.add_argument("--out", type=Path, help="write a line a population and method here")
    parser.add_argument("--read", type=Path, help="print the table of such a file, run nothing")
    given = parser.parse_args()
    if given.out and given.out.exists():
        sys.exit(f"{given.out} exists; name a new file, or print its table with --read.")
    outcomes = list(read(given.read)) if given.read else run(given)
    people = {one.number for one in outcomes}
    print(f"{len(people)} simulated populations; shares in per cent\n")
    for text in lines(outcomes):
        print(text)


if __name__ == "__main__":
    main()
