"""Imports point one way, heavy things load only when used, and the engine names no law."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from wholelaw import whole_law

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "engine").rglob("*.py"))
# A module may import only from rows above its own (or from its own, if it is not circular).
ROWS = [
    {"truth", "errors", "resources", "files", "layout", "chain", "dates"},
    {"loader", "conditions"},
    {"incident", "vocabulary"},
    {"values", "trace", "parse", "relevance", "implication"},
    {"evaluate", "accounts", "status"},
    {"models", "law", "lawmodels"},
    {"casecheck"},
    {"casefile", "forward", "contradictions", "applies"},
    {"provisions", "treaties", "missing", "lintwords"},
    {"lawfiles", "lint"},
    {"lawcache"},
    {"words", "sentences", "sources", "starter", "vocabularydoc"},
    {"bound"},
    {"findings"},
    {"assess"},
    {"examples", "reasons"},
    {"avenues", "mutation", "disputes"},
    {"lawtest", "lawstatus"},
    {"summary", "output"},
    {"explain"},
    {"report", "prose", "facts", "applicable", "standing", "lawpage", "lawdoc", "commandline"},
]


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "engine":
                names |= {f"engine.{alias.name}" for alias in node.names}
            else:
                names.add(node.module)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_imports_point_one_way(path: Path) -> None:
    if path.stem == "__init__":
        return
    rows = [n for n, row in enumerate(ROWS) if path.stem in row]
    assert rows, f"put {path.stem} into a row"
    allowed = set().union(*ROWS[: rows[0] + 1])
    used = {name.split(".")[1] for name in imported(path) if name.startswith("engine.")}
    assert used <= allowed, f"{path.stem} imports {used - allowed}"


def test_the_definition_and_the_engine_tested_against_it_never_import_each_other() -> None:
    assert "engine.forward" not in imported(ROOT / "engine/evaluate.py")
    assert "engine.chain" not in imported(ROOT / "engine/evaluate.py")
    assert "engine.evaluate" not in imported(ROOT / "engine/forward.py")


def test_each_third_party_library_is_imported_where_the_design_says() -> None:
    homes = {"yaml": {"loader"}, "durable": {"chain"}, "typer": set(), "rich": set()}
    for path in MODULES:
        for name in imported(path):
            if name.split(".")[0] in homes:
                assert path.stem in homes[name.split(".")[0]], f"{path.stem} imports {name}"


def test_the_definition_stays_under_two_hundred_lines() -> None:
    assert len((ROOT / "engine/evaluate.py").read_text(encoding="utf-8").splitlines()) < 200


def test_help_loads_neither_the_engine_nor_its_libraries() -> None:
    code = (
        "import sys, cli\n"
        "heavy = {'yaml', 'pydantic', 'durable', 'engine.lawfiles', 'rich.console'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_the_engine_names_no_fact_no_article_and_no_country() -> None:
    vocabulary = whole_law().vocabulary
    facts = {fact for fact in vocabulary.facts if "." in fact}
    values = {v for f in vocabulary.facts.values() for v in f.values if "_" in v} | {"iac", "niac"}
    article = re.compile(
        r"\b(art\.|article) ?\d|rome-statute|gc-iv|cihl|unsc|\bSYR\b|\bRUS\b", re.I
    )
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        strings = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ]
        for text in strings:
            if "\n" in text or text in EXAMPLE_HINTS:
                continue  # the template of a new case file gives examples
            assert text not in facts | values, f"{path.stem}: {text}"
            assert not article.search(text), f"{path.stem}: {text}"


EXAMPLE_HINTS = {
    "use three capital letters (ISO 3166-1), such as SYR",
    "SYR",
}
