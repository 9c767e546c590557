"""The engines agree with each other, with a second definition, and with the laws of the logic.

`LIEBER_EXAMPLES=1000000 pytest tests/test_engines_agree.py -k seeded` compares that many generated
cases (about an hour on one core); what fails names the numbers with which it can be repeated.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from random import Random
from typing import Any

import pytest
import strategies as generated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.accounts import account, contested_leaves, settle
from engine.accounts import read as whichever_account
from engine.assess import Evaluator, assess
from engine.casefile import Case
from engine.chain import available
from engine.conditions import (
    All,
    AnyOf,
    Concept,
    Condition,
    FactIs,
    Inferred,
    Judged,
    Not,
    Presumed,
    Some,
    Weighed,
    walk,
)
from engine.conditions import Test as Comparison
from engine.evaluate import evaluate
from engine.findings import Assessment, Finding
from engine.forward import Forward
from engine.incident import Claim, Days, Period, Scope, Span
from engine.law import Law
from engine.relevance import Touched
from engine.status import Status
from engine.trace import Proof
from engine.truth import STANDARDS, UNKNOWN, Reading, Standard, Value

EXAMPLES = int(os.environ.get("LIEBER_EXAMPLES", "2500"))
BLOCKS = 20
SHRINKABLE = min(EXAMPLES, 150)

quick = settings(
    max_examples=SHRINKABLE,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
needs_durable = pytest.mark.skipif(available() is not None, reason=available() or "")


def definition(conditions: Any, scope: Scope) -> list[Proof]:
    """The evaluator of the definition."""
    return [evaluate(condition, scope) for condition in conditions]


@cache
def forward_number(number: int) -> Evaluator:
    """The working engine for one of the generated laws, compiled once."""
    return Forward(generated.law_number(number)).prove


def assessed(
    law: Law, case: Case, evaluator: Evaluator, standard: Standard, whole: bool = True
) -> Assessment:
    return assess(case, law, evaluator, standard, whole=whole)


def assert_touched(case: Case, law: Law) -> None:
    """The quick look says of every condition just what the definition's proof says."""
    for scope in scopes_of(case):
        touched = Touched(scope)
        for condition in {c for p in law.provisions.values() for c in p.conditions}:
            value = evaluate(condition, scope).value
            for supported, grade in ((True, value.support), (False, value.opposition)):
                assert touched(condition, supported) is (grade > Standard.NOTHING), condition


def assert_shown_alike(whole: Assessment, quick: Assessment) -> None:
    """Leaving out what nothing touches changes nothing that is touched, and no status."""
    for (where, one), (_, other) in zip(findings_of(whole), findings_of(quick), strict=True):
        if one.engaged:
            assert one == other, where
        else:
            same = (one.status, one.limits, one.branch, one.conditional, one.reached)
            found = (other.status, other.limits, other.branch, other.conditional, other.reached)
            assert (same, other.engaged) == (found, False), where
    assert whole.instruments == quick.instruments


def findings_of(assessment: Assessment) -> Iterator[tuple[str, Finding]]:
    for answered in (*assessment.incidents, assessment.pattern):
        for finding in answered.findings:
            yield f"{answered.id}, {finding.provision.key}, {finding.party}", finding


def assert_same(one: Assessment, other: Assessment) -> None:
    """Identical findings: statuses, whole proofs, missing and deciding facts, instruments."""
    if (one.incidents, one.pattern, one.instruments) == (
        other.incidents,
        other.pattern,
        other.instruments,
    ):
        return
    for (where, mine), (_, theirs) in zip(findings_of(one), findings_of(other), strict=True):
        for name in vars(mine):
            assert getattr(mine, name) == getattr(theirs, name), f"{where}: `{name}` differs"
    raise AssertionError("the instruments differ")


# ------------------------------------------------------------------- the definition, a second time
#
# By another method than `evaluate`: not a fold of pairs, but the question, asked at one standard at
# a time, whether a condition is supported, or whether it is opposed. Answered by plain recursion,
# with look-up and comparison written anew. The value is then the highest standard with a yes.


