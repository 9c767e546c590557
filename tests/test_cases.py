"""The cases that come with the program come out as they expect, on every engine."""

from pathlib import Path

import pytest

from engine.assess import Evaluator, assess
from engine.casefile import read_case
from engine.law import Law
from engine.resources import documented_cases
from engine.status import Status
from engine.truth import Standard

CASES = documented_cases()


def ids(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


@pytest.mark.parametrize("path", CASES, ids=ids)
def test_a_case_comes_out_as_it_expects(path: Path, law: Law, evaluator: Evaluator) -> None:
    case = read_case(path, law.vocabulary)
    assert case.expect, "a case without an expectation"
    result = assess(case, law, evaluator, Standard.REASONABLE_GROUNDS)
    for answered in (*result.incidents, result.pattern):
        expected = (
            case.expect.incidents.get(answered.id, {}) if answered.entry else case.expect.pattern
        )
        found: dict[str, set[str]] = {}
        for finding in answered.findings:
            found.setdefault(finding.provision.id, set()).add(str(finding.status))
            found.setdefault(finding.provision.key, set()).add(str(finding.status))
        for provision, status in expected.items():
            assert Status(status), status
            assert status in found.get(provision, {"not_engaged"}), (
                f"{answered.id}: {provision}: {found.get(provision)}"
            )


@pytest.mark.parametrize("path", CASES, ids=ids)
def test_an_expectation_names_incidents_that_are_there(path: Path, law: Law) -> None:
    case = read_case(path, law.vocabulary)
    assert set(case.expect.incidents) <= {incident.id for incident in case.incidents}


@pytest.mark.parametrize("path", [p for p in CASES if p.parent.name == "documented"], ids=ids)
def test_every_fact_of_a_documented_case_has_a_source(path: Path, law: Law) -> None:
    assert read_case(path, law.vocabulary).warnings == ()


def test_the_program_comes_with_four_documented_and_four_teaching_cases() -> None:
    folders = [path.parent.name for path in CASES]
    assert folders.count("documented") >= 4
    assert folders.count("hypothetical") >= 4
