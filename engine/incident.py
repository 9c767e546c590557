"""What is known of a case: graded claims on facts, in nested scopes.

A scope is a case, a party, an incident, or an entry of one of their lists. Law reads facts from a
scope; what a scope does not state is looked up in the scope around it, and what nobody states is
unknown. There are no default values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from engine.conditions import Operand, Test
from engine.errors import Place
from engine.truth import Standard, Value, weigh


class Days(NamedTuple):
    """A day, or a span of days within which the day lies (`first` = `last` if it is known)."""

    first: date
    last: date


class Period(NamedTuple):
    """Conduct that lasted: it began within `began` and ended within `ended`."""

    began: Days
    ended: Days


class Span(NamedTuple):
    """A count known to lie between two numbers, both included; None where a side is open."""

    least: int
    most: int | None


FactValue = bool | str | Span | Days | Period


def passes(value: FactValue, test: Test, operand: Operand) -> bool | None:
    """Whether a stated value passes a test: None where the value is too imprecise to say."""
    if isinstance(value, Days):
        first, last = _window(operand)
        if first <= value.first and value.last <= last:
            return True
        return False if value.last < first or last < value.first else None
    if isinstance(value, Period):
        first, last = _window(operand)
        if value.began.last <= last and first <= value.ended.first:
            return True
        return False if value.ended.last < first or last < value.began.first else None
    if isinstance(value, Span):
        return _count_passes(value, test, operand)
    if test is Test.IN:
        return value in operand  # type: ignore[operator]
    return value == operand


def _window(operand: Operand) -> tuple[date, date]:
    assert isinstance(operand, tuple), "the parser gives dates a window"
    return operand


def _count_passes(value: Span, test: Test, operand: Operand) -> bool | None:
    bound = int(operand)  # type: ignore[arg-type]
    surely_at_least = value.least >= bound
    surely_at_most = value.most is not None and value.most <= bound
    if test is Test.AT_LEAST:
        if surely_at_least:
            return True
        return False if value.most is not None and value.most < bound else None
    if test is Test.AT_MOST:
        if surely_at_most:
            return True
        return False if value.least > bound else None
    if surely_at_least and surely_at_most:
        return True if value.least == bound else None
    outside = value.least > bound or (value.most is not None and value.most < bound)
    return False if outside else None


@dataclass(frozen=True)
class Claim:
    """One account of one fact: a value, the standard at which it stands, and who says so."""

    value: FactValue
    standard: Standard
    sources: tuple[str, ...] = ()
    by: str | None = None
    note: str | None = None
    party: str | None = None
    """Where it says something of one party only, such as what that party knew."""
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, eq=False)
class Scope:
    """A case, party, incident or list entry: its facts, its lists, and the scope around it.

    `kind` is the group it belongs to (`incident`, `object`); `top` marks the scope in which a
    provision is answered, whose entries need not be told apart by its name.
    """

    name: str
    kind: str = ""
    facts: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    lists: Mapping[str, tuple["Scope", ...]] = field(default_factory=dict)
    complete: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    judgements: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    around: "Scope | None" = None
    top: bool = False

    def claims(self, fact: str) -> tuple[Claim, ...]:
        """The claims on a fact, from the nearest scope that states any."""
        if found := self.facts.get(fact):
            return found
        return self.around.claims(fact) if self.around else ()

    def standing(self, kind: str) -> "Scope":
        """The scope, from here outward, in which a fact of this group stands."""
        scope: Scope | None = self
        while scope and scope.kind != kind:
            scope = scope.around
        return scope or self

    def entries(self, list_name: str) -> tuple["Scope", ...]:
        """The entries of the nearest list of this name, each with this scope around it."""
        scope: Scope | None = self
        while scope and list_name not in scope.lists:
            scope = scope.around
        found = scope.lists[list_name] if scope else ()
        prefix = "" if self.top else f"{self.name} "
        return tuple(replace(e, name=f"{prefix}{e.name}", around=self) for e in found)

    def completeness(self, list_name: str) -> tuple[Claim, ...]:
        """The claims that a list is complete: that there is nothing of its kind beyond it."""
        scope: Scope | None = self
        while scope and list_name not in scope.lists:
            scope = scope.around
        return scope.complete.get(list_name, ()) if scope else ()

    def as_recorded(self) -> "Scope":
        """This scope with its lists taken to be whole: asked only of what is recorded."""
        whole = (Claim(True, Standard.BEYOND_REASONABLE_DOUBT),)
        return replace(self, complete=dict.fromkeys(self.lists, whole))

    def answers(self, question: str) -> tuple[Claim, ...]:
        """The recorded judgements on a question, from every scope outward."""
        outer = self.around.answers(question) if self.around else ()
        return self.judgements.get(question, ()) + outer


def value_of(claims: tuple[Claim, ...], test: Test, operand: Operand) -> Value:
    """What a fact's claims come to under a test: the strongest for and the strongest against."""
    nothing = Standard.NOTHING
    sides = []
    for claim in claims:
        passed = passes(claim.value, test, operand)
        if passed is not None:
            sides.append(
                Value(claim.standard, nothing) if passed else Value(nothing, claim.standard)
            )
    return weigh(sides)