def holds(condition: Condition, scope: Scope, standard: Standard, so: bool) -> bool:
    """Whether a condition is supported (`so`) or opposed (not `so`) at a standard."""

    def part(inner: Condition, way: bool = so) -> bool:
        return holds(inner, scope, standard, way)

    match condition:
        case FactIs():
            claims = heard(scope, condition.fact)
            return any(c.standard >= standard and says(c, condition) is so for c in claims)
        case Judged():
            answers = [c for s in outward(scope) for c in s.judgements.get(condition.question, ())]
            return any(c.standard >= standard and c.value is so for c in answers)
        case Not():
            return part(condition.part, not so)
        case All():
            return all(map(part, condition.of)) if so else any(map(part, condition.of))
        case AnyOf():
            return any(map(part, condition.of)) if so else all(map(part, condition.of))
        case Weighed():
            return any(map(part, condition.of))
        case Some():
            home = next((s for s in outward(scope) if condition.list in s.lists), None)
            entries = [replace(e, around=scope) for e in home.lists[condition.list]] if home else []
            each = [holds(condition.where, entry, standard, so) for entry in entries]
            return any(each) if so else complete(condition.list, scope, standard) and all(each)
        case Inferred():
            return so and standard <= condition.ceiling and part(condition.part, True)
        case Presumed():
            lowest = Standard.REASONABLE_SUSPICION
            if any(holds(condition.part, scope, lowest, way) for way in (True, False)):
                return part(condition.part)
            return so and standard <= condition.standard
        case Concept():
            return part(condition.definition)
    raise AssertionError(f"no second definition of {condition}")


def outward(scope: Scope) -> Iterator[Scope]:
    here: Scope | None = scope
    while here is not None:
        yield here
        here = here.around


def heard(scope: Scope, fact: str) -> tuple[Claim, ...]:
    return next((s.facts[fact] for s in outward(scope) if s.facts.get(fact)), ())


def complete(name: str, scope: Scope, standard: Standard) -> bool:
    home = next((s for s in outward(scope) if name in s.lists), None)
    claims = home.complete.get(name, ()) if home else ()
    return any(c.value is True and c.standard >= standard for c in claims)


def says(claim: Claim, condition: FactIs) -> bool | None:
    """What a claim says of a comparison: what is so of every value that it may stand for."""
    value, operand = claim.value, condition.operand
    if isinstance(value, Days):
        assert isinstance(operand, tuple)
        return common(in_window(day, day, operand) for day in ends(value, operand))
    if isinstance(value, Period):
        assert isinstance(operand, tuple)
        return common(
            in_window(began, ended, operand)
            for began in ends(value.began, operand)
            for ended in ends(value.ended, operand)
        )
    if isinstance(value, Span):
        assert isinstance(operand, int)
        most = max(value.least, operand) + 2 if value.most is None else value.most
        return common(
            {
                Comparison.IS: number == operand,
                Comparison.AT_LEAST: number >= operand,
                Comparison.AT_MOST: number <= operand,
            }[condition.test]
            for number in range(value.least, most + 1)
        )
    if isinstance(operand, frozenset):
        return value in operand
    return value is operand or value == operand


def ends(days: Days, window: tuple[date, date]) -> list[date]:
    """Days that stand for all of a span: its ends, and those next to the ends of the window."""
    near = {
        date.fromordinal(min(max(edge.toordinal() + step, 1), date.max.toordinal()))
        for edge in window
        for step in (-1, 0, 1)
    }
    return sorted({days.first, days.last} | {d for d in near if days.first <= d <= days.last})


def in_window(began: date, ended: date, window: tuple[date, date]) -> bool:
    return began <= window[1] and window[0] <= ended


def common(answers: Iterator[bool]) -> bool | None:
    found = set(answers)
    return found.pop() if len(found) == 1 else None


def value_by_standards(condition: Condition, scope: Scope) -> Value:
    nothing = Standard.NOTHING
    support, opposition = (
        max((s for s in STANDARDS.values() if holds(condition, scope, s, so)), default=nothing)
        for so in (True, False)
    )
    return Value(support, opposition)


