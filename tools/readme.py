"""Runs the commands of README.md and writes what they print below them.

    python tools/readme.py           rewrites README.md
    python tools/readme.py --check   says whether it is fresh, without writing

In a block opened by ```console every line that begins with "$ " is run in a shell, in a folder
that holds a copy of docs/ and of the sample. A block after the comment "<!-- not run -->" is left
alone. Times differ from run to run, and lines of YAML files with every row added above them, so
both are compared with their digits taken out.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_BLOCK = re.compile(r"(?P<before><!-- not run -->\n)?```console\n(?P<body>.*?)```\n", re.DOTALL)
_TIME = re.compile(r"\d[\d.,]*(?= ?(?:ms|s)\b)|(?<=\.yaml, line )\d+")


def commands(body: str) -> Iterator[str]:
    """Yield the commands of a block; a line after a backslash goes on."""
    lines = iter(body.split("\n"))
    for line in lines:
        if line.startswith("$ "):
            command = line[2:]
            while command.endswith("\\"):
                command += "\n" + next(lines)
            yield command


def run(command: str, folder: Path) -> str:
    """Return what ``command`` prints; of its progress and errors only what made it fail."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "COLUMNS": "88", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout + (done.stderr if done.returncode else "")).rstrip("\n")


def fresh(text: str) -> str:
    """Return the README with the output of today's program."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for copied in ("docs", "src/byname/sample"):
            shutil.copytree(ROOT / copied, folder / copied)

        def block(match: re.Match[str]) -> str:
            if match["before"]:
                return match[0]
            parts = []
            for command in commands(match["body"]):
                printed = run(command, folder)
                parts.append(f"$ {command}\n" + (f"{printed}\n" if printed else ""))
            return "```console\n" + "\n".join(parts) + "```\n"

        return _BLOCK.sub(block, text)


def main() -> int:
    """Rewrite or check; exit 1 when the README is stale."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="only say whether it is fresh")
    check = parser.parse_args().check
    before = README.read_text(encoding="utf-8")
    after = fresh(before)
    if _TIME.sub("", before) == _TIME.sub("", after):
        print("README.md shows what the program prints today.")
        return 0
    if check:
        print("README.md is stale: run `make readme` and look at the difference.")
        lines = unified_diff(before.splitlines(), after.splitlines(), "README.md", "today", n=0)
        print("\n".join(lines))
        return 1
    README.write_text(after, encoding="utf-8")
    print("README.md was rewritten.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
