"""What happened to people, as tallies count it, and what each takes for having happened."""

from __future__ import annotations

from byname.errors import UsageError

EVENTS: dict[str, str] = {
    "executed": "An execution is counted where a record states it, with or without its date; a "
    "death sentence alone is none.",
    "arrested": "An arrest is counted where a record dates it or names who arrested.",
    "sentenced": "A sentence is counted where a record states it, dates it or names who passed "
    "it, to whatever penalty; a case that was closed is none.",
    "died": "A death is counted where a record states it, executions among them.",
    "rehabilitated": "A rehabilitation is counted where a record dates it or names who decided it.",
}
"""Event -> what is counted, in a sentence."""

ONCE = frozenset({"executed", "died"})
"""What can happen only once; of several arrests or sentences the last is counted."""


def event(name: str) -> str:
    """Return the event called ``name``, or say which there are."""
    asked = name.strip().lower()
    if asked not in EVENTS:
        raise UsageError(f'Nothing is counted as "{name}"; choose one of: {", ".join(EVENTS)}.')
    return asked
