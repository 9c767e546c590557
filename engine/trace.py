"""The reasoning trace as data. Printers, reports and the search for missing facts read it."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.conditions import Condition
from engine.incident import Claim
from engine.truth import Value


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

    def walk(self) -> Iterator["Proof"]:
        """This proof and all below it, top first."""
        yield self
        for part in self.parts:
            yield from part.walk()