def status_by_the_table(finding: Finding, standard: Standard) -> Status:
    """The status of a finding by the table of the design: of all rows that apply, the first."""

    def read(parts: Any, *readings: Reading) -> bool:
        return any(whichever_account(part.proof, standard) in readings for part in parts)

    limits = [
        part
        for part in finding.limits
        if part.rule.id != "conflict" or not read([part], Reading.CONTESTED)
    ]
    elements, exceptions = finding.elements, finding.exceptions
    conduct = [part for part in elements if getattr(part.rule, "role", "") == "conduct"]
    rows = {
        Status.INAPPLICABLE: read(limits, Reading.NOT_MET),
        Status.NOT_ENGAGED: any(part.proof.value.support == 0 for part in conduct),
        Status.NOT_INDICATED: read(elements, Reading.NOT_MET),
        Status.EXCEPTED: read(exceptions, Reading.MET),
        Status.UNDETERMINED: read([*limits, *elements], Reading.UNKNOWN),
        Status.CONTESTED: read([*limits, *elements, *exceptions], Reading.CONTESTED),
        Status.INDICATED: True,
    }
    return next(status for status, applies in rows.items() if applies)


def assert_holds_on_every_account(finding: Finding) -> None:
    """What reads as met, or as not met, does so however the contested facts are settled."""
    for part in (*finding.limits, *finding.elements, *finding.exceptions):
        leaves = contested_leaves([part.proof], finding.standard)
        if part.reading in (Reading.MET, Reading.NOT_MET) and 0 < len(leaves) <= 6:
            for sides in product((True, False), repeat=len(leaves)):
                settled = {}
                for leaf, so in zip(leaves, sides, strict=True):
                    settled.update(account(leaf, so))
                proof = settle(part.proof, settled)
                assert proof.value.read(finding.standard) is part.reading, part.rule.id


def assert_second_definition(case: Case, assessment: Assessment) -> None:
    """Every value, status and reached standard of an assessment, found a second time."""
    for where, finding in findings_of(assessment):
        entry = next((i for i in case.incidents if where.startswith(f"{i.id}, ")), None)
        party = finding.party
        scope = case.incident_scope(entry, party) if entry else case.case_scope(party)
        for proof in finding.proofs:
            assert proof.value == value_by_standards(proof.condition, scope), where
        assert_holds_on_every_account(finding)
        assert finding.status is status_by_the_table(finding, finding.standard), where
        at = [s for s in STANDARDS.values() if status_by_the_table(finding, s) is Status.INDICATED]
        assert finding.reached == (at[-1] if at else None), where


# -------------------------------------------------------------------------------- engines, in bulk


@pytest.mark.parametrize("block", range(BLOCKS))
def test_seeded_engines_and_second_definition_agree(block: int) -> None:
    without_durable = available()
    for number in range(block, EXAMPLES, BLOCKS):
        random = Random(f"case {number}")
        law_number = random.randrange(generated.LAWS)
        standard = random.choice([Standard.REASONABLE_GROUNDS, *STANDARDS.values()])
        case = generated.read_case_data(generated.case_data(random))
        try:
            law = generated.law_number(law_number)
            first = assessed(law, case, definition, standard)
            if not without_durable:
                assert_same(first, assessed(law, case, forward_number(law_number), standard))
            assert_second_definition(case, first)
            assert_shown_alike(first, assessed(law, case, definition, standard, whole=False))
            if number % 10 == 0:
                assert_touched(case, law)
        except Exception as error:
            error.add_note(f"case {number}, law {law_number}, read at {standard.label}")
            raise


def test_the_generated_cases_reach_every_status_and_every_form() -> None:
    seen: set[Status] = set()
    forms: set[type[Condition]] = set()
    some_missing = some_deciding = some_assumed = False
    for number in range(generated.LAWS):
        law = generated.law_number(number)
        forms |= {type(c) for p in law.provisions.values() for t in p.conditions for c in walk(t)}
        case = generated.read_case_data(generated.case_data(Random(number)))
        for _, finding in findings_of(assessed(law, case, definition, Standard.REASONABLE_GROUNDS)):
            seen.add(finding.status)
            some_missing |= any(finding.missing)
            some_deciding |= bool(finding.deciding)
            some_assumed |= bool(finding.assumed)
    assert seen == set(Status)
    assert forms == {
        FactIs, Judged, Not, All, AnyOf, Weighed, Some, Inferred, Presumed, Concept,
    }  # fmt: skip
    assert some_missing
    assert some_deciding
    assert some_assumed


