"""Whether one condition says another over again: the other is never less true than the one.

Read off the way they are written, never off facts: a yes can be relied on, a no means only that it
does not show. Less true: supported at a lower standard, or opposed at a higher one.
"""

from dataclasses import fields

from engine.conditions import All, AnyOf, Concept, Condition, Inferred, Not, Several, Some, Weighed


def implies(one: Condition, other: Condition) -> bool:
    """Whether `other` is, on any facts, supported wherever `one` is, and opposed only there."""
    one, other = _plain(one), _plain(other)
    if _alike(one, other):
        return True
    if isinstance(other, All):
        return all(implies(one, part) for part in other.parts)
    if isinstance(one, AnyOf):
        return all(implies(part, other) for part in one.parts)
    if isinstance(other, AnyOf) and any(implies(one, part) for part in other.parts):
        return True
    if isinstance(one, All):
        return any(implies(part, other) for part in one.parts)
    if isinstance(one, Weighed):
        grounds = [part for part in one.parts if not _only_against(part)]
        return bool(grounds) and all(implies(part, other) for part in grounds)
    if isinstance(one, Some) and isinstance(other, Some):
        return one.list == other.list and implies(one.where, other.where)
    if isinstance(one, Not) and isinstance(other, Not):
        return implies(other.part, one.part)
    return False


def _only_against(part: Condition) -> bool:
    """Whether it can oppose and never support: the opposite of an inference."""
    part = _plain(part)
    return isinstance(part, Not) and isinstance(_plain(part.part), Inferred)


def _alike(one: Condition, other: Condition) -> bool:
    """Whether two conditions are written alike, concepts written out."""
    one, other = _plain(one), _plain(other)
    if one is other:
        return True
    if type(one) is not type(other) or len(one.parts) != len(other.parts):
        return False
    if not all(map(_alike, one.parts, other.parts)):
        return False
    own = {f.name for f in fields(one)} - {"place", "part", "where", "basis"}
    if isinstance(one, Several):
        own -= {"of"}
    return all(getattr(one, name) == getattr(other, name) for name in own)


def _plain(condition: Condition) -> Condition:
    while isinstance(condition, Concept):
        condition = condition.definition
    return condition
