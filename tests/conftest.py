"""What several tests need: the law once, the evaluators, and the command line as a user runs it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from wholelaw import whole_law

from engine.assess import Evaluator
from engine.chain import available
from engine.evaluate import evaluate
from engine.forward import Forward
from engine.law import Law
from engine.models import case_model

ROOT = Path(__file__).parent.parent
ENGINES = ["evaluate", "forward"]


@pytest.fixture(scope="session")
def law() -> Law:
    return whole_law()


@pytest.fixture(scope="session")
def model(law: Law) -> type:
    return case_model(law.vocabulary)


@pytest.fixture(scope="session", params=ENGINES)
def evaluator(request: pytest.FixtureRequest, law: Law) -> Evaluator:
    if request.param == "evaluate":
        return lambda conditions, scope: [evaluate(c, scope) for c in conditions]
    if reason := available():
        pytest.skip(reason)
    return Forward(law).prove


@pytest.fixture(scope="session")
def lieber() -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "cli.py"), *arguments]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60)

    return run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The test that takes minutes begins first, so that no core waits for it at the end."""
    items.sort(key=lambda item: "nineteen_changes" not in item.name)
