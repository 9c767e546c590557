"""Rules that contradict each other: elements that exclude one another, exceptions that swallow.

Only what follows from the words alone is found: conditions that every element must satisfy are
compared fact by fact. Each problem cites both places.
"""

from collections.abc import Iterator
from typing import NamedTuple

from engine.conditions import All, Concept, Condition, FactIs, Not, Some, Test
from engine.errors import Place, Problem
from engine.law import Provision


class Demand(NamedTuple):
    """A fact that must pass (or must not pass) a test for the condition to be met at all."""

    leaf: FactIs
    wanted: bool
    place: Place


def demands(
    condition: Condition, wanted: bool = True, place: Place | None = None
) -> Iterator[Demand]:
    """What a condition demands without alternative. Entries of lists are left out."""
    if isinstance(condition, FactIs):
        yield Demand(condition, wanted, place or condition.place)
    elif isinstance(condition, Not):
        yield from demands(condition.part, not wanted, place)
    elif isinstance(condition, Concept):
        yield from demands(condition.definition, wanted, place or condition.place)
    elif isinstance(condition, All) and wanted and not isinstance(condition, Some):
        for part in condition.of:
            yield from demands(part, wanted, place)


def contradictions(provision: Provision) -> Iterator[Problem]:
    """Elements that cannot be met together, and exceptions that are always met with them."""
    required: list[Demand] = []
    for element in provision.elements:
        for demand in demands(element.condition, place=element.place):
            for other in required:
                if _exclude(demand, other):
                    fact = demand.leaf.fact
                    yield Problem(
                        demand.place,
                        f"`{provision.key}` can never be met: `{fact}` contradicts {other.place}",
                        "change one of the two",
                        "contradiction",
                    )
            required.append(demand)
    known = {(d.leaf, d.wanted): d.place for d in required}
    conditions = {element.condition: element.place for element in provision.elements}
    for exception in provision.exceptions:
        needs = list(demands(exception.condition))
        swallowed = isinstance(exception.condition, FactIs | Not | All) and needs
        place = conditions.get(exception.condition)
        if (
            swallowed
            and _only_demands(exception.condition)
            and all((d.leaf, d.wanted) in known for d in needs)
        ):
            place = known[(needs[0].leaf, needs[0].wanted)]
        if place:
            name = f"the exception `{exception.id}` of `{provision.key}`"
            yield Problem(
                exception.place,
                f"{name} is always met with its elements: see {place}",
                "change the exception or the element",
                "contradiction",
            )


def _only_demands(condition: Condition) -> bool:
    if isinstance(condition, Not):
        return isinstance(condition.part, FactIs)
    return isinstance(condition, FactIs) or (
        isinstance(condition, All) and all(_only_demands(part) for part in condition.of)
    )


def _exclude(one: Demand, other: Demand) -> bool:
    """Whether two demands on the same fact cannot both be satisfied."""
    if one.leaf.fact != other.leaf.fact:
        return False
    if one.leaf is other.leaf:
        return one.wanted is not other.wanted
    sets = [_values(d) for d in (one, other)]
    if None not in sets and one.wanted and other.wanted:
        return not (sets[0] or frozenset()) & (sets[1] or frozenset())
    return False


def _values(demand: Demand) -> frozenset[object] | None:
    operand = demand.leaf.operand
    if demand.leaf.test is Test.IN and isinstance(operand, frozenset):
        return frozenset(operand)
    return frozenset([operand]) if demand.leaf.test is Test.IS else None
