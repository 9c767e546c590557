"""The command line as a user meets it: what it prints, its exit codes, and that it never breaks."""

import json
from pathlib import Path

import jsonschema
import pytest

MARKET = "maarat-al-numan-market"
COMMANDS = [
    ["assess"], ["explain"], ["report"], ["check"], ["schema"], ["new"], ["law"],
    ["law", "list"], ["law", "show"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(lieber, command: list[str]) -> None:
    done = lieber(*command, "--help")
    assert done.returncode == 0, done.stderr
    assert "Example: lieber" in " ".join(done.stdout.split())


def test_assess_says_what_is_breached_first_and_fits_eighty_columns(lieber) -> None:
    done = lieber("assess", MARKET)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert "\x1b" not in done.stdout
    headings = [h for h in ("INDICATED:", "UNDETERMINED:", "INAPPLICABLE:") if h in done.stdout]
    places = [done.stdout.index(f"  {heading}") for heading in headings]
    assert headings
    assert places == sorted(places)


def test_assess_prints_the_contract_as_json(lieber) -> None:
    found = json.loads(lieber("assess", MARKET, "--json").stdout)
    assert found["case"] == MARKET
    assert found["standard"] == "reasonable_grounds"
    assert found["law"]["digest"].startswith("sha256:")
    assert set(found) >= {"incidents", "pattern", "instruments"}
    for finding in found["incidents"][0]["findings"]:
        assert set(finding) >= {
            "provision", "status", "reached", "party", "branch",
            "elements", "exceptions", "assumed", "missing",
        }  # fmt: skip
        for element in finding["elements"]:
            assert element["value"] in ("met", "not_met", "contested", "unknown")
            assert element["proof"]
            assert element["law"].startswith("law/")


def test_both_engines_print_the_same_but_for_their_name(lieber) -> None:
    found = [
        json.loads(lieber("assess", MARKET, "--json", "--all", "--engine", e).stdout)
        for e in ENGINES
    ]
    assert [f.pop("engine") for f in found] == ENGINES
    assert found[0] == found[1]


ENGINES = ["evaluate", "forward"]


def test_the_market_case_comes_out_as_a_careful_lawyer_would_say(lieber) -> None:
    found = json.loads(lieber("assess", MARKET, "--json").stdout)
    findings = found["incidents"][0]["findings"]
    status = {f["provision"]: f["status"] for f in findings}
    assert status["unsc-2139/3"] == "indicated"
    assert status["unsc-2254/13"] == "indicated"
    assert "indicated" in (status.get("cihl/1"), status.get("cihl/7"), status.get("cihl/11"))
    by_id = {f["provision"]: f for f in findings}
    for provision in ("unsc-2401/1", "gc-iv/18"):
        assert status[provision] == "inapplicable"
        assert by_id[provision]["reasons"][0]["reason"]
        assert by_id[provision]["instead"]
    assert not [
        p for p, s in status.items() if p.startswith("rome-statute/8-2-b") and s == "indicated"
    ]
    intent = next(e for e in by_id["rome-statute/8-2-e-i"]["elements"] if e["id"] == "intent")
    assert intent["for"] != "nothing"
    assert intent["against"] != "nothing"


def test_explain_names_sources_and_the_line_of_the_law(lieber) -> None:
    done = lieber("explain", MARKET, "unsc-2139/3")
    assert done.returncode == 0, done.stderr
    assert "law/security_council/resolution_2139.yaml:" in done.stdout
    assert "[+]" in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_explain_why_not_leaves_out_what_is_met(lieber) -> None:
    full = lieber("explain", MARKET, "rome-statute/8-2-e-i").stdout
    short = lieber("explain", MARKET, "rome-statute/8-2-e-i", "--why-not").stdout
    assert 0 < len(short) < len(full)
    assert "attribution:" in full
    assert "attribution:" not in short


def test_explain_challenge_shows_the_denial(lieber) -> None:
    done = lieber("explain", MARKET, "unsc-2139/3", "--challenge")
    assert "accounts differ: attributed to the party" in " ".join(done.stdout.split())


def test_as_of_takes_the_law_of_another_day(lieber) -> None:
    found = json.loads(lieber("assess", MARKET, "--json", "--as-of", "2018-03-01").stdout)
    status = {f["provision"]: f["status"] for f in found["incidents"][0]["findings"]}
    assert found["as_of"] == "2018-03-01"
    assert status["unsc-2401/1"] != "inapplicable"


def test_report_is_written_whole_and_never_over_a_file_unasked(lieber, tmp_path: Path) -> None:
    target = tmp_path / "section.md"
    assert lieber("report", MARKET, "-o", str(target)).returncode == 0
    first = target.read_text(encoding="utf-8")
    assert first.startswith("# Legal assessment")
    done = lieber("report", MARKET, "-o", str(target))
    assert done.returncode == 2
    assert "exists" in done.stderr
    assert target.read_text(encoding="utf-8") == first
    assert lieber("report", MARKET, "-o", str(target), "--force").returncode == 0
    assert list(tmp_path.iterdir()) == [target]


def test_a_report_in_a_form_that_is_not_written_is_refused(lieber, tmp_path: Path) -> None:
    done = lieber("report", MARKET, "-o", str(tmp_path / "section.docx"))
    assert done.returncode == 2
    assert "Markdown" in done.stderr


def test_a_new_case_file_is_right_as_it_stands_and_fits_the_schema(lieber, tmp_path: Path) -> None:
    target = tmp_path / "my case.yaml"
    assert lieber("new", str(target)).returncode == 0
    assert lieber("check", str(target)).returncode == 0
    assert lieber("assess", str(target)).returncode == 0
    assert lieber("new", str(target)).returncode == 2


def test_a_new_case_file_is_right_with_every_fact_taken_out_of_its_comment(law, model) -> None:
    import re

    from engine.casefile import case_from
    from engine.loader import read_text
    from engine.starter import starter

    head, parties, rest = starter(law.vocabulary, "x").partition("\nparties:")
    lines = [head + parties]
    for line in rest.splitlines():
        line = re.sub(r"^( *)# (?= *(- \{|(- )?\w+:))", r"\1", line)
        lines.append(re.sub(r": (\w+) \|.*", r": \1", line))
    document = read_text("\n".join(lines), "starter")
    assert not document.problems, document.problems[0]
    case = case_from(document, law.vocabulary, model)
    stated = sum(len(i.scope.facts) for i in case.incidents)
    assert stated > 50


def test_check_reports_every_mistake_and_exits_with_one(lieber) -> None:
    done = lieber("check", "tests/invalid/cases/everything-at-once.yaml")
    assert done.returncode == 1
    assert "8 mistakes" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["assess", "no-such-file.yaml"], "no-such-file.yaml"),
        (["assess", "tests"], "tests"),
        (["check", "/dev/null"], "not a case file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(lieber, arguments, said) -> None:
    done = lieber(*arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["assess", MARKET, "--standard", "probable"], "not a standard of proof"),
        (["assess", MARKET, "--standard", "reasonable_ground"], "did you mean"),
        (["assess", MARKET, "--engine", "guess"], "not an engine"),
        (["assess", MARKET, "--as-of", "yesterday"], "not a day"),
        (["explain", MARKET, "unsc-2139/33"], "did you mean `unsc-2139/3`"),
        (["explain", MARKET, "unsc-2139/3", "--incident", "x"], "no incident"),
        (["law", "show", "cihl/1111"], "no provision"),
        (["law", "list", "--instrument", "unsc"], "no instrument"),
        (["assess"], "Missing argument"),
        (["asess", MARKET], "No such command"),
    ],
)
def test_a_wrong_command_line_exits_with_two_and_says_what_to_do(lieber, arguments, said) -> None:
    done = lieber(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_documented_cases_fit_the_schema_that_editors_get(lieber) -> None:
    import yaml

    from engine.resources import documented_cases

    schema = json.loads(lieber("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in documented_cases():
        # Editors read dates as text; so does this.
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        errors = list(jsonschema.Draft202012Validator(schema).iter_errors(_typed(data)))
        assert not errors, f"{path}: {errors[0].message[:200]}"


def _typed(data):
    if isinstance(data, dict):
        return {key: _typed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_typed(item) for item in data]
    if data in ("true", "false"):
        return data == "true"
    return int(data) if isinstance(data, str) and data.isdigit() else data


def test_law_list_as_json_has_every_provision_once(lieber, law) -> None:
    listed = [entry["id"] for entry in json.loads(lieber("law", "list", "--json").stdout)]
    assert len(listed) == len(set(listed))
    assert set(listed) == {p.id for p in law.provisions.values()}


def test_law_show_prints_what_must_be_shown(lieber) -> None:
    page = lieber("law", "show", "rome-statute/8-2-e-i").stdout
    for said in (
        "Must be shown",
        "Elements of Crimes",
        "Twin",
        "Checked against",
        "law/rome_statute",
    ):
        assert said in page
    assert all(len(line) <= 80 for line in page.splitlines())


def test_output_in_a_pipe_that_closes_early_is_not_an_error() -> None:
    import subprocess
    import sys

    from tests.conftest import ROOT

    command = f"{sys.executable} cli.py explain {MARKET} unsc-2139/3 | head -1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True)
    assert "Traceback" not in done.stderr


def test_a_fault_of_the_program_is_said_in_one_line(tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.conftest import ROOT

    code = (
        "import sys, cli, engine.lawcache\n"
        "def broken(folder, chosen): raise KeyError('inside')\n"
        "engine.lawcache.compiled_law = broken\n"
        "sys.argv = ['lieber', 'law', 'list']\n"
        "cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "a fault of this program" in done.stderr
    assert "Traceback" not in done.stderr


def test_where_durable_rules_is_missing_the_definition_answers_and_says_so_once(
    tmp_path: Path,
) -> None:
    import os
    import subprocess
    import sys

    from tests.conftest import ROOT

    (tmp_path / "durable").mkdir()
    (tmp_path / "durable/__init__.py").write_text("raise ImportError('not built')\n")
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "assess", MARKET, "--json"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("\n") == 1
    assert "answering with --engine evaluate" in done.stderr
    assert json.loads(done.stdout)["engine"] == "evaluate"
