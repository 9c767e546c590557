"""Runs the law's own examples, and the mutation test on them, and says what came out."""

from collections.abc import Callable, Sequence

from pydantic import BaseModel

from engine.assess import Evaluator
from engine.examples import run_one
from engine.law import Example, Law, Provision
from engine.layout import Line, paragraph
from engine.models import case_model
from engine.mutation import Score, expected, mutate

Under = Callable[[frozenset[tuple[str, str]]], tuple[Law, Evaluator]]
"""The law under a choice of disputed readings (none: the defaults), and an evaluator for it.

It is asked anew for each example, and should give what it gave before.
"""
PASSING = 95
"""The share of mutants, in per cent, that the examples must notice."""


def tested(under: Under, prefixes: Sequence[str], mutants: bool) -> tuple[list[Line], bool]:
    """The examples of the provisions whose ids begin with one of `prefixes` (all, if empty)."""
    law, _ = under(frozenset())
    chosen = [
        provision
        for provision in law.provisions.values()
        if not prefixes or any(provision.id.startswith(prefix) for prefix in prefixes)
    ]
    model = case_model(law.vocabulary)
    lines: list[Line] = []
    count, wrong = 0, 0
    for provision in chosen:
        for example in provision.examples:
            count += 1
            if failed := _run(example, provision, under, model):
                wrong += 1
                lines += failed
    if wrong:
        lines += paragraph(f"{wrong} of {count} examples do not come out as the law says.")
    else:
        entries = "1 entry" if len(chosen) == 1 else f"{len(chosen)} entries"
        lines += paragraph(f"{count} examples of {entries} come out as the law says.")
    if not mutants:
        return lines, not wrong
    score = mutate(law, model, prefixes)
    said, fine = _mutants(score, law, whole=not prefixes)
    return [*lines, *said], fine and not wrong


def _run(
    example: Example, provision: Provision, under: Under, model: type[BaseModel]
) -> list[Line]:
    law, evaluator = under(frozenset(example.reading.items()))
    read = law.provisions[provision.key]
    outcome = run_one(example, read, law, evaluator, model)
    found = outcome.finding
    if found.status is example.status:
        return []
    lines = paragraph(f"{example.place}: {provision.key}: {example.name}", hanging=2, style="bold")
    lines += paragraph(
        f"expected {example.status}, found {found.status} at {example.standard.words}", 2
    )
    for part in (*found.limits, *found.elements, *found.exceptions):
        lines += paragraph(f"{part.rule.id}: {part.reading}", 4, 2)
    return lines


def _mutants(score: Score, law: Law, whole: bool) -> tuple[list[Line], bool]:
    unexplained, idle = expected(score, law.survivors)
    share = 100 * score.caught / score.total if score.total else 100.0
    lines = paragraph(f"{score.caught} of {score.total} mutants noticed ({share:.1f} %).")
    again = len(score.asked_again)
    explained = len(score.survivors) - len(unexplained) - again
    if again:
        lines += paragraph(f"{again} survived since another element asks the same again.")
    if explained:
        lines += paragraph(f"{explained} survived for a reason on record (`survivors` in law/).")
    for mutant in unexplained:
        lines += paragraph(f"{mutant.place}: survived: {mutant.name}", 2, 2)
    for name in idle if whole else ():
        lines += paragraph(f"`survivors` explains what does not survive: {name}", 2, 2)
    return lines, share >= PASSING and not unexplained and not (idle and whole)
