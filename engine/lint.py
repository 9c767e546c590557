"""Faults in a law that reads without mistakes: what is unused, untranslated, or cannot be right.

Everything here concerns the law as data. Whether it states the law is for its examples and its
reviewers.
"""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from engine.applies import FAR_FUTURE
from engine.conditions import (
    AnyOf,
    Concept,
    Condition,
    FactIs,
    Inferred,
    Judged,
    Not,
    Presumed,
    Several,
    Some,
    Test,
    Weighed,
    walk,
)
from engine.errors import Place, Problem
from engine.law import CONDUCT, Element, ExceptionRule, Law, Provision
from engine.lintwords import fault, parts_of, translated, wording
from engine.status import Status
from engine.treaties import BOUND
from engine.truth import Standard
from engine.vocabulary import FactType, Words

LEAST = Standard.REASONABLE_GROUNDS


def lint(law: Law) -> list[Problem]:
    """Every fault found, in the order of the files."""
    found: list[Problem] = []
    for check in (
        _unused, wording, _elements, _references, _contradicting,
        _twins, _windows, _examples, _statuses, _readings,
    ):  # fmt: skip
        found += check(law)
    unique = {(str(p.place), p.message): p for p in found}
    return sorted(unique.values(), key=lambda p: (p.place.file, p.place.line, p.message))


# what nobody reads


def conditions_of(law: Law) -> Iterator[Condition]:
    """Every condition of the law: of provisions, concepts, treaties, and of readings not chosen."""
    for provision in law.provisions.values():
        yield from provision.conditions
    yield from law.concepts.values()
    yield from law.unchosen


def _unused(law: Law) -> Iterator[Problem]:
    nodes = {node for condition in conditions_of(law) for node in walk(condition)}
    facts = {node.fact for node in nodes if isinstance(node, FactIs)}
    judged = {node.question for node in nodes if isinstance(node, Judged)}
    roles = law.vocabulary.roles
    needed = {
        roles.date, roles.period, roles.territory, roles.conflict, roles.attribution, roles.state,
        *roles.armed_group, *(f for dated in roles.dated_lists.values() for f in dated),
    }  # fmt: skip
    for fact_id, fact in law.vocabulary.facts.items():
        if fact.type is FactType.TEXT or fact.for_the_reader:
            continue
        if fact_id not in facts | needed:
            place = law.vocabulary.places[fact_id]
            yield fault(place, f"no condition reads the fact `{fact_id}`", "use it or remove it")
    for question in law.vocabulary.judgements:
        if question not in judged:
            yield fault(
                Place("law/vocabulary.yaml"), f"no condition asks the judgement `{question}`"
            )
    used = {
        node.name
        for provision in law.provisions.values()
        for condition in provision.conditions
        for node in walk(condition)
        if isinstance(node, Concept)
    } | {node.name for c in law.unchosen for node in walk(c) if isinstance(node, Concept)}
    for name, concept in law.concepts.items():
        if name not in used:
            yield fault(concept.place, f"no provision uses the concept `{name}`", "remove it")


# elements that cannot do their work


def supportable(condition: Condition, supported: bool = True) -> Standard:
    """The highest standard at which a condition could be supported (or opposed) by any facts."""
    if isinstance(condition, FactIs | Judged):
        return Standard.BEYOND_REASONABLE_DOUBT
    sides = [
        supportable(part, supported is not isinstance(condition, Not)) for part in condition.parts
    ]
    if isinstance(condition, Inferred):
        return min(condition.ceiling, sides[0]) if supported else Standard.NOTHING
    if isinstance(condition, Presumed):
        return max(sides[0], condition.standard) if supported else sides[0]
    if isinstance(condition, Weighed | Not | Concept | Some):
        return max(sides)
    assert isinstance(condition, Several)
    alternatives = isinstance(condition, AnyOf) is supported
    return max(sides) if alternatives else min(sides)


def _elements(law: Law) -> Iterator[Problem]:
    for provision in law.provisions.values():
        roles = [element.role for element in provision.elements]
        if provision.kind in CONDUCT:
            if "conduct" not in roles:
                yield fault(provision.place, f"`{provision.key}` has no element of conduct")
            if "attribution" not in roles and provision.level == "incident":
                yield fault(provision.place, f"`{provision.key}` attributes the conduct to nobody")
        for part in parts_of(provision):
            yield from _part(provision, part)


