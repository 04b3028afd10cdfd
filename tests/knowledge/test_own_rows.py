"""A historian's own rows: the verdict of a sentence changes; a malformed row is named by line."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from tests.archive.helpers import environment, run

from byname import knowledge
from byname.errors import KnowledgeError

SENTENCE = "In 1937 and 1938, 1,284 people were shot in Primersk in the Soviet Union.\n"
EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "knowledge"


def own(folder: Path, **kinds: str) -> dict[str, str]:
    """Write rows by kind and return the environment that names their folder."""
    for kind, text in kinds.items():
        (folder / kind).mkdir(parents=True, exist_ok=True)
        (folder / kind / "rows.yaml").write_text(dedent(text), encoding="utf-8")
    return {**environment(), "BYNAME_KNOWLEDGE": str(folder)}


def verdict(env: dict[str, str], sentence: str = SENTENCE) -> dict[str, Any]:
    result = run("check", "-", "--json", input=sentence, env=env)
    assert result.returncode == 0, result.stderr
    claims = json.loads(result.stdout)["claims"]
    found: dict[str, Any] = max(claims, key=lambda claim: len(claim["evidence"]))
    return found


def test_a_row_added_changes_the_verdict_of_a_sentence(tmp_path):
    before = verdict(environment())
    assert before["verdict"] == "uncheckable"
    env = own(
        tmp_path,
        terms="- {term: primersk, kind: place, en: [Primersk], within: [ussr]}\n",
        bibliography="- {key: own-book, title: Our book, year: 2026}\n",
        figures="""\
            - id: OUR-ROW
              states: Shot in Primersk in 1937 and 1938
              counted: shot
              about: [primersk]
              window: 1937/1938
              value: 1284
              sources: [own-book]
            """,
    )
    after = verdict(env)
    assert after["verdict"] == "supported"
    assert after["evidence"][0]["id"] == "OUR-ROW"
    assert "Our book (2026)" in after["evidence"][0]["source"]
    figures = tmp_path / "figures" / "rows.yaml"
    figures.write_text(figures.read_text().replace("1284", "97"))
    changed = verdict(env)
    assert changed["verdict"] == "contradicted"
    assert "97" in changed["suggestion"]


def test_the_example_of_the_readme(tmp_path):
    env = {**environment(), "BYNAME_KNOWLEDGE": str(EXAMPLE)}
    assert verdict(env)["verdict"] == "supported"
    assert "invented for this example" in run("knowledge", "primersk", env=env).stdout


def test_a_row_with_an_id_of_ours_takes_its_place(tmp_path, monkeypatch):
    known, row = "POL-SHOT", knowledge.check().rows.figures["POL-SHOT"]
    text = f"- {{id: {known}, states: Ours now, counted: shot, value: 5, sources: [own-book]}}\n"
    own(tmp_path, figures=text, bibliography="- {key: own-book, title: B}\n")
    monkeypatch.setenv("BYNAME_KNOWLEDGE", str(tmp_path))
    base = knowledge.check()
    assert base.rows.figures[known].value == 5 != row.value
    assert base.problems == []


FIGURE = "id: X1, states: S, counted: shot, value: 5, sources: [popov-1992]"
MALFORMED = (
    ("figures", f"# a comment\n\n- {{{FIGURE.replace(', sources: [popov-1992]', '')}}}\n", 3,
     "cites nothing"),
    ("figures", "- id: X1\n  states: S\n  counted: shot\n  value: 1,284\n  sources: [a]\n", 4,
     "without commas"),
    ("figures", "- id: X1\n  states: S\n  counted: shot\n  value: .nan\n  sources: [a]\n", 4,
     "must be a number"),
    ("figures", "- id: X1\n  states: S\n  counted: shot\n  sources: [a]\n", 1,
     "'value' is missing"),
    ("figures", f"- {{{FIGURE}}}\n- {{{FIGURE}}}\n", 2, "stands already"),
    ("figures", "- id: X1\n  states: S\n  valu: 5\n", 3, "no such key: 'valu'"),
    ("figures", "- id: X1\n  id: X2\n", 2, "stands twice"),
    ("figures", "- id: [unclosed\n  states: S\n", 2, "mend the YAML"),
    ("figures", "id: X1\n", 1, "list of rows"),
    ("figures", "- just words\n", 1, "key: value"),
    ("figures", f"- {{{FIGURE}, window: 1938/1937}}\n", 1, "earlier to a later"),
    ("figures", f"- {{{FIGURE}, window: next year}}\n", 1, "must be a date"),
    ("figures", f"- {{{FIGURE}, range: [9, 1]}}\n", 1, "lowest, highest"),
    ("figures", f"- {{{FIGURE}, unit: elephants}}\n", 1, "must be one of"),
    ("figures", f"- {{{FIGURE}, confirmed: perhaps}}\n", 1, "true or false"),
    ("figures", f"\n- {{{FIGURE}, about: [nowhere-land]}}\n", 2, "no term 'nowhere-land'"),
    ("figures", f"- {{{FIGURE.replace('popov-1992', 'no-such-work')}}}\n", 1, "no work 'no-such"),
    ("figures", f"- {{{FIGURE}, confused_with: [NOTHING]}}\n", 1, "no figure 'NOTHING'"),
    ("events", "- {id: E1, states: S, act: [signed], when: 1937, sources: [popov-1992]}\n", 1,
     "'about' is missing"),
    ("events", "- {id: E1, states: S, about: [ussr], sources: [popov-1992]}\n", 1,
     "'when' is missing"),
    ("windows", "- {id: W1, states: S, sources: [popov-1992]}\n", 1, "'window' is missing"),
    ("people", "- id: somebody\n  name: S\n  life:\n    - {act: shot, when: 1938}\n", 3,
     "cites nothing"),
    ("quotations", "- {id: Q1, states: S, wording: {en: W}, sources: [popov-1992]}\n", 1,
     "'speaker' is missing"),
    ("findings", "- {id: F1, states: S, contradicts: [{says: [ussr]}], sources: [popov-1992]}\n",
     1, "'says' and 'because'"),
    ("questions", "- id: Q1\n  question: Why?\n  positions:\n    - {id: P1, says: S}\n", 3,
     "cites nothing"),
    ("terms", "- {term: t1, kind: mood, en: [t]}\n", 1, "must be one of"),
    ("terms", "- {term: t1, kind: topic}\n", 1, "no forms"),
    ("bibliography", "- {key: k1}\n", 1, "'title' is missing"),
)  # fmt: skip


@pytest.fixture
def small_base(tmp_path_factory, monkeypatch):
    """A base of three rows in place of ours, which takes a second to read."""
    folder = tmp_path_factory.mktemp("base")
    terms = "- {term: shot, kind: measure, en: [shot]}\n- {term: ussr, kind: place, en: [USSR]}\n"
    own(folder, terms=terms, bibliography="- {key: popov-1992, title: T}\n")
    monkeypatch.setattr("byname.knowledge.base.FOLDER", folder)


@pytest.mark.usefixtures("small_base")
@pytest.mark.parametrize(("kind", "text", "line", "says"), MALFORMED)
def test_a_malformed_or_uncited_row_is_named_by_file_and_line(
    tmp_path, monkeypatch, kind, text, line, says
):
    own(tmp_path, **{kind: text})
    monkeypatch.setenv("BYNAME_KNOWLEDGE", str(tmp_path))
    problems = [str(problem) for problem in knowledge.check().problems]
    start = f"{tmp_path}/{kind}/rows.yaml, line {line}: "
    mine = [problem for problem in problems if problem.startswith(start) and says in problem]
    assert len(mine) == 1, problems
    assert mine[0].endswith(".")


@pytest.mark.usefixtures("small_base")
def test_rows_where_nobody_reads_them_are_named(tmp_path, monkeypatch):
    own(tmp_path, figure=f"- {{{FIGURE}}}\n")
    (tmp_path / "loose.yml").write_text("- x")
    monkeypatch.setenv("BYNAME_KNOWLEDGE", str(tmp_path))
    problems = [str(problem) for problem in knowledge.check().problems]
    assert [p for p in problems if "figure/rows.yaml, line 1: the file is in none of" in p]
    assert [p for p in problems if "loose.yml, line 1" in p]


@pytest.mark.usefixtures("small_base")
def test_a_file_that_is_not_utf8(tmp_path, monkeypatch):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "rows.yaml").write_bytes("# Воткинск".encode("cp1251"))
    monkeypatch.setenv("BYNAME_KNOWLEDGE", str(tmp_path))
    assert "not UTF-8" in str(knowledge.check().problems[0])


def test_the_command_lists_every_problem_and_says_how_many(tmp_path):
    env = own(
        tmp_path, figures=f"- {{{FIGURE}, unit: x}}\n- {{id: X2, states: S}}\n", terms="- 5\n"
    )
    result = run("knowledge", "--check", env=env)
    assert result.returncode == 1
    lines = result.stdout.splitlines()
    assert f"{tmp_path}/figures/rows.yaml, line 1: 'unit' must be one of" in result.stdout
    assert f"{tmp_path}/figures/rows.yaml, line 2: " in result.stdout
    assert f"{tmp_path}/terms/rows.yaml, line 1: " in result.stdout
    assert lines[-1].startswith("3 problems among")
    checked = run("check", "-", input=SENTENCE, env=env)
    assert checked.returncode == 1
    assert "2 more; byname knowledge --check lists them" in checked.stderr
    assert len(checked.stderr.strip().splitlines()) == 1


def test_no_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("BYNAME_KNOWLEDGE", str(tmp_path / "none"))
    with pytest.raises(KnowledgeError, match="not a folder"):
        knowledge.check()
