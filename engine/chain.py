"""Forward chaining of positive Horn rules over tokens, on durable-rules, recording every firing.

durable-rules does the matching and nothing else: it sees short strings tested for equality, joined
by `all`, without negation, and consequents that only record. Chaining from one ruleset to the next
happens here, so that rulesets stay small and are registered when a token first engages them.

Limits and faults named below are those of release 2.0.28, read in its C source and reproduced.
Memory that durable-rules has taken is never given back: build one `Chainer` for a law and keep it.
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

# The property that rules test. durable-rules knows names of properties and ids of facts by 32-bit
# hashes only; both are few and fixed here, and a test checks them for collisions.
PROPERTY = "t"
# Premises of one durable rule. It would take 16; but once a rule of five or more has fired,
# retracting its facts reads and writes beyond its memory (`deleteMessageFromFrame` in state.c).
WIDTH = 4
# Rules in one durable ruleset. 256 that read the same token are fired by other tokens too, silently
# or with a crash; about 510 different tokens hang. 64 rules of 4 premises come near neither.
RULES = 64


@dataclass(frozen=True)
class Rule:
    """`conclusion` holds when every premise holds. A premise given twice is kept once.

    Raises ValueError where there is no premise: chaining starts from what is known.
    """

    conclusion: str
    premises: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.premises:
            raise ValueError(f"the rule for `{self.conclusion}` has no premises")
        # Not only for tidiness: one fact never matches two premises, so the rule would never fire.
        object.__setattr__(self, "premises", tuple(dict.fromkeys(self.premises)))


@dataclass(frozen=True)
class Firing:
    """One reason why `conclusion` holds: the premises of a rule, all of which hold."""

    conclusion: str
    premises: tuple[str, ...]


class Chainer:
    """The rules of a law, grouped into units, to be run on one set of tokens after another.

    For one thread. Several Chainers in one process do not meet.
    """

    def __init__(self, rulesets: Mapping[str, Sequence[Rule]]) -> None:
        """Take the rules of each unit, by its name. durable-rules is not touched yet."""
        self._units: set[str] = set()
        self._readers: dict[_Token, list[_Part]] = {}  # in the order of the units
        self._parts: dict[str, _Part] = {}
        self._fired: list[_Step] = []
        self._host: Any = None
        self._helpers = count()
        self.add(rulesets)

    def add(self, rulesets: Mapping[str, Sequence[Rule]]) -> None:
        """Take further units. A unit is whole when it is added: ValueError if it is there."""
        if again := self._units & {*rulesets}:
            raise ValueError("added before: " + ", ".join(f"`{unit}`" for unit in sorted(again)))
        self._units |= {*rulesets}
        for unit, rules in rulesets.items():
            steps = [step for rule in rules for step in _narrow(rule, self._helpers)]
            for start in range(0, len(steps), RULES):
                part = _Part(str(len(self._parts)), unit, steps[start : start + RULES])
                self._parts[part.name] = part
                for token in part.ids:
                    self._readers.setdefault(token, []).append(part)

    def run(self, tokens: Iterable[str], units: Collection[str] | None = None) -> list[Firing]:
        """Every firing that follows from the tokens by the rules of `units` (of all, if None).

        Tokens that no rule reads are passed over. The order depends on the rules and on which
        tokens are given, not on the order of the tokens; the first firing for a conclusion comes
        before the firings that use it.

        Raises ValueError for a unit that does not exist, ImportError where durable-rules is
        missing, RuntimeError where a firing failed, and whatever durable-rules raises. After any of
        them the next run still starts clean.
        """
        if isinstance(tokens, str):
            raise TypeError("tokens are several strings, not one")
        chosen = self._units if units is None else {*units}
        if unknown := chosen - self._units:
            raise ValueError("no such unit: " + ", ".join(f"`{unit}`" for unit in sorted(unknown)))
        queue: list[_Token] = [*sorted(set(tokens))]
        known = set(queue)
        asserted: list[tuple[_Part, str]] = []
        firings: dict[Firing, None] = {}  # in order, and once where two units have the same rule
        try:
            for token in queue:  # which grows by what is concluded
                for part in self._readers.get(token, ()):
                    if part.unit not in chosen:
                        continue
                    asserted.append((part, part.ids[token]))
                    for step in self._assert(part, part.ids[token]):
                        if step.firing:
                            firings[step.firing] = None
                        if step.conclusion not in known:
                            known.add(step.conclusion)
                            queue.append(step.conclusion)
            for part, fact in asserted:
                self._host.retract_fact(part.name, {"id": fact})
        except BaseException:
            self._host = None  # what is half done in durable-rules cannot be undone: begin anew
            raise
        return list(firings)

    def _assert(self, part: "_Part", fact: str) -> "list[_Step]":
        """Assert one fact to one durable ruleset; returns the steps that it fired, in order."""
        if self._host is None:
            self._host = _new_host(self._load)
        self._fired.clear()
        state = self._host.assert_fact(part.name, {"id": fact, PROPERTY: fact})
        # None: nothing fired. An exception in a consequent is only noted in the state. A firing
        # that seems to have lasted ten seconds gives 0, and all that were to follow it are lost.
        if state is not None and (not isinstance(state, dict) or "exception" in state):
            raise RuntimeError(f"durable-rules did not complete its firings: {state}")
        return self._fired.copy()

    def _load(self, name: str) -> dict[str, Any]:
        """What durable-rules registers when a ruleset is first named to it."""
        return {name: self._parts[name].definition(self._fired.append)}


@cache
def available() -> str | None:
    """None where durable-rules can be imported and chains correctly; else why not, in one line."""
    rules = {"first": [Rule("b", ("a",))], "second": [Rule("c", ("a", "b"))]}
    try:
        firings = Chainer(rules).run(["a"])
    except Exception as error:  # a C extension built for another Python fails in its own ways
        return " ".join(f"durable-rules does not work here: {error}".split())
    if firings != [Firing("b", ("a",)), Firing("c", ("a", "b"))]:
        return "durable-rules does not work here: a trial of two rules gave a wrong answer"
    return None


# A helper token stands for some premises of a long rule. It is a number, so that it can never be
# one of the law's tokens. durable-rules sees neither, only the ids given in a part.
_Token = str | int


@dataclass(frozen=True)
class _Step:
    """A rule narrow enough for durable-rules; without a firing where it only leads to a helper."""

    conclusion: _Token
    premises: tuple[_Token, ...]
    firing: Firing | None = None


class _Part:
    """One durable ruleset: at most RULES steps of a unit."""

    def __init__(self, name: str, unit: str, steps: Sequence[_Step]) -> None:
        self.name = name
        self.unit = unit
        self.steps = steps
        tokens = dict.fromkeys(token for step in steps for token in step.premises)
        self.ids = {token: str(number) for number, token in enumerate(tokens)}

    def definition(self, record: Callable[[_Step], None]) -> dict[str, Any]:
        """The ruleset as durable-rules takes it; `record` is called with each step that fires."""
        return {
            str(number): {
                "all": [
                    {f"m{place}": {PROPERTY: self.ids[token]}}
                    for place, token in enumerate(step.premises)
                ],
                "run": _consequent(record, step),
            }
            for number, step in enumerate(self.steps)
        }


def _narrow(rule: Rule, helpers: Iterator[int]) -> Iterator[_Step]:
    """A rule as one step, or as several that lead to it by way of helper tokens."""
    premises: tuple[_Token, ...] = rule.premises
    while len(premises) > WIDTH:
        helper = next(helpers)
        yield _Step(helper, premises[:WIDTH])
        premises = (*premises[WIDTH:], helper)
    yield _Step(rule.conclusion, premises, Firing(rule.conclusion, rule.premises))


def _consequent(record: Callable[[_Step], None], step: _Step) -> Callable[[object], None]:
    """A consequent that only records. durable-rules counts its arguments: exactly one."""

    def run(_: object) -> None:
        record(step)

    return run


def _new_host(load: Callable[[str], dict[str, Any]]) -> Any:
    """A durable-rules host without threads; one per Chainer, since names are global to a host."""
    from durable import engine as durable  # 22 ms, and it may be missing

    class Host(durable.Host):  # type: ignore[misc]
        def load_ruleset(self, name: str) -> dict[str, Any]:
            return load(name)

        def _run(self) -> None:
            """Start no timer threads: they would fire rules while we do."""

    # By its own clock, local wall time (deprecated from Python 3.12 on), a firing during which the
    # clock is put forward seems to have lasted too long, and is dropped.
    durable._unix_now = time.monotonic
    return Host()
