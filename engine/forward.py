"""The working engine of a case: the law as positive Horn rules, chained forward on durable-rules.

Each condition has two tokens, *supported* and *opposed*. The law is compiled once into rules over
tokens alone: an `all` is supported when all its parts are, opposed when one is; `any` the other way
round; `not` swaps. What is known of an incident is asserted as tokens, the rules fire, and the
firings are the trace: the grade of a token is the greatest, over its firings, of the least grade
among the premises. An unknown fact has no token, so nothing is ever concluded from silence.

Two things are settled outside the rules. A list is a frame of its own: the body of `some` is
chained once for each entry, and its outcome is a token of the frame around it. A presumption looks
at silence: it is asserted after everything below it has been chained and nothing was concluded.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.chain import Chainer, Firing, Rule
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
)
from engine.incident import Claim, Scope, value_of
from engine.law import Law
from engine.trace import Proof
from engine.truth import Standard, Value, opposite, some_of


@dataclass(frozen=True)
class Fired:
    """One firing: in which scope, what was concluded (and whether for or against), from what."""

    scope: str
    conclusion: tuple[Condition, bool]
    premises: tuple[tuple[Condition, bool], ...]


def below(condition: Condition) -> tuple[Condition, ...]:
    """The parts in the same frame: the body of `some` belongs to the frames of its entries."""
    return () if isinstance(condition, Some) else condition.parts


def within(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """The conditions and all below them in the same frame, once each."""
    seen: set[Condition] = set()
    stack = [*conditions]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            yield node
            stack += below(node)


class Forward:
    """The law compiled for forward chaining; `prove` is an Evaluator (see `assess`)."""

    def __init__(self, law: Law) -> None:
        """Provisions are compiled, and durable-rules is loaded, when they are first proved."""
        self.firings: list[Fired] = []
        self._tokens: dict[Condition, tuple[str, str]] = {}
        """Of each condition compiled: the token that it is supported, and that it is opposed."""
        self._nodes: list[Condition] = []
        self._homes: dict[Condition, str] = {}
        self._rules: dict[str, list[Rule]] = {}
        """The rules compiled and not yet handed over, by unit."""
        self._presumptions: dict[Condition, int] = {}
        self._units: dict[Condition, tuple[str, tuple[Condition, ...]]] = {}
        for provision in law.provisions.values():
            for condition in provision.conditions:
                self._units.setdefault(condition, (provision.key, provision.conditions))
        for treaty in law.treaties.values():
            for condition in treaty.conditions.values():
                self._units.setdefault(condition, (f"bound {treaty.id}", (condition,)))
        self._chainer = Chainer({})

    def prove(self, conditions: Sequence[Condition], scope: Scope) -> list[Proof]:
        """A proof of each condition in a scope, in order, equal to what the definition gives.

        `firings` then holds what fired for it.
        """
        self.firings = []
        for condition in conditions:
            if condition not in self._tokens:
                unit, together = self._units[condition]
                for each in together:
                    self._compile(each, unit)
        self._chainer.add(self._rules)
        self._rules.clear()
        return self._prove(conditions, scope)

    def _prove(self, conditions: Sequence[Condition], scope: Scope) -> list[Proof]:
        frame = _Frame(scope)
        nodes = list(within(conditions))
        self._chain(frame, nodes, {self._homes[node] for node in nodes if node in self._homes})
        return [self._proof(condition, frame) for condition in conditions]

    # compiling

    def _compile(self, condition: Condition, unit: str) -> None:
        """Give a condition and all below it numbers and rules, once; `unit` names the ruleset."""
        if condition in self._tokens:
            return
        number = len(self._nodes)
        self._nodes.append(condition)
        self._tokens[condition] = (f"{number}+", f"{number}-")
        if isinstance(condition, Concept):
            unit = f"concept {condition.name} {number}"  # readings of one name differ
        inner = f"some {number}" if isinstance(condition, Some) else unit
        for part in condition.parts:
            self._compile(part, inner)
        if isinstance(condition, Not):
            supported, opposed = self._tokens[condition.part]
            self._tokens[condition] = (opposed, supported)
        rules = [Rule(c, premises) for c, premises in self._horn(condition) if premises]
        if rules:
            self._homes[condition] = unit
            self._rules.setdefault(unit, []).extend(rules)
        depth = max((self._presumptions[part] for part in below(condition)), default=0)
        self._presumptions[condition] = depth + isinstance(condition, Presumed)

    def _horn(self, condition: Condition) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The rules that conclude a condition: conclusion and premises."""
        if isinstance(condition, FactIs | Judged | Not | Some):
            return
        for side, supported in enumerate((True, False)):
            conclusion = self._tokens[condition][side]
            parts = tuple(self._tokens[part][side] for part in condition.parts)
            together = isinstance(condition, All) is supported and isinstance(
                condition, All | AnyOf
            )
            if isinstance(condition, Inferred) and not supported:
                continue
            if together:
                yield conclusion, parts
            else:
                yield from ((conclusion, (part,)) for part in parts)

    # chaining

    def _chain(self, frame: "_Frame", nodes: list[Condition], units: set[str]) -> None:
        """Settle every node of a frame: assert what is known, fire; presume, and fire again."""
        self._enter_lists(frame, [node for node in nodes if isinstance(node, Some)])
        for node in nodes:
            if isinstance(node, FactIs | Judged | Some):
                frame.leaves[node] = value = self._leaf(node, frame)
                for token, grade in zip(self._tokens[node], value, strict=True):
                    if grade:
                        frame.grades[token] = grade
        firings = self._chainer.run(frame.grades, units)
        presumptions = sorted(
            (node for node in nodes if isinstance(node, Presumed)),
            key=lambda node: self._presumptions[node],
        )
        given = dict(frame.grades)
        for depth in sorted({self._presumptions[node] for node in presumptions}):
            known = {*given, *(firing.conclusion for firing in firings)}
            for node in presumptions:
                silent = known.isdisjoint(self._tokens[node.part])
                if self._presumptions[node] == depth and silent:
                    frame.assumed.add(node)
                    given[self._tokens[node][0]] = node.standard
            if frame.assumed:
                firings = self._chainer.run(given, units)
        frame.grades = self._grades(given, firings)
        self.firings += [self._fired(firing, frame.scope) for firing in firings]

    def _enter_lists(self, frame: "_Frame", nodes: list[Some]) -> None:
        """Prove the bodies of all `some` over one list together, once for each entry."""
        by_list: dict[str, list[Some]] = {}
        for node in nodes:
            by_list.setdefault(node.list, []).append(node)
        for name, same in by_list.items():
            bodies = [node.where for node in same]
            proved = [self._prove(bodies, entry) for entry in frame.scope.entries(name)]
            for number, node in enumerate(same):
                frame.entries[node] = tuple(proofs[number] for proofs in proved)

    def _leaf(self, node: FactIs | Judged | Some, frame: "_Frame") -> Value:
        scope = frame.scope
        if isinstance(node, FactIs):
            frame.claims[node] = scope.claims(node.fact)
            return value_of(frame.claims[node], node.test, node.operand)
        if isinstance(node, Judged):
            frame.claims[node] = scope.answers(node.question)
            return value_of(frame.claims[node], Test.IS, True)
        frame.claims[node] = scope.completeness(node.list)
        complete = value_of(frame.claims[node], Test.IS, True)
        return some_of((proof.value for proof in frame.entries[node]), complete)

    def _grades(self, given: dict[str, Standard], firings: list[Firing]) -> dict[str, Standard]:
        """The grade of every token: the fold over the firings."""
        reasons: dict[str, list[tuple[str, ...]]] = {}
        for firing in firings:
            reasons.setdefault(firing.conclusion, []).append(firing.premises)
        grades = dict(given)

        def grade(token: str) -> Standard:
            if token not in grades:
                best = max(min(grade(p) for p in premises) for premises in reasons[token])
                node = self._nodes[int(token[:-1])]
                grades[token] = min(best, node.ceiling) if isinstance(node, Inferred) else best
            return grades[token]

        for token in reasons:
            grade(token)
        return grades

    def _fired(self, firing: Firing, scope: Scope) -> Fired:
        conclusion, *premises = (
            (self._nodes[int(token[:-1])], token[-1] == "+")
            for token in (firing.conclusion, *firing.premises)
        )
        return Fired(scope.name, conclusion, tuple(premises))

    # the proof

    def _proof(self, node: Condition, frame: "_Frame") -> Proof:
        """The proof tree of a node, read off the grades of its frame."""
        if node in frame.proofs:
            return frame.proofs[node]
        nothing = Standard.NOTHING
        parts = frame.entries.get(node) or tuple(self._proof(p, frame) for p in below(node))
        if node in frame.leaves:
            value = frame.leaves[node]
        elif isinstance(node, Not):
            value = opposite(parts[0].value)
        else:
            supported, opposed = self._tokens[node]
            grades = frame.grades
            value = Value(grades.get(supported, nothing), grades.get(opposed, nothing))
        claims = frame.claims.get(node, ())
        scope = frame.scope
        if isinstance(node, FactIs | Judged):
            scope = scope.standing(node.of)
        proof = Proof(node, scope.name, value, parts, claims, node in frame.assumed)
        frame.proofs[node] = proof
        return proof


class _Frame:
    """What is settled in one scope: the values of leaves, the grades of tokens, the proofs."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.leaves: dict[Condition, Value] = {}
        self.claims: dict[Condition, tuple[Claim, ...]] = {}
        self.entries: dict[Condition, tuple[Proof, ...]] = {}
        self.grades: dict[str, Standard] = {}
        self.assumed: set[Condition] = set()
        self.proofs: dict[Condition, Proof] = {}
