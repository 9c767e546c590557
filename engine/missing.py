"""What is missing, and what decides: read off a proof, by the same folding as the definition.

A gap is one thing to find out: a fact, a recorded judgement, or an entry of a list that would
satisfy a condition. The smallest sets of gaps are those that would carry every element that is
still unknown, if each turned out as the law asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from engine.conditions import (
    All,
    Concept,
    Condition,
    FactIs,
    Inferred,
    Judged,
    Not,
    Presumed,
    Some,
    Test,
    Weighed,
)
from engine.errors import Place
from engine.incident import value_of
from engine.trace import Proof
from engine.truth import Reading, Standard, Value

MOST_SETS = 24


@dataclass(frozen=True)
class Gap:
    """One thing to find out: `leaf` should turn out `wanted`, in the named scope.

    A leaf that is a `some` stands for its list: that it is complete should turn out so.
    """

    leaf: FactIs | Judged | Some
    scope: str
    wanted: bool


Set = frozenset[Gap]


def smallest_sets(proofs: Iterable[Proof], standard: Standard) -> list[Set]:
    """The smallest sets of gaps that would make every one of these conditions met."""
    found = _join([_ways(proof, standard, True) for proof in proofs])
    return sorted(found, key=lambda s: (len(s), sorted(map(_order, s))))


def in_order(gaps: Set) -> list[Gap]:
    """The gaps of a set, always in the same order: by scope, then as the law states them."""
    return sorted(gaps, key=_order)


def _order(gap: Gap) -> tuple[str, Place, str, str]:
    leaf = gap.leaf
    operand = getattr(leaf, "operand", "")
    told = sorted(operand) if isinstance(operand, frozenset) else operand
    return gap.scope, leaf.place, getattr(leaf, "fact", ""), str(told)


def _least(sets: Iterable[Set]) -> list[Set]:
    """Drop every set that contains another; keep the smallest, at most MOST_SETS of them."""
    kept: list[Set] = []
    for candidate in sorted(dict.fromkeys(sets), key=len):
        if not any(smaller <= candidate for smaller in kept):
            kept.append(candidate)
        if len(kept) == MOST_SETS:
            break
    return kept


def _join(ways: list[list[Set]]) -> list[Set]:
    """All of several: one way of each, together."""
    joined: list[Set] = [frozenset()]
    for each in ways:
        joined = _least(a | b for a, b in product(joined, each) if not _clash(a, b))
    return joined


def _clash(one: Set, other: Set) -> bool:
    """Whether two sets ask for opposite answers to the same question."""
    return any(Gap(g.leaf, g.scope, not g.wanted) in other for g in one)


def _ways(proof: Proof, standard: Standard, wanted: bool) -> list[Set]:
    """The sets of gaps that would make a condition met (or not met); [] if none can."""
    value = proof.value if wanted else Value(proof.value.opposition, proof.value.support)
    if value.read(standard) is Reading.MET:
        return [frozenset()]
    if value.opposition >= standard:
        return []
    condition = proof.condition
    if isinstance(condition, FactIs | Judged):
        return [frozenset({Gap(condition, proof.scope, wanted)})]
    if isinstance(condition, Not):
        return _ways(proof.parts[0], standard, not wanted)
    if isinstance(condition, Presumed | Concept):
        return _ways(proof.parts[0], standard, wanted)
    if isinstance(condition, Inferred):
        return (
            _ways(proof.parts[0], standard, True)
            if wanted and condition.ceiling >= standard
            else []
        )
    if isinstance(condition, Some):
        return _ways_some(proof, condition, standard, wanted)
    ways = [_ways(part, standard, wanted) for part in proof.parts]
    every = isinstance(condition, All) is wanted and not isinstance(condition, Weighed)
    return _join(ways) if every else _least(s for each in ways for s in each)


def _ways_some(proof: Proof, condition: Some, standard: Standard, wanted: bool) -> list[Set]:
    if not wanted:
        complete = value_of(proof.claims, Test.IS, True)
        if complete.opposition >= standard:
            return []
        gap = Gap(condition, proof.scope, True)
        whole = [frozenset[Gap]()] if complete.support >= standard else [frozenset({gap})]
        return _join([whole, *(_ways(part, standard, False) for part in proof.parts)])
    ways = [s for part in proof.parts for s in _ways(part, standard, True)]
    if not ways:
        ways = _ways(blank(condition.where, f"a further entry of {condition.list}"), standard, True)
    return _least(ways)


def blank(condition: Condition, scope: str) -> Proof:
    """The proof of a condition about an entry of which nothing is known."""
    parts = () if isinstance(condition, Some) else tuple(blank(p, scope) for p in condition.parts)
    return Proof(condition, scope, Value(Standard.NOTHING, Standard.NOTHING), parts)
