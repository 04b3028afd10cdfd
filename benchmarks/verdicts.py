"""How what By Name says of labelled texts compares with their labels, file by file.

    python benchmarks/verdicts.py [--misses] [FILE.json ...]

Without files: those of tests/cases. They were used in development, so on them the table shows
regressions; give it texts that By Name has not seen to learn how it does on such. The columns:
labelled claims found; of those given a verdict other than ``uncheckable``, the labelled ones;
of those found, the verdicts that are right; contradicted claims called supported; decoys given
a verdict. No other program judges texts on this, so there is no peer.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.labelled import CASES, Score, load, scored, table  # noqa: E402

from byname.claims.checking import Checker  # noqa: E402
from byname.knowledge import load as load_base  # noqa: E402


def main(arguments: list[str]) -> int:
    """Print the table; with --misses, what was missed or judged otherwise as well."""
    named = [Path(argument) for argument in arguments if argument != "--misses"]
    files = named or sorted(CASES.glob("passages/*.json")) + sorted(CASES.glob("sentences/*.json"))
    checker = Checker(load_base())
    scores = {
        f"{path.parent.name}/{path.stem}"[-23:]: scored(checker, load(path)) for path in files
    }
    if not named:
        scores["all"] = Score()
        for name, one in list(scores.items())[:-1]:
            del name
            scores["all"] += one
    print(table(scores))
    if "--misses" in arguments:
        for name, one in scores.items():
            if name != "all":
                print(f"\n{name}", *one.misses, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
