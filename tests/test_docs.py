"""What exists is documented: commands, options, rooms, formats, doubts' tables, examples."""

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from byname.cli.app import app
from byname.records import read
from byname.sources import FORMATS, open_list
from byname.sources.entry import Entry

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS: Any = get_command(app)
NAMES = sorted(COMMANDS.commands)


@pytest.mark.parametrize("name", NAMES)
def test_command_and_options_have_help(name):
    command = COMMANDS.commands[name]
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"byname {name}: {parameter.name} has no help"


@pytest.mark.parametrize("name", NAMES)
def test_command_stands_in_the_readme(name):
    assert re.search(rf"byname {name}\b", README), f"README.md does not show `byname {name}`"


def test_every_room_stands_on_the_map():
    source = ROOT / "src" / "byname"
    rooms = [path.name for path in source.iterdir() if (path / "__init__.py").is_file()]
    assert [room for room in rooms if f"`{room}/`" not in README] == []


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)#:]+)\)", README))
def test_link_of_the_readme_leads_somewhere(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize("name", FORMATS)
def test_format_is_named_in_the_help(name):
    option = next(p for p in COMMANDS.commands["add"].params if p.name == "format")
    assert name in str(getattr(option, "help", ""))


def test_examples_say_that_their_people_are_synthetic():
    for path in (ROOT / "docs" / "examples").glob("village.*"):
        if path.suffix in {".csv", ".txt"}:
            with open_list(path) as entries:
                for entry in entries:
                    assert isinstance(entry, Entry)
                    assert "вымышленн" in entry.raw.lower()
                    assert read(entry).kind == entry.kind
