"""Where the shared data of the developers stands, if it stands here.

The real lists are not part of the project. Tests that read them look in the folder named
``shared`` beside the repository root, or in ``$BYNAME_SHARED``, and skip, saying so, when
neither is there.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def _find() -> Path | None:
    named = os.environ.get("BYNAME_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    return folder if (folder / "data").is_dir() else None


SHARED: Path | None = _find()
"""The folder ``shared``, or None when it is not on this machine."""


def shared_file(name: str) -> Path:
    """Return ``SHARED / name``, or skip the running test when it is not there."""
    if SHARED is None:
        pytest.skip("the shared data is not here: set BYNAME_SHARED to its folder")
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not in the shared data")
    return path
