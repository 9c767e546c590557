"""What people read, kept whole and reviewed in the difference. Run this file to renew it.

The teaching cases are used: their facts do not change as sources are found.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "golden"
OUTPUTS = {
    "assess-disputed-classification.txt": "assess disputed-classification",
    "assess-lawful-attack.txt": "assess lawful-attack --all",
    "explain-wrong-branch.txt": "explain wrong-branch-hospital gc-iv/18",
    "explain-lost-protection.txt": "explain hospital-protection-lost cihl/28",
    "explain-why-not.txt": "explain school-use-unknown rome-statute/8-2-e-iv --why-not",
    "explain-challenge.txt": "explain wrong-branch-hospital rome-statute/8-2-e-iv --challenge",
    "report-hospital-protection-lost.md": "report hospital-protection-lost",
    "report-siege.md": "report siege-aid-refused",
}


def printed(command: str) -> str:
    """What a command prints, without what every change of law moves: its digest and lines."""
    arguments = [sys.executable, str(ROOT / "cli.py"), *shlex.split(command)]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    kept = (re.sub(r", sha256:.*|(?<=\.yaml):\d+:\d+", "", line) for line in lines)
    return "\n".join(kept) + "\n"


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_is_what_was_reviewed(name: str) -> None:
    assert printed(OUTPUTS[name]) == (FOLDER / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, command in OUTPUTS.items():
        (FOLDER / name).write_text(printed(command), encoding="utf-8")
