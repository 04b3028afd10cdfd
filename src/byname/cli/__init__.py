"""The command ``byname``: parse the arguments, call a step, show what it returns."""

from byname.cli.app import app, main

__all__ = ["app", "main"]