def _part(provision: Provision, part: Element | ExceptionRule) -> Iterator[Problem]:
    what = f"`{provision.key}`, `{part.id}`"
    if supportable(part.condition) < LEAST:
        yield fault(part.place, f"{what} can never be met at {LEAST.words}")
    if supportable(part.condition, False) < LEAST and isinstance(part, Element):
        yield fault(part.place, f"{what} can never fail: nothing could refute it")
    for node in walk(part.condition):
        if isinstance(node, Inferred) and not node.basis:
            yield fault(node.place, f"{what}: an inference does not say what it rests on")
        if isinstance(node, Presumed) and provision.kind == "crime":
            yield fault(node.place, f"{what}: a presumption speaks against the accused of a crime")
        if isinstance(node, AnyOf) and _opposites(node):
            yield fault(node.place, f"{what}: one alternative is the opposite of another")


def _opposites(node: Several) -> bool:
    denied = {part.part for part in node.of if isinstance(part, Not)}
    plain = {part for part in node.of if isinstance(part, FactIs)}
    yes_no = {(p.fact, p.operand) for p in plain if p.test is Test.IS}
    return bool(denied & {*node.of}) or any(
        isinstance(wanted, bool) and (fact, not wanted) in yes_no for fact, wanted in yes_no
    )


# provisions among each other


def _references(law: Law) -> Iterator[Problem]:
    ids = {p.id for p in law.provisions.values()} | {*law.provisions}
    for provision in law.provisions.values():
        if provision.bound_by not in law.treaties and provision.kind in CONDUCT:
            known = provision.instrument.kind in ("custom", "soft_law")
            if not known:
                yield fault(
                    provision.place,
                    f"`{provision.id}`: the status table has no `{provision.bound_by}`",
                    "add it to law/status.yaml, or name another in `bound_by`",
                )
        if concerns := provision.concerns:
            for name in (*concerns.provisions, *concerns.but_not):
                if name not in ids:
                    yield fault(provision.place, f"`{provision.id}` concerns no known `{name}`")
            for name in concerns.instruments:
                if name not in law.instruments:
                    yield fault(provision.place, f"`{provision.id}` concerns no known `{name}`")
        elif provision.kind == "forum":
            yield fault(provision.place, f"`{provision.id}` does not say what it `concerns`")


def _contradicting(law: Law) -> Iterator[Problem]:
    """Two provisions that differ in one element, the opposite in one of what it is in the other."""
    by_rest: dict[frozenset[Condition], list[tuple[Condition, Provision]]] = {}
    for provision in law.provisions.values():
        conditions = [e.condition for e in provision.elements]
        for number, condition in enumerate(conditions):
            rest = frozenset((*conditions[:number], *conditions[number + 1 :]))
            if rest:
                by_rest.setdefault(rest, []).append((condition, provision))
    for same in by_rest.values():
        for (one, first), (other, second) in combinations(same, 2):
            opposite = (isinstance(one, Not) and one.part is other) or (
                isinstance(other, Not) and other.part is one
            )
            if opposite and first.branch & second.branch:
                yield fault(
                    second.place,
                    f"`{second.key}` contradicts `{first.key}`: no conduct complies with both",
                    f"the other is at {first.place}",
                )


def _twins(law: Law) -> Iterator[Problem]:
    by_id: dict[str, Provision] = {}
    for provision in law.provisions.values():
        by_id.setdefault(provision.id, provision)
    for provision in law.provisions.values():
        for other in (by_id[name] for name in provision.twin if name in by_id):
            if provision.id not in other.twin:
                yield fault(
                    provision.place,
                    f"`{provision.id}` has the twin `{other.id}`, which does not name it",
                    "add it to its `twin`",
                )
            if provision.branch & other.branch:
                yield fault(
                    provision.place,
                    f"`{provision.id}` and its twin `{other.id}` apply in the same conflict",
                )
        alone = provision.kind in CONDUCT and len(provision.branch) == 1
        if alone and not (provision.instead or provision.twin):
            yield fault(
                provision.place,
                f"`{provision.key}` applies in one kind of conflict and names nothing for others",
                "add `twin` or `instead`",
            )


