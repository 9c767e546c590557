"""The definition of the logic: a plain walk over a condition that returns value and proof.

    form                 support                         opposition
    a fact               strongest claim for it          strongest claim against it
    not x                opposition of x                 support of x
    all                  least of the parts              greatest of the parts
    any                  greatest of the parts           least of the parts
    evidence             greatest of the parts           greatest of the parts
    some entry, where x  greatest over the entries       least over the entries, as far as the
                                                         list is declared complete
    inferred, ceiling c  support of x, at most c         none
    presumed             as x; where nothing at all is known of x, support at the standard the law
                         gives, marked as assumed
    judgement            strongest recorded yes          strongest recorded no

Every other evaluator is tested against this one. It imports none of them.
"""

from engine.conditions import (
    All,
    AnyOf,
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
from engine.incident import Scope, value_of
from engine.trace import Proof
from engine.truth import (
    UNKNOWN,
    Standard,
    Value,
    all_of,
    any_of,
    inferred,
    opposite,
    some_of,
    weigh,
)


def evaluate(condition: Condition, scope: Scope) -> Proof:
    """The value of a condition in a scope, with its proof. Total: it never raises."""
    if isinstance(condition, FactIs):
        claims = scope.claims(condition.fact)
        value = value_of(claims, condition.test, condition.operand)
        return Proof(condition, scope.standing(condition.of).name, value, claims=claims)
    if isinstance(condition, Judged):
        answers = scope.answers(condition.question)
        value = value_of(answers, Test.IS, True)
        return Proof(condition, scope.standing(condition.of).name, value, claims=answers)
    if isinstance(condition, Some):
        entries = scope.entries(condition.list)
        parts = tuple(evaluate(condition.where, entry) for entry in entries)
        complete = scope.completeness(condition.list)
        value = some_of((p.value for p in parts), value_of(complete, Test.IS, True))
        return Proof(condition, scope.name, value, parts, complete)
    parts = tuple(evaluate(part, scope) for part in condition.parts)
    value, assumed = combine(condition, tuple(part.value for part in parts))
    return Proof(condition, scope.name, value, parts, assumed=assumed)


def combine(condition: Condition, values: tuple[Value, ...]) -> tuple[Value, bool]:
    """The value of an inner condition from the values of its parts, and whether it is assumed."""
    if isinstance(condition, Not):
        return opposite(values[0]), False
    if isinstance(condition, All):
        return all_of(values), False
    if isinstance(condition, AnyOf):
        return any_of(values), False
    if isinstance(condition, Weighed):
        return weigh(values), False
    if isinstance(condition, Inferred):
        return inferred(values[0], condition.ceiling), False
    if isinstance(condition, Presumed) and values[0] == UNKNOWN:
        return Value(condition.standard, Standard.NOTHING), True
    if isinstance(condition, Presumed | Concept):
        return values[0], False
    raise TypeError(f"no meaning is defined for {type(condition).__name__}")
