"""The version of By Name that every run in an archive is logged with."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("byname")
except PackageNotFoundError:  # run from a folder that was never installed
    __version__ = "0+unknown"
VERSION: str = __version__