def _windows(law: Law) -> Iterator[Problem]:
    """Versions of one rule, with the same id and title, whose days overlap."""
    versions: dict[tuple[str, str], list[Provision]] = {}
    for provision in law.provisions.values():
        if provision.variant:
            versions.setdefault((provision.id, provision.title.en), []).append(provision)
    for same in versions.values():
        for first, second in combinations(same, 2):
            (begins, ends), (begins_too, ends_too) = _window(first), _window(second)
            if begins <= ends_too and begins_too <= ends:
                yield fault(
                    second.place, f"`{second.key}` and `{first.key}` apply on the same days"
                )


def _window(provision: Provision) -> tuple[date, date]:
    for limit in provision.limits:
        for node in walk(limit.condition):
            if isinstance(node, FactIs) and isinstance(node.operand, tuple):
                return node.operand
    return FAR_FUTURE, FAR_FUTURE


NEEDED = (Status.INDICATED, Status.UNDETERMINED, Status.CONTESTED)


def _examples(law: Law) -> Iterator[Problem]:
    for provision in law.provisions.values():
        if not provision.elements:
            continue
        shown = {example.status for example in provision.examples if not example.reading}
        lacking = [status for status in NEEDED if status not in shown]
        if not shown & {Status.NOT_INDICATED, Status.NOT_ENGAGED}:
            lacking.append(Status.NOT_INDICATED)
        if provision.exceptions and Status.EXCEPTED not in shown:
            lacking.append(Status.EXCEPTED)
        if provision.level == "incident" and Status.INAPPLICABLE not in shown:
            lacking.append(Status.INAPPLICABLE)
        for status in lacking:
            yield fault(provision.place, f"`{provision.key}` has no example that is `{status}`")


def _statuses(law: Law) -> Iterator[Problem]:
    used = {p.bound_by for p in law.provisions.values()}
    asked = {
        node.name.removeprefix(BOUND).split(":")[0]
        for condition in conditions_of(law)
        for node in walk(condition)
        if isinstance(node, Concept) and node.name.startswith(BOUND)
    }
    if law.treaties and law.status_as_of is None:
        place = next(iter(law.treaties.values())).place
        yield fault(place, "the status table does not say of which day it is", "add `status_as_of`")
    for treaty in law.treaties.values():
        texts: list[tuple[str, Words | None]] = [("title", treaty.title)]
        if treaty.armed_groups:
            texts.append(("armed_groups", treaty.because))
        reservations = (text for row in treaty.states.values() for text in row.reservations)
        texts += [("reservation", text) for text in reservations]
        yield from translated(treaty.place, f"`{treaty.id}` in the status table", texts)
        for row in treaty.states.values():
            if row.name.en == row.state:
                yield fault(row.place, f"`{row.state}` has no name in words", "law/states.yaml")
        if treaty.id not in used | asked:
            yield fault(treaty.place, f"no provision is bound by `{treaty.id}`, and none reads it")


def _readings(law: Law) -> Iterator[Problem]:
    names = {
        node.name.split("=")[0]
        for condition in conditions_of(law)
        for node in walk(condition)
        if isinstance(node, Concept) and "=" in node.name
    }
    for reading in law.readings.values():
        texts: list[tuple[str, Words | None]] = [("question", reading.question)]
        texts += [(name, a.says) for name, a in reading.alternatives.items()]
        yield from translated(reading.place, f"the reading `{reading.id}`", texts)
        if reading.id not in names:
            yield fault(reading.place, f"no condition asks the reading `{reading.id}`")
        yield from _decided(law, reading.id, [*reading.alternatives])


def _decided(law: Law, reading: str, alternatives: list[str]) -> Iterator[Problem]:
    told = {e.reading.get(reading) for p in law.provisions.values() for e in p.examples}
    default = law.readings[reading].default
    for name in alternatives:
        if name != default and name not in told:
            place = law.readings[reading].place
            yield fault(place, f"no example reads `{reading}` as `{name}`", "add one")
