"""The README shows what the program really prints. `python tests/test_readme.py` writes it anew."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from engine.casefile import case_from
from engine.loader import read_text

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SESSION = re.compile(r"<!-- session: (lieber [^\n]*) -->\n```console\n.*?```", re.S)


def run(command: str) -> str:
    """What a command of a session prints, after the command itself."""
    program, _, head = command.partition(" | head -")
    arguments = [sys.executable, str(ROOT / "cli.py"), *shlex.split(program)[1:]]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines(keepends=True)
    return f"$ {command}\n{''.join(lines[: int(head)] if head else lines)}"


def renewed(text: str) -> str:
    """The README with every session as the program prints it now."""

    def session(match: re.Match[str]) -> str:
        return f"<!-- session: {match[1]} -->\n```console\n{run(match[1])}```"

    return SESSION.sub(session, text)


def test_the_sessions_in_the_readme_are_what_the_program_prints() -> None:
    text = README.read_text(encoding="utf-8")
    assert SESSION.search(text)
    assert renewed(text) == text


def test_the_case_file_in_the_readme_is_right(law) -> None:
    text = README.read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(case: .*?)```", text, re.S)
    case = case_from(read_text(block, "README"), law.vocabulary)
    assert case.warnings == ()


def test_the_two_commands_stand_under_their_heading_one_line_each() -> None:
    section = README.read_text(encoding="utf-8").split("## Two commands")[1].split("\n## ")[0]
    blocks = re.findall(r"```[a-z]*\n(.*?)```", section, re.S)
    assert [len(block.strip().splitlines()) for block in blocks] == [1, 1]


@pytest.mark.parametrize("option", ["--why-not", "--challenge", "--as-of", "--reveal-confidential"])
def test_options_in_the_readme_exist(option: str) -> None:
    assert option in (ROOT / "cli.py").read_text(encoding="utf-8")


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