# ------------------------------------------------------------------ engines, shrunk where they fail


@needs_durable
@quick
@given(st.integers(0, generated.LAWS - 1), generated.cases, generated.standards)
def test_engines_give_identical_findings(
    number: int, data: Mapping[str, Any], standard: Standard
) -> None:
    law, case = generated.law_number(number), generated.read_case_data(data)
    first = assessed(law, case, definition, standard)
    assert_same(first, assessed(law, case, forward_number(number), standard))


@needs_durable
def test_two_provisions_that_ask_one_disputed_question_of_different_facts_stay_apart() -> None:
    words = {"en": "words", "ar": "كلمات"}

    def provision(number: int, fact: str) -> dict[str, Any]:
        when = {"reading": "dispute", "narrow": {"fact": fact}, "wide": {"fact": "s"}}
        part = {"id": "part", "role": "material", "shown": words, "authority": "T", "when": when}
        return {
            "id": f"t/{number}", "cite": "T", "title": words, "kind": "definition", "says": "",
            "elements": [part], "verified": {"against": ""},
        }  # fmt: skip

    says = {"says": words, "held_by": ["T"]}
    law = generated.read_law_data(
        {
            "instruments": {"t": {"title": words, "cite": "T", "kind": "treaty", "source": "T"}},
            "readings": {
                "dispute": {
                    "question": words, "default": "narrow",
                    "alternatives": {"narrow": says, "wide": says}, "verified": {"against": ""},
                }
            },
            "provisions": [provision(1, "p"), provision(2, "q")],
        }
    )  # fmt: skip
    incident = {"id": "one", "p": True, "q": False, "attributed_to": [{"party": "a"}]}
    case = generated.read_case_data(
        {
            "case": "t", "title": "t", "standard": "reasonable_grounds",
            "parties": {"a": {"name": "a"}}, "incidents": [incident],
        }
    )  # fmt: skip
    scope = case.incident_scope(case.incidents[0], case.parties_in(case.incidents)[0])
    chaining = Forward(law).prove
    for provision_ in law.provisions.values():
        conditions = provision_.conditions
        assert chaining(conditions, scope) == definition(conditions, scope)


@quick
@given(generated.laws, generated.cases, generated.standards)
def test_the_second_definition_gives_the_same_values(
    law: Law, data: Mapping[str, Any], standard: Standard
) -> None:
    case = generated.read_case_data(data)
    assert_second_definition(case, assessed(law, case, definition, standard))


# ---------------------------------------------------------------------------- the laws of the logic


def scopes_of(case: Case) -> list[Scope]:
    """Each incident, as seen for each party to whom it is attributed."""
    return [
        case.incident_scope(incident, party)
        for incident in case.incidents
        for party in case.parties_in((incident,))
    ]


def values(data: Mapping[str, Any], case: Case) -> list[Value]:
    condition = generated.parsed(data)
    return [evaluate(condition, scope).value for scope in scopes_of(case)]


def swapped(found: list[Value]) -> list[Value]:
    return [Value(value.opposition, value.support) for value in found]


@quick
@given(generated.conditions(), generated.cases)
def test_two_negations_cancel(condition: dict[str, Any], data: Mapping[str, Any]) -> None:
    case = generated.read_case_data(data)
    assert values({"not": condition}, case) == swapped(values(condition, case))
    assert values({"not": {"not": condition}}, case) == values(condition, case)


@quick
@given(st.lists(generated.conditions(), min_size=1, max_size=3), generated.cases)
def test_not_of_all_is_any_of_nots(parts: list[dict[str, Any]], data: Mapping[str, Any]) -> None:
    case = generated.read_case_data(data)
    nots = [{"not": part} for part in parts]
    assert values({"not": {"all": parts}}, case) == values({"any": nots}, case)
    assert values({"not": {"any": parts}}, case) == values({"all": nots}, case)
    assert values({"not": {"evidence": parts}}, case) == values({"evidence": nots}, case)


