"""Whichever account is true: what holds on every account of a contested fact, and what does not.

The value of a condition keeps both sides of a contested fact, but it can read as met although it
rests on one side alone: an inference drawn from a premise that is denied, one entry of a list on
which accounts differ, an alternative that somebody disputes. So a condition is met (or not met)
only if it stays so in the worst case: with every contested fact settled the other way, and every
proposition on which bodies of evidence differ decided by the evidence that does not serve it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.conditions import Condition, FactIs, Judged, Not, Operand, Some, Test, Weighed
from engine.evaluate import combine
from engine.incident import Claim, passes, value_of
from engine.trace import Proof
from engine.truth import Reading, Standard, Value, some_of

Matter = tuple[str, str]
"""What accounts can differ on: a fact or a question, in a scope."""


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
    found: dict[tuple[Condition, str], Proof] = {}
    for proof in proofs:
        if proof.contested >= standard:
            for part in proof.walk():
                if isinstance(part.condition, FactIs | Judged) and part.contested >= standard:
                    found.setdefault((part.condition, part.scope), part)
    return list(found.values())


def account(leaf: Proof, so: bool) -> dict[Matter, tuple[Claim, ...]]:
    """One account of a contested fact: only the claims by which a leaf is so (or is not so)."""
    test = _test(leaf.condition)
    kept = tuple(claim for claim in leaf.claims if passes(claim.value, *test) is so)
    return {_matter(leaf): kept}


def settle(proof: Proof, settled: Mapping[Matter, tuple[Claim, ...]]) -> Proof:
    """The proof as it would be if only some of the claims on a fact had been made.

    Every condition that reads the fact is settled with it, whatever it compares it with.
    """
    if isinstance(proof.condition, FactIs | Judged):
        claims = settled.get(_matter(proof))
        if claims is None:
            return proof
        return replace(proof, value=value_of(claims, *_test(proof.condition)), claims=claims)
    parts = tuple(settle(part, settled) for part in proof.parts)
    if all(part is before for part, before in zip(parts, proof.parts, strict=True)):
        return proof
    value, assumed = _fold(proof, tuple(part.value for part in parts))
    return replace(proof, value=value, parts=parts, assumed=assumed)


def _test(condition: Condition) -> tuple[Test, Operand]:
    if isinstance(condition, FactIs):
        return condition.test, condition.operand
    return Test.IS, True


def _matter(leaf: Proof) -> Matter:
    condition = leaf.condition
    assert isinstance(condition, FactIs | Judged)
    name = condition.fact if isinstance(condition, FactIs) else f"judged {condition.question}"
    return name, leaf.scope


def _worst(proof: Proof, standard: Standard, wanted: bool) -> Value:
    """The value with every contested fact below settled against what is wanted."""
    if proof.contested < standard:
        return proof.value  # there is nothing to settle
    condition = proof.condition
    if isinstance(condition, FactIs | Judged):
        return _against(proof.value, wanted)
    inner = wanted is not isinstance(condition, Not)
    value = _fold(proof, tuple(_worst(part, standard, inner) for part in proof.parts))[0]
    if isinstance(condition, Weighed) and min(value) >= standard:
        return _against(value, wanted)
    return value


def _against(value: Value, wanted: bool) -> Value:
    """The side of a contested value that does not serve what is wanted."""
    nothing = Standard.NOTHING
    return Value(nothing, value.opposition) if wanted else Value(value.support, nothing)


def _fold(proof: Proof, values: tuple[Value, ...]) -> tuple[Value, bool]:
    condition = proof.condition
    if isinstance(condition, Some):
        return some_of(values, value_of(proof.claims, Test.IS, True)), False
    return combine(condition, values)
