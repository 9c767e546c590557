"""A test of the law's examples: change the law a little, and see whether an example notices.

The changes: drop an element, drop an exception, swap `all` and `any`, flip the polarity of a leaf,
move a date by a day, widen an applicability by dropping one of its limits. A change that no example
notices has survived: either an example is missing, or the change makes no difference in law. It
makes none where another element asks the same again: see `asked_again`.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pydantic import BaseModel

from engine.assess import status_of
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
    Several,
    Some,
    Test,
)
from engine.errors import Place
from engine.evaluate import evaluate
from engine.examples import example_case, example_scope
from engine.implication import implies
from engine.incident import Scope
from engine.law import Example, Law, Limit, Provision, Rule
from engine.trace import Proof

DATE = "date"
DAY = timedelta(days=1)

Change = Callable[[Provision], Provision]


@dataclass(frozen=True)
class Mutant:
    """One change of the law: where, what, and the provisions that it touches, by key."""

    owner: str
    what: str
    place: Place
    touches: tuple[str, ...]
    change: Change

    @property
    def name(self) -> str:
        """A name that stays the same while other parts of the law change."""
        return f"{self.owner}: {self.what}"


@dataclass(frozen=True)
class Score:
    """How many mutants there were, and which of them no example noticed."""

    total: int
    survivors: tuple[Mutant, ...]
    asked_again: Mapping[str, str] = field(default_factory=dict)
    """The survivors, by name, that weaken an element beside another that asks the same."""

    @property
    def caught(self) -> int:
        return self.total - len(self.survivors)


def mutate(law: Law, model: type[BaseModel], only: Sequence[str] = ()) -> Score:
    """Try every mutant of the provisions whose ids begin with one of `only` (all, if empty)."""
    everything = [p for p in law.provisions.values() if p.elements]
    chosen = [p for p in everything if _named(p, only)]
    trial = _Trial(law, model)
    found = list(mutants(chosen, everything))
    gc.freeze()  # the law stays: the collector would visit all of it again and again
    try:
        survivors = tuple(m for m in found if not trial.notices(m))
    finally:
        gc.unfreeze()
    again = {m.name: element for m in survivors if (element := asked_again(m, law))}
    return Score(len(found), survivors, again)


def asked_again(mutant: Mutant, law: Law) -> str | None:
    """The element that makes a mutant of another one idle in all the provisions it touches.

    The mutant drops the other one or puts a condition in its place that this element implies, as
    it implied the old one. They stand apart so that a report can say which of the two fails.
    """
    found = None
    for key in mutant.touches:
        before, after = law.provisions[key], mutant.change(law.provisions[key])
        if (before.limits, before.exceptions) != (after.limits, after.exceptions):
            return None
        kept = [element for element in after.elements if element in before.elements]
        altered = [element for element in after.elements if element not in before.elements]
        old = [element for element in before.elements if element not in kept]
        asked = [each.condition for each in (*old, *altered)]
        found = next(
            (e.id for e in kept if all(implies(e.condition, each) for each in asked)), None
        )
        if found is None:
            return None
    return found


def _named(provision: Provision, only: Sequence[str]) -> bool:
    return not only or any(provision.id.startswith(name) for name in only)


def mutants(chosen: Sequence[Provision], everything: Sequence[Provision]) -> Iterator[Mutant]:
    """Every mutant of the chosen provisions, and of the concepts they use.

    One of a concept or a shared element stands once, and touches every provision that uses it.
    """
    for provision in chosen:
        yield from _whole_parts(provision)
        yield from _dates(provision)
    keys = {provision.key for provision in chosen}
    for owner, uses in _owners(everything).items():
        if keys.isdisjoint(uses):
            continue
        for node, path in _written(owner.written):
            for what, other in _variations(node):
                change = _Replacing(owner.concept, owner.place, path, other)
                name = f"{what} at {'.'.join(map(str, path)) or 'the top'}"
                yield Mutant(owner.name, name, node.place, tuple(uses), change)


def _whole_parts(provision: Provision) -> Iterator[Mutant]:
    """Drop an element, an exception, or a limit other than the date."""
    for kind in ("elements", "exceptions", "limits"):
        parts: tuple[Rule, ...] = getattr(provision, kind)
        for number, part in enumerate(parts):
            if (kind == "limits" and part.id == DATE) or (kind == "elements" and len(parts) == 1):
                continue
            rest = (*parts[:number], *parts[number + 1 :])
            change = _Setting(kind, rest)
            what = f"drop {kind[:-1]} {part.id}"
            yield Mutant(provision.key, what, part.place, (provision.key,), change)


def _dates(provision: Provision) -> Iterator[Mutant]:
    """Move the first day, or the last, by a day either way."""
    for number, limit in enumerate(provision.limits):
        if limit.id != DATE:
            continue
        for end, days in ((0, DAY), (0, -DAY), (1, DAY), (1, -DAY)):
            moved = _moved(limit.condition, end, days)
            if moved is limit.condition:
                continue  # open-ended
            limits = list(provision.limits)
            limits[number] = replace(limit, condition=moved)
            which = "first" if end == 0 else "last"
            what = f"move the {which} day by {days.days:+d}"
            change = _Setting("limits", tuple(limits))
            yield Mutant(provision.key, what, limit.place, (provision.key,), change)


def _moved(condition: Condition, end: int, by: timedelta) -> Condition:
    if isinstance(condition, FactIs) and condition.test is Test.WITHIN:
        assert isinstance(condition.operand, tuple)
        window = list(condition.operand)
        if window[end] in (date.min, date.max):
            return condition
        window[end] += by
        return replace(condition, operand=(window[0], window[1]))
    return rebuilt(condition, tuple(_moved(part, end, by) for part in condition.parts))


@dataclass(frozen=True)
class _Setting:
    """A change that sets the parts of one kind."""

    kind: str
    parts: tuple[Rule, ...]

    def __call__(self, provision: Provision) -> Provision:
        return replace(provision, **{self.kind: self.parts})  # type: ignore[arg-type]


# within conditions


@dataclass(frozen=True)
class _Owner:
    """What a condition is written in: a concept, or a part of a provision (perhaps shared)."""

    name: str
    concept: str | None
    place: Place
    written: Condition


def _owners(provisions: Sequence[Provision]) -> dict[_Owner, list[str]]:
    """Every concept and every part, with the keys of the provisions that use it."""
    found: dict[tuple[str | None, Place], tuple[_Owner, dict[str, None]]] = {}

    def use(owner: _Owner, key: str) -> None:
        _, keys = found.setdefault((owner.concept, owner.place), (owner, {}))
        if key in keys:
            return
        keys[key] = None
        for c in _concepts(owner.written):
            use(_Owner(f"concept {c.name}", c.name, c.place, c.definition), key)

    for provision in provisions:
        parts: tuple[Rule, ...] = (
            *provision.limits,
            *provision.elements,
            *provision.exceptions,
        )
        for part in parts:
            if isinstance(part, Limit) and part.id != "party":
                continue  # made from `applies`, and changed as a whole
            owner = _Owner(f"{provision.key} {part.id}", None, part.place, part.condition)
            use(owner, provision.key)
    return {owner: list(keys) for owner, keys in found.values()}


def _concepts(written: Condition) -> Iterator[Concept]:
    """The concepts that an owner names, not those inside them."""
    stack = [written]
    while stack:
        node = stack.pop()
        if isinstance(node, Concept):
            if not node.of_states:
                yield node
        else:
            stack.extend(node.parts)


Path = tuple[int, ...]


def _written(node: Condition, path: Path = ()) -> Iterator[tuple[Condition, Path]]:
    """The nodes that an owner writes itself: concepts are named there, and written elsewhere."""
    if isinstance(node, Concept):
        return
    yield node, path
    for number, part in enumerate(node.parts):
        yield from _written(part, (*path, number))


def _variations(node: Condition) -> Iterator[tuple[str, Condition]]:
    if isinstance(node, All | AnyOf) and len(node.parts) > 1:
        other = AnyOf if isinstance(node, All) else All
        names = ("all to any", "any to all")
        yield names[isinstance(node, AnyOf)], other(node.parts, place=node.place)
    if isinstance(node, FactIs | Judged):
        name = node.fact if isinstance(node, FactIs) else node.question
        yield f"flip {name}", Not(node, place=node.place)


@dataclass(frozen=True)
class _Replacing:
    """A change of one node, wherever its owner is used in a provision."""

    concept: str | None
    place: Place
    path: Path
    other: Condition

    def __call__(self, provision: Provision) -> Provision:
        if self.concept is None:
            return _each_part(provision, self._in_part)
        memo: dict[Condition, Condition] = {}
        return _each_part(provision, lambda part: self._in_concepts(part.condition, memo))

    def _in_part(self, part: Rule) -> Condition:
        if part.place != self.place:
            return part.condition
        return _put(part.condition, self.path, self.other)

    def _in_concepts(self, node: Condition, memo: dict[Condition, Condition]) -> Condition:
        if node not in memo:
            if isinstance(node, Concept) and node.name == self.concept:
                changed = _put(node.definition, self.path, self.other)
                memo[node] = replace(node, definition=changed)
            else:
                parts = tuple(self._in_concepts(part, memo) for part in node.parts)
                memo[node] = rebuilt(node, parts)
        return memo[node]


def _each_part(provision: Provision, changed: Callable[[Rule], Condition]) -> Provision:
    def all_of(parts: Sequence[Rule]) -> tuple[Rule, ...]:
        return tuple(
            part if (new := changed(part)) is part.condition else replace(part, condition=new)
            for part in parts
        )

    return replace(
        provision,
        limits=all_of(provision.limits),  # type: ignore[arg-type]
        elements=all_of(provision.elements),  # type: ignore[arg-type]
        exceptions=all_of(provision.exceptions),  # type: ignore[arg-type]
    )


def _put(node: Condition, path: Path, other: Condition) -> Condition:
    if not path:
        return other
    parts = list(node.parts)
    parts[path[0]] = _put(parts[path[0]], path[1:], other)
    return rebuilt(node, tuple(parts))


def rebuilt(node: Condition, parts: tuple[Condition, ...]) -> Condition:
    """The node with other parts; itself if they are the same."""
    if all(new is old for new, old in zip(parts, node.parts, strict=True)):
        return node
    if isinstance(node, Several):
        return replace(node, of=parts)
    if isinstance(node, Not | Inferred | Presumed):
        return replace(node, part=parts[0])
    if isinstance(node, Some):
        return replace(node, where=parts[0])
    assert isinstance(node, Concept)
    return replace(node, definition=parts[0])


class _Trial:
    """The examples of a law, each with its proofs as the law stands."""

    def __init__(self, law: Law, model: type[BaseModel]) -> None:
        self.law = law
        self.model = model
        self.ready: dict[str, list[tuple[Example, Scope, dict[Condition, Proof]]]] = {}

    def notices(self, mutant: Mutant) -> bool:
        """Whether any example of any provision it touches comes out otherwise."""
        return any(self._comes_out_otherwise(key, mutant.change) for key in mutant.touches)

    def _comes_out_otherwise(self, key: str, change: Change) -> bool:
        provision = self.law.provisions[key]
        changed = change(provision)
        if changed is provision:
            return False
        for example, scope, proofs in self._examples(provision):
            own = [proofs[c] if c in proofs else evaluate(c, scope) for c in changed.conditions]
            if status_of(changed, own, example.standard) is not example.status:
                return True
        return False

    def _examples(
        self, provision: Provision
    ) -> list[tuple[Example, Scope, dict[Condition, Proof]]]:
        if provision.key not in self.ready:
            made = []
            for example in provision.examples:
                if example.reading:
                    continue  # an example of the law as read otherwise
                case = example_case(example, provision, self.law, self.model)
                scope, _ = example_scope(case, provision)
                proofs = {c: evaluate(c, scope) for c in provision.conditions}
                made.append((example, scope, proofs))
            self.ready[provision.key] = made
        return self.ready[provision.key]


def expected(score: Score, reasons: Mapping[str, str]) -> tuple[list[Mutant], list[str]]:
    """The survivors for which no reason is recorded, and the reasons that no survivor needs."""
    names = {mutant.name for mutant in score.survivors} - {*score.asked_again}
    unexplained = [m for m in score.survivors if m.name in names and m.name not in reasons]
    return unexplained, [name for name in reasons if name not in names]
