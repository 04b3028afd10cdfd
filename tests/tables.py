"""Tables of cases: tab-separated, one case a line, ``#`` opens a comment, ``-`` is nothing."""

from pathlib import Path

FOLDER = Path(__file__).parent / "cases"


def rows(name: str) -> list[list[str]]:
    """Return the cells of ``cases/<name>.tsv``, line by line."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
