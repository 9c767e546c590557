"""What is wrong with a file: every mistake at once, each with its place and what to do.

A message is lower case, shows the user's own text in backticks, names no class or library, and
the hint says what to do. (Habits of Cedar's style guide and OPA's `ast/errors.go`.)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file: lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where, what is wrong in the user's words, what to do, and a stable code."""

    place: Place
    message: str
    hint: str = ""
    code: str = "invalid"

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}"
        return f"{text}; {self.hint}" if self.hint else text


class InputError(Exception):
    """The input is wrong. `problems` holds every mistake found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(p) for p in self.problems))


class CommandLineError(Exception):
    """The command line is wrong, as against what it names."""


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint naming the nearest known words, or all of them when they are few."""
    names = sorted(set(known))
    close = get_close_matches(word.lower(), names, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    if 0 < len(names) <= 12:
        return "known here: " + ", ".join(f"`{n}`" for n in names)
    return ""
