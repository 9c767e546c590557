"""The reasoning trace as data. Printers, reports and the search for missing facts read it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.conditions import All, AnyOf, Condition, FactIs, Inferred, Judged, Not, Some, Weighed
from engine.incident import Claim, passes
from engine.truth import Standard, Value


@dataclass(frozen=True)
class Proof:
    """Why a condition has its value in a scope: the proofs of its parts, or the claims.

    `parts` follow the parts of the condition; for `some` there is one for each entry of the list,
    and `claims` are those on whether the list is complete.
    """

    condition: Condition
    scope: str
    value: Value
    parts: tuple["Proof", ...] = ()
    claims: tuple[Claim, ...] = ()
    assumed: bool = False
    contested: Standard = field(init=False, compare=False, repr=False)
    """The highest standard at which something here or below is both told and denied: a fact, a
    judgement, or a proposition on which bodies of evidence differ."""
    presumes: bool = field(init=False, compare=False, repr=False)
    """Whether anything here or below is assumed."""

    def __post_init__(self) -> None:
        contested, presumes = Standard.NOTHING, self.assumed
        for part in self.parts:
            contested = max(contested, part.contested)
            presumes = presumes or part.presumes
        if isinstance(self.condition, FactIs | Judged | Weighed):
            contested = max(contested, min(self.value))
        object.__setattr__(self, "contested", contested)
        object.__setattr__(self, "presumes", presumes)

    def walk(self) -> Iterator["Proof"]:
        """This proof and all below it, top first."""
        yield self
        for part in self.parts:
            yield from part.walk()


def grounds(proof: Proof, supporting: bool = True) -> Iterator[tuple[Proof, bool]]:
    """The leaves and inferences that carry a value, each with whether it is read as it stands.

    `supporting` asks what carries the support; otherwise, what carries the opposition. A leaf with
    False counts by what opposes it: that a thing was *not* so.
    """
    support, opposition = proof.value
    if not (support if supporting else opposition):
        return
    condition = proof.condition
    if isinstance(condition, FactIs | Judged):
        yield proof, supporting
        return
    if isinstance(condition, Inferred):
        yield proof, True
    side = supporting is not isinstance(condition, Not)
    together = All if supporting else (AnyOf, Some)
    for part in proof.parts:
        value = part.value.support if side else part.value.opposition
        if value or isinstance(condition, together):
            yield from grounds(part, side)


def sources_of(
    proof: Proof, supporting: bool = True, least: Standard = Standard.NOTHING
) -> tuple[str, ...]:
    """The sources that carry a value with claims at `least` or more, once each, in order."""
    found: dict[str, None] = {}
    for leaf, stands in grounds(proof, supporting):
        if isinstance(leaf.condition, FactIs):
            for claim in (c for c in leaf.claims if c.standard >= least):
                passed = passes(claim.value, leaf.condition.test, leaf.condition.operand)
                if passed is stands:
                    found.update(dict.fromkeys(claim.sources))
        elif isinstance(leaf.condition, Judged):
            for claim in (c for c in leaf.claims if c.standard >= least):
                if claim.value is stands:
                    found.update(dict.fromkeys(claim.sources))
    return tuple(found)
