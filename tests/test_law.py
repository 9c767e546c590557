"""The law's own examples come out as it says, on every engine, and each provision has enough."""

from functools import cache

import pytest
from wholelaw import whole_law

from engine.assess import Evaluator
from engine.evaluate import evaluate
from engine.examples import run_one
from engine.law import CONDUCT, Law
from engine.lawfiles import read_law
from engine.resources import data_folder
from engine.status import Status

LAW = whole_law()
EXAMPLES = [
    pytest.param(provision, example, id=f"{provision.key}-{example.name}")
    for provision in LAW.provisions.values()
    for example in provision.examples
]
APPLICABLE = [p for p in LAW.provisions.values() if p.kind in CONDUCT]
WRONG_BRANCH = [p for p in APPLICABLE if len(p.branch) == 1]


@cache
def read_otherwise(reading: tuple[tuple[str, str], ...]) -> tuple[Law, Evaluator]:
    """The law with disputed questions read otherwise than by default."""
    law = read_law(data_folder("law"), dict(reading))
    return law, lambda conditions, scope: [evaluate(c, scope) for c in conditions]


@pytest.mark.parametrize(("provision", "example"), EXAMPLES)
def test_an_example_of_the_law_comes_out_as_the_law_says(
    provision, example, law: Law, evaluator: Evaluator, model: type
) -> None:
    if example.reading:
        law, evaluator = read_otherwise(tuple(example.reading.items()))
    provision = law.provisions[provision.key]
    outcome = run_one(example, provision, law, evaluator, model)
    readings = [f"{p.rule}: {p.reading}" for p in outcome.finding.elements]
    assert outcome.finding.status is example.status, "\n".join(readings)


@pytest.mark.parametrize("provision", APPLICABLE, ids=lambda p: p.key)
def test_a_provision_has_examples_met_not_met_unknown_contested_and_inapplicable(provision) -> None:
    shown = {example.status for example in provision.examples}
    assert {Status.INDICATED, Status.UNDETERMINED, Status.CONTESTED} <= shown
    assert shown & {Status.NOT_INDICATED, Status.NOT_ENGAGED}
    if provision.exceptions:
        assert Status.EXCEPTED in shown
    if provision.level == "incident":
        assert Status.INAPPLICABLE in shown


@pytest.mark.parametrize("provision", WRONG_BRANCH, ids=lambda p: p.key)
def test_a_provision_of_one_kind_of_conflict_says_where_to_look_in_the_other(provision) -> None:
    assert provision.instead or provision.twin


@pytest.mark.parametrize("provision", APPLICABLE, ids=lambda p: p.key)
def test_a_provision_has_a_conduct_element_and_an_author(provision) -> None:
    roles = [element.role for element in provision.elements]
    assert "conduct" in roles
    assert "attribution" in roles or provision.level == "pattern"


def test_twins_are_mutual() -> None:
    twins = {(p.id, other) for p in LAW.provisions.values() for other in p.twin}
    assert {(b, a) for a, b in twins} == twins


@pytest.mark.parametrize("provision", list(LAW.provisions.values()), ids=lambda p: p.key)
def test_a_provision_names_its_sources_and_a_checked_one_says_when(provision) -> None:
    assert provision.sources
    assert bool(provision.verified.against) == bool(provision.verified.on)


def test_a_clause_reads_on_from_there_are_reasonable_grounds_to_believe_that() -> None:
    for provision in LAW.provisions.values():
        for part in (*provision.elements, *provision.exceptions):
            assert not part.shown.en.endswith("."), part.place
            assert part.shown.en[0].islower() or part.shown.en.split()[0].isupper(), part.place


def test_no_presumption_of_law_speaks_against_the_accused_of_a_crime() -> None:
    from engine.conditions import Presumed, walk

    for provision in APPLICABLE:
        if provision.kind == "crime":
            for condition in provision.conditions:
                assert not any(isinstance(node, Presumed) for node in walk(condition)), (
                    provision.key
                )


def test_every_inference_says_what_it_rests_on() -> None:
    from engine.conditions import Inferred, walk

    for provision in APPLICABLE:
        for node in (n for c in provision.conditions for n in walk(c)):
            assert not isinstance(node, Inferred) or node.basis, node.place
