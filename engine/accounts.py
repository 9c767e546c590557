"""Whichever account is true: what holds on every account of a contested fact, and what does not.

The value of a condition keeps both sides of a contested fact, but it can read as met although it
rests on one side alone: an inference drawn from a premise that is denied, one entry of a list on
which accounts differ, an alternative that somebody disputes. So a condition is met (or not met)
only if it stays so in the worst case: with every contested fact settled the other way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.conditions import Condition, FactIs, Judged, Not, Some, Test
from engine.evaluate import combine
from engine.incident import value_of
from engine.trace import Proof
from engine.truth import Reading, Standard, Value, some_of

Leaf = tuple[Condition, str]
"""A fact or judgement in a scope."""


def read(proof: Proof, standard: Standard) -> Reading:
    """What a proof comes to at a standard, whichever account of a contested fact is true."""
    reading = proof.value.read(standard)
    if proof.contested >= standard and reading in (Reading.MET, Reading.NOT_MET):
        worst = _worst(proof, standard, reading is Reading.MET)
        if worst.read(standard) is not reading:
            return Reading.CONTESTED
    return reading


def contested_leaves(proofs: Iterable[Proof], standard: Standard) -> list[Proof]:
    """The facts and judgements on which accounts differ at this standard, once each, in order."""
    found: dict[Leaf, Proof] = {}
    for proof in proofs:
        if proof.contested >= standard:
            for part in proof.walk():
                if isinstance(part.condition, FactIs | Judged) and part.contested >= standard:
                    found.setdefault((part.condition, part.scope), part)
    return list(found.values())


def settle(proof: Proof, settled: Mapping[Leaf, Value]) -> Proof:
    """The proof as it would be if some facts were settled otherwise."""
    condition = proof.condition
    if isinstance(condition, FactIs | Judged):
        return replace(proof, value=settled.get((condition, proof.scope), proof.value))
    parts = tuple(settle(part, settled) for part in proof.parts)
    value, assumed = _fold(proof, tuple(part.value for part in parts))
    return replace(proof, value=value, parts=parts, assumed=assumed)


def _worst(proof: Proof, standard: Standard, wanted: bool) -> Value:
    """The value with every contested fact below settled against what is wanted."""
    condition = proof.condition
    if isinstance(condition, FactIs | Judged):
        support, opposition = proof.value
        if proof.contested < standard:
            return proof.value
        nothing = Standard.NOTHING
        return Value(nothing, opposition) if wanted else Value(support, nothing)
    inner = wanted is not isinstance(condition, Not)
    return _fold(proof, tuple(_worst(part, standard, inner) for part in proof.parts))[0]


def _fold(proof: Proof, values: tuple[Value, ...]) -> tuple[Value, bool]:
    condition = proof.condition
    if isinstance(condition, Some):
        return some_of(values, value_of(proof.claims, Test.IS, True)), False
    return combine(condition, values)
