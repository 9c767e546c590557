"""Graded four-valued truth: how strongly a proposition is supported, and how strongly its opposite.

Belnap's four values (told true, told false, told both, told nothing), each side graded by the
standard of proof at which it is told. Source of the idea: N. Belnap, "A useful four-valued
logic" (1977); M. Ginsberg, "Multivalued logics" (1988) for the two orders.
"""

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import NamedTuple


class Standard(IntEnum):
    """The standards of proof of the field, weakest first; NOTHING means no information."""

    NOTHING = 0
    REASONABLE_SUSPICION = 1
    REASONABLE_GROUNDS = 2
    BALANCE_OF_PROBABILITIES = 3
    CLEAR_AND_CONVINCING = 4
    BEYOND_REASONABLE_DOUBT = 5

    @cached_property
    def label(self) -> str:
        """The name as case files and JSON write it: `reasonable_grounds`."""
        return self.name.lower()

    @property
    def words(self) -> str:
        """The name as a sentence writes it: `reasonable grounds`."""
        return self.label.replace("_", " ")


STANDARDS: dict[str, Standard] = {s.label: s for s in Standard if s is not Standard.NOTHING}


class Reading(StrEnum):
    """What a value comes to at one standard of proof."""

    MET = "met"
    NOT_MET = "not_met"
    CONTESTED = "contested"
    UNKNOWN = "unknown"


class Value(NamedTuple):
    """The highest standard at which a proposition is supported, and at which it is opposed."""

    support: Standard
    opposition: Standard

    def read(self, standard: Standard) -> Reading:
        """Read the value at a standard of proof (any but NOTHING)."""
        supported, opposed = self.support >= standard, self.opposition >= standard
        if supported and opposed:
            return Reading.CONTESTED
        if supported:
            return Reading.MET
        return Reading.NOT_MET if opposed else Reading.UNKNOWN


UNKNOWN = Value(Standard.NOTHING, Standard.NOTHING)


def opposite(value: Value) -> Value:
    """`not`: what supports a proposition opposes its opposite. Unknown stays unknown."""
    return Value(value.opposition, value.support)


def all_of(values: Iterable[Value]) -> Value:
    """`all`: as strong as the weakest part, opposed as strongly as the most opposed part."""
    parts = tuple(values)
    return Value(min(v.support for v in parts), max(v.opposition for v in parts))


def any_of(values: Iterable[Value]) -> Value:
    """`any`: as strong as the strongest part, opposed only as strongly as every part is."""
    parts = tuple(values)
    return Value(max(v.support for v in parts), min(v.opposition for v in parts))


def weigh(values: Iterable[Value]) -> Value:
    """Several bodies of evidence on one proposition: the strongest on either side stands.

    This is how the claims on one fact combine, and how inferences join them.
    """
    parts = tuple(values)
    return Value(
        max((v.support for v in parts), default=Standard.NOTHING),
        max((v.opposition for v in parts), default=Standard.NOTHING),
    )


def some_of(values: Iterable[Value], complete: Value) -> Value:
    """`some`: true of one is true; false of all counts only as far as the list is complete."""
    parts = tuple(values)
    return Value(
        max((v.support for v in parts), default=Standard.NOTHING),
        min((complete.support, *(v.opposition for v in parts))),
    )


def inferred(value: Value, ceiling: Standard) -> Value:
    """An inference carries at most its ceiling, and its failure proves nothing."""
    return Value(min(ceiling, value.support), Standard.NOTHING)
