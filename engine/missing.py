"""What is missing, and what decides: read off a proof, by the same folding as the definition.

A gap is one thing to find out: a fact, a recorded judgement, or an entry of a list that would
satisfy a condition. The smallest sets of gaps are those that would carry every element that is
still unknown, if each turned out as the law asks.
"""

from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

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
from engine.truth import UNKNOWN, Reading, Standard, opposite

MOST_SETS = 24


class Gap(NamedTuple):
    """One thing to find out: `leaf` should turn out `wanted`, in the named scope.

    A leaf that is a `some` stands for its list: that it is complete should turn out so.
    """

    leaf: FactIs | Judged | Some
    scope: str
    wanted: bool

    @property
    def opposite(self) -> "Gap":
        """The same question, answered the other way."""
        return Gap(self.leaf, self.scope, not self.wanted)


Set = frozenset[Gap]
NOTHING_TO_FIND: list[Set] = [frozenset()]


class Search:
    """The search for what is missing, at one standard of proof.

    It remembers what it found for each proof, since provisions share them: keep one for a case.
    """

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self._found: dict[tuple[int, bool], tuple[Proof, list[Set]]] = {}

    def smallest_sets(self, proofs: Iterable[Proof]) -> list[Set]:
        """The smallest sets of gaps that would make every one of these conditions met."""
        found = _join([self._ways(proof, True) for proof in proofs])
        return sorted(found, key=lambda s: (len(s), sorted(map(_order, s))))

    def _ways(self, proof: Proof, wanted: bool) -> list[Set]:
        """The sets of gaps that would make a condition met (or not met); [] if none can."""
        key = (id(proof), wanted)
        if key not in self._found:  # which keeps the proof, so that its id stays its own
            self._found[key] = (proof, self._search(proof, wanted))
        return self._found[key][1]

    def _search(self, proof: Proof, wanted: bool) -> list[Set]:
        value = proof.value if wanted else opposite(proof.value)
        if value.read(self.standard) is Reading.MET:
            return NOTHING_TO_FIND
        if value.opposition >= self.standard:
            return []
        condition = proof.condition
        if isinstance(condition, FactIs | Judged):
            return [frozenset({Gap(condition, proof.scope, wanted)})]
        if isinstance(condition, Not):
            return self._ways(proof.parts[0], not wanted)
        if isinstance(condition, Presumed | Concept):
            return self._ways(proof.parts[0], wanted)
        if isinstance(condition, Inferred):
            carries = wanted and condition.ceiling >= self.standard
            return self._ways(proof.parts[0], True) if carries else []
        if isinstance(condition, Some):
            return self._some(proof, condition) if wanted else self._none(proof, condition)
        ways = [self._ways(part, wanted) for part in proof.parts]
        every = isinstance(condition, All) is wanted and not isinstance(condition, Weighed)
        return _join(ways) if every else _least(s for each in ways for s in each)

    def _some(self, proof: Proof, condition: Some) -> list[Set]:
        """An entry that would satisfy it: one that is listed, or else a further one."""
        ways = [s for part in proof.parts for s in self._ways(part, True)]
        if not ways:
            further = blank(condition.where, f"a further entry of {condition.list}")
            ways = self._ways(further, True)
        return _least(ways)

    def _none(self, proof: Proof, condition: Some) -> list[Set]:
        """That no entry satisfies it, and that the list is complete."""
        complete = value_of(proof.claims, Test.IS, True)
        if complete.opposition >= self.standard:
            return []
        gap = Gap(condition, proof.scope, True)
        whole = NOTHING_TO_FIND if complete.support >= self.standard else [frozenset({gap})]
        return _join([whole, *(self._ways(part, False) for part in proof.parts)])


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
    """All of several: one way of each, together, unless two ask for opposite answers."""
    joined = NOTHING_TO_FIND
    for each in ways:
        if each != NOTHING_TO_FIND:
            contraries = [(one, frozenset(gap.opposite for gap in one)) for one in each]
            joined = _least(
                a | b for a, (b, contrary) in product(joined, contraries) if a.isdisjoint(contrary)
            )
    return joined


def blank(condition: Condition, scope: str) -> Proof:
    """The proof of a condition about an entry of which nothing is known."""
    parts = () if isinstance(condition, Some) else tuple(blank(p, scope) for p in condition.parts)
    return Proof(condition, scope, UNKNOWN, parts)
