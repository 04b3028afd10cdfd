"""By Name: lists of the victims of the Great Terror, in one file that anyone can hold."""

from byname.archive import Archive
from byname.checks import check
from byname.errors import ByNameError
from byname.estimating import estimate
from byname.parsing import parse
from byname.version import __version__

__all__ = ["Archive", "ByNameError", "__version__", "check", "estimate", "parse"]
