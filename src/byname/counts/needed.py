"""The estimates, loaded when they are asked for: they need NumPy and SciPy, the rest does not."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from byname.errors import MissingExtraError


def estimation() -> ModuleType:
    """Return ``byname.counts.estimates.estimation``.

    Raises:
        MissingExtraError: NumPy or SciPy is not installed.

    """
    for name, package in (("NumPy", "numpy"), ("SciPy", "scipy")):
        if find_spec(package) is None:
            raise MissingExtraError(
                f"Estimates need {name}, which is not installed; "
                'run `pip install "byname[estimate]"`.'
            )
    return import_module("byname.counts.estimates.estimation")
