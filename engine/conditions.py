"""Conditions: the one tree that law is written in and that every evaluator reads.

Nodes are frozen and compared by identity. The parser gives the same node for the same condition
written twice in one scope, so evaluators may remember a node's value; `place` is where it was first
written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from engine.errors import Place
from engine.truth import Standard

NOWHERE = Place("")
TABLE = "the tables of the law"
"""What an inference rests on that was made from a table of States: no circumstance of a case."""


class Test(StrEnum):
    """How a fact's value is compared."""

    IS = "is"
    IN = "in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    WITHIN = "within"


Operand = bool | int | str | frozenset[str] | tuple[date, date]


@dataclass(frozen=True, eq=False)
class Condition:
    """Any node; `place` is the file, line and column of the law."""

    place: Place = field(default=NOWHERE, kw_only=True, repr=False)

    @property
    def parts(self) -> tuple["Condition", ...]:
        """The conditions directly below, in order, in the same scope or an entity's."""
        return ()


@dataclass(frozen=True, eq=False)
class FactIs(Condition):
    """A fact of the incident passes a test: the leaf that claims support or oppose."""

    fact: str
    test: Test
    operand: Operand
    of: str = ""
    """The kind of scope in which the fact stands: `incident`, `object`, `party`."""


@dataclass(frozen=True, eq=False)
class Judged(Condition):
    """A person's recorded answer to an open-textured question, on an incident or a case."""

    question: str
    of: str = ""


@dataclass(frozen=True, eq=False)
class Not(Condition):
    """The opposite."""

    part: Condition

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.part,)


@dataclass(frozen=True, eq=False)
class Several(Condition):
    """Conditions taken together, in one of the three ways below."""

    of: tuple[Condition, ...]

    @property
    def parts(self) -> tuple[Condition, ...]:
        return self.of


class All(Several):
    """Every part holds."""


class AnyOf(Several):
    """At least one part holds: alternatives in law."""


class Weighed(Several):
    """Several bodies of evidence on one and the same proposition: the strongest on either side."""


@dataclass(frozen=True, eq=False)
class Some(Condition):
    """Some entry of a list satisfies a condition."""

    list: str
    where: Condition

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.where,)


@dataclass(frozen=True, eq=False)
class Inferred(Condition):
    """An inference from circumstances: carries at most its ceiling, and never the contrary."""

    ceiling: Standard
    part: Condition
    basis: str = ""

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.part,)


@dataclass(frozen=True, eq=False)
class Presumed(Condition):
    """A presumption of law: holds at `standard` where nothing at all is known of `part`."""

    standard: Standard
    part: Condition
    basis: str = ""

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.part,)


@dataclass(frozen=True, eq=False)
class Concept(Condition):
    """A shared concept of the law, by name, with its definition.

    `of_states` marks one that was made from a table of States and is written nowhere.
    """

    name: str
    definition: Condition = field(repr=False)
    label: str = ""
    of_states: bool = False

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.definition,)


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and everything below it, once each, in order."""
    seen: set[Condition] = set()
    stack = [condition]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        yield node
        stack.extend(reversed(node.parts))
