"""Broken and hostile case files: every one is read or refused, and none breaks the program."""

import os
from random import Random

import pytest

from engine.assess import assess
from engine.casefile import case_from
from engine.errors import InputError, Problem
from engine.evaluate import evaluate
from engine.explain import explain
from engine.law import Law
from engine.loader import read_text
from engine.output import to_json
from engine.report import report
from engine.resources import documented_cases
from engine.sources import Sources
from engine.summary import summary
from engine.truth import Standard

TEXTS = [path.read_text(encoding="utf-8") for path in documented_cases()]
FILES = int(os.environ.get("LIEBER_HOSTILE", "400"))
BLOCKS = 8
PIECES = [
    "true", "false", "null", "-1", "99999999999999999999", "1e9", "[]", "{}", "[[]]", "{value: }",
    "&a", "*a", "!!python/object:os.system", "\t", "'", '"', "---", "? ", "- ", ": ", "#",
    "\u202e", "\x00", "\u0627", "2019-13-45", "0000-00-00", "{min: 5, max: 1}", "{value: true}",
    "[true, false]", "{from: 2019, to: 2018}", "<script>", "../../etc/passwd", "%s", "${x}",
]  # fmt: skip


def broken(random: Random) -> str:
    """A case file that something has happened to."""
    lines = random.choice(TEXTS).splitlines()
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(lines))
        line = lines[at]
        cut = random.randrange(len(line) + 1)
        lines[at] = random.choice(
            [
                line[:cut] + random.choice(PIECES) + line[cut:],
                line[:cut] + random.choice(PIECES),
                line[:cut],
                random.choice(lines),
                " " * random.randint(0, 9) + line.strip(),
                line.replace(":", random.choice(["", "::", ": -", " :"]), 1),
                line.split(":")[0] + ": " + random.choice(PIECES),
            ]
        )
        if random.random() < 0.2:
            del lines[at]
    return "\n".join(lines)


def said_by_its_own_model(text: str, law: Law) -> list[Problem]:
    """The mistakes that a model finds which knows only the keys of the file."""
    with pytest.raises(InputError) as refused:
        case_from(read_text(text, "case.yaml"), law.vocabulary)
    return refused.value.problems


@pytest.mark.parametrize("block", range(BLOCKS))
def test_a_broken_case_file_is_read_or_refused_with_places(
    block: int, law: Law, model: type
) -> None:
    for number in range(block, FILES, BLOCKS):
        text = broken(Random(f"file {number}"))
        try:
            case = case_from(read_text(text, "case.yaml"), law.vocabulary, model)
        except InputError as error:
            problems = error.problems
            case = None
        if case is None:
            assert problems
            assert said_by_its_own_model(text, law) == problems
            assert all(problem.message for problem in problems)
            assert all(1 <= p.place.line <= text.count("\n") + 2 for p in problems)
            continue
        if number % 10 == 0:
            result = assess(
                case, law, lambda cs, s: [evaluate(c, s) for c in cs], Standard.REASONABLE_GROUNDS
            )
            sources = Sources(case)
            to_json(result, sources, everything=True)
            report(result, sources)
            summary(result, everything=True)
            explain(result, sources, "cihl/11")


def test_a_thousand_levels_and_a_million_aliases_are_refused_at_once(law: Law) -> None:
    deep = "case: " + "[" * 5000 + "]" * 5000
    bomb = "a: &a [x, x]\n" + "\n".join(f"k{n}: &b{n} [*a, *a]" for n in range(1000))
    for text in (deep, bomb):
        with pytest.raises(InputError):
            case_from(read_text(text, "case.yaml"), law.vocabulary)