@st.composite
def of_entries(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    random = draw(st.randoms(use_true_random=False))
    name = draw(st.sampled_from(sorted(generated.LISTS)))
    scopes = ("case", "incident", generated.LISTS[name])
    return name, generated.condition_data(random, scopes, 2, {}, presume=True)


@quick
@given(of_entries(), generated.cases)
def test_every_is_the_dual_of_some(
    entries: tuple[str, dict[str, Any]], data: Mapping[str, Any]
) -> None:
    name, where = entries
    case = generated.read_case_data(data)
    some_fails = values({"some": name, "where": {"not": where}}, case)
    assert values({"every": name, "where": where}, case) == swapped(some_fails)
    every_fails = values({"every": name, "where": {"not": where}}, case)
    assert values({"some": name, "where": where}, case) == swapped(every_fails)


@quick
@given(of_entries(), generated.cases)
def test_some_is_any_over_the_entries(
    entries: tuple[str, dict[str, Any]], data: Mapping[str, Any]
) -> None:
    name, where = entries
    condition = generated.parsed({"some": name, "where": where})
    assert isinstance(condition, Some)
    for scope in scopes_of(generated.read_case_data(data)):
        value = evaluate(condition, scope).value
        each = [evaluate(condition.where, entry).value for entry in scope.entries(name)]
        assert value.support == max((v.support for v in each), default=Standard.NOTHING)
        if not any(claim.value for claim in scope.completeness(name)):
            assert value.opposition is Standard.NOTHING


def shuffled(condition: Any, random: Random) -> Any:
    if not isinstance(condition, dict):
        return condition
    mixed = {key: shuffled(part, random) for key, part in condition.items()}
    for form in ("all", "any", "evidence"):
        if form in mixed:
            parts = [shuffled(part, random) for part in mixed[form]]
            random.shuffle(parts)
            mixed[form] = [*parts, random.choice(parts)]  # and a part said twice changes nothing
    return mixed


@quick
@given(generated.conditions(), generated.cases, st.randoms(use_true_random=False))
def test_order_and_repetition_of_parts_change_nothing(
    condition: dict[str, Any], data: Mapping[str, Any], random: Random
) -> None:
    case = generated.read_case_data(data)
    assert values(shuffled(condition, random), case) == values(condition, case)


@quick
@given(generated.conditions(), generated.cases)
def test_all_is_never_stronger_than_any_and_any_never_than_evidence(
    condition: dict[str, Any], data: Mapping[str, Any]
) -> None:
    case = generated.read_case_data(data)
    parts = [condition, {"fact": "p"}]
    found = [values({form: parts}, case) for form in ("all", "any", "evidence")]
    for all_, any_, evidence in zip(*found, strict=True):
        assert all_.support <= any_.support == evidence.support
        assert any_.opposition <= all_.opposition == evidence.opposition


@quick
@given(generated.conditions(presume=False))
def test_of_a_silent_case_nothing_is_known(condition: dict[str, Any]) -> None:
    silent = generated.read_case_data(
        {"case": "c", "title": "t", "standard": "reasonable_grounds", "incidents": [{"id": "one"}]}
    )
    assert values(condition, silent) == [UNKNOWN]


@quick
@given(generated.laws, generated.standards)
def test_a_silent_case_indicates_nothing_but_by_presumption(law: Law, standard: Standard) -> None:
    silent = generated.read_case_data(
        {"case": "c", "title": "t", "standard": "reasonable_grounds", "incidents": [{"id": "one"}]}
    )
    for _, finding in findings_of(assessed(law, silent, definition, standard)):
        assert finding.status is not Status.INDICATED or finding.assumed
        assert finding.status is not Status.INAPPLICABLE or finding.assumed
        assert not finding.deciding


def without_presumption(one: Proof, other: Proof) -> Iterator[tuple[Proof, Proof]]:
    """The pairs of nodes of two proofs of one condition that rest on no presumption."""
    if not any(isinstance(node, Presumed) for node in walk(one.condition)):
        yield one, other
    for mine, theirs in zip(one.parts, other.parts, strict=True):
        yield from without_presumption(mine, theirs)


def informed(data: Mapping[str, Any], random: Random) -> dict[str, Any]:
    """A case with one claim more: on a fact of an incident or of an entry, or on a complete list.

    Never on the kind of conflict, which, stated of an incident, takes the place of the case's.
    """
    incidents = [dict(incident) for incident in data["incidents"]]
    where = random.choice(incidents)
    lists = [name for name in generated.LISTS if where.get(name)]
    if lists and random.random() < 0.5:
        name = random.choice(lists)
        entries = where[name] = [dict(entry) for entry in where[name]]
        where, group = random.choice(entries), generated.LISTS[name]
    elif random.random() < 0.2:
        where["complete"] = where = dict(where.get("complete", {}))
        group = ""
    else:
        group = "incident"
    names = ["p", "q", "r", "s", "colour", "dead", "date", "period"]
    prefix = ""
    if group in generated.LISTS.values():
        names, prefix = list(generated.vocabulary().groups[group].facts), f"{group}."
    elif not group:
        names = list(generated.LISTS)
    name = random.choice(names)
    claim = generated.claim_data(random, prefix + name if group else "p")
    known = where.get(name, [])
    where[name] = [*(known if isinstance(known, list) else [known]), claim]
    return {**data, "incidents": incidents}


@quick
@given(generated.laws, generated.cases, st.randoms(use_true_random=False))
def test_more_information_never_lowers_support_or_opposition(
    law: Law, data: Mapping[str, Any], random: Random
) -> None:
    less = generated.read_case_data(data)
    more = generated.read_case_data(informed(data, random))
    first = assessed(law, less, definition, Standard.REASONABLE_GROUNDS)
    second = assessed(law, more, definition, Standard.REASONABLE_GROUNDS)
    for (where, mine), (_, theirs) in zip(findings_of(first), findings_of(second), strict=True):
        for one, other in zip(mine.proofs, theirs.proofs, strict=True):
            for before, after in without_presumption(one, other):
                assert before.value.support <= after.value.support, where
                assert before.value.opposition <= after.value.opposition, where


@quick
@given(generated.laws, generated.cases)
def test_an_inference_never_proves_the_contrary_nor_passes_its_ceiling(
    law: Law, data: Mapping[str, Any]
) -> None:
    case = generated.read_case_data(data)
    for _, finding in findings_of(assessed(law, case, definition, Standard.REASONABLE_GROUNDS)):
        for proof in (node for top in finding.proofs for node in top.walk()):
            if isinstance(proof.condition, Inferred):
                assert proof.value.opposition == Standard.NOTHING
                assert proof.value.support <= proof.condition.ceiling
            if proof.assumed:
                assert isinstance(proof.condition, Presumed)
                assert proof.parts[0].value == UNKNOWN


@quick
@given(generated.laws, generated.cases, generated.standards)
def test_a_finding_says_what_its_parts_carry(
    law: Law, data: Mapping[str, Any], standard: Standard
) -> None:
    case = generated.read_case_data(data)
    for where, finding in findings_of(assessed(law, case, definition, standard)):
        readings = [part.reading for part in finding.elements]
        if finding.status is Status.INDICATED:
            assert set(readings) <= {Reading.MET}, where
            assert finding.reached is not None, where
            assert finding.reached >= standard, where
        assert finding.missing == () or finding.status is Status.UNDETERMINED, where
        for deciding in finding.deciding:
            assert deciding.if_so is not deciding.if_not, where
            assert deciding.leaf.value.read(standard) is Reading.CONTESTED, where


@quick
@given(generated.laws, generated.cases)
def test_the_order_of_incidents_changes_no_finding_on_them(
    law: Law, data: Mapping[str, Any]
) -> None:
    more = [*data["incidents"], {"id": "last", "p": True, "q": False}]
    data, turned = {**data, "incidents": more}, {**data, "incidents": more[::-1]}
    one, other = (
        assessed(law, generated.read_case_data(d), definition, Standard.REASONABLE_GROUNDS)
        for d in (data, turned)
    )
    mine = {a.id: [(f.party, f.status, f.reached) for f in a.findings] for a in one.incidents}
    theirs = {a.id: [(f.party, f.status, f.reached) for f in a.findings] for a in other.incidents}
    assert mine == theirs
