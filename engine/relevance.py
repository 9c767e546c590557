"""Whether anything at all that is known touches a condition: a quick look before a proof is made.

It is the definition's question "is the support more than nothing?", answered without grades and
without a proof, so that provisions which nothing touches need not be proved.
"""

from engine.conditions import (
    All,
    AnyOf,
    Condition,
    FactIs,
    Inferred,
    Judged,
    Not,
    Presumed,
    Some,
    Test,
)
from engine.incident import Scope, value_of


class Touched:
    """What is known in one scope; asks each condition once."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._known: dict[tuple[Condition, bool], bool] = {}
        self._within: dict[str, list[Touched]] = {}

    def __call__(self, condition: Condition, supported: bool = True) -> bool:
        """Whether anything supports the condition (or opposes it, if not `supported`)."""
        key = (condition, supported)
        if key not in self._known:
            self._known[key] = self._ask(condition, supported)
        return self._known[key]

    def _ask(self, condition: Condition, supported: bool) -> bool:
        if isinstance(condition, FactIs):
            claims = self.scope.claims(condition.fact)
            return value_of(claims, condition.test, condition.operand)[not supported] > 0
        if isinstance(condition, Judged):
            answers = self.scope.answers(condition.question)
            return value_of(answers, Test.IS, True)[not supported] > 0
        if isinstance(condition, Some):
            inside = (touched(condition.where, supported) for touched in self._entries(condition))
            if supported:
                return any(inside)
            complete = self.scope.completeness(condition.list)
            return value_of(complete, Test.IS, True).support > 0 and all(inside)
        if isinstance(condition, Not):
            return self(condition.part, not supported)
        if isinstance(condition, Inferred) and not supported:
            return False
        if isinstance(condition, Presumed) and supported:
            return self(condition.part) or not self(condition.part, False)
        together = isinstance(condition, All if supported else AnyOf)
        return (all if together else any)(self(part, supported) for part in condition.parts)

    def _entries(self, condition: Some) -> "list[Touched]":
        if condition.list not in self._within:
            entries = self.scope.entries(condition.list)
            self._within[condition.list] = [Touched(entry) for entry in entries]
        return self._within[condition.list]
