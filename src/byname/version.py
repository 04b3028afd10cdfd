"""The version of By Name that every run in an archive is logged with."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("byname")
except PackageNotFoundError:  # run from a folder that was never installed
    VERSION = "0+unknown"
