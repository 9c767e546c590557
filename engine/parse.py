"""Conditions as law files write them, read into nodes, with every mistake and its place."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from engine.conditions import (
    TABLE,
    All,
    AnyOf,
    Concept,
    Condition,
    FactIs,
    Inferred,
    Judged,
    Not,
    Operand,
    Presumed,
    Some,
    Test,
    Weighed,
)
from engine.errors import Problem, nearest
from engine.loader import Document, Path_
from engine.truth import STANDARDS, Standard
from engine.vocabulary import FactType, Vocabulary

Scopes = tuple[str, ...]
"""The scopes a condition may read, outermost first: ("case", "incident", "object")."""

FORMS = {
    "fact": {"is", "in", "at_least", "at_most", "within"},
    "judgement": set(),
    "concept": set(),
    "not": set(),
    "all": set(),
    "any": set(),
    "evidence": set(),
    "some": {"where"},
    "every": {"where"},
    "inferred": {"ceiling", "basis"},
    "presumed": {"standard", "basis"},
    "party_to": {"state"},
    "same_state": set(),
}
# Beside these: `reading: NAME`, with one condition for each alternative of that disputed question.

_TESTS = {
    FactType.YES_NO: {"is"},
    FactType.ONE_OF: {"is", "in"},
    FactType.COUNTRY: {"is", "in"},
    FactType.COUNT: {"is", "at_least", "at_most"},
    FactType.TEXT: set(),
    FactType.DATE: {"within"},
    FactType.PERIOD: {"within"},
}


class ConditionParser:
    """Reads conditions of one law. Equal conditions become one node.

    `concept` resolves a name to a concept and the scope it needs, or None if there is none;
    `party_to` makes the condition that a State is bound by a treaty; `readings` gives for each
    disputed question its alternatives and the one chosen.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        concept: Callable[[str], tuple[Concept, str] | None],
        concept_names: Callable[[], list[str]],
        party_to: Callable[[str, str, Scopes], Condition | None] = lambda *_: None,
        treaty_names: Callable[[], list[str]] = list,
        readings: Mapping[str, tuple[tuple[str, ...], str]] | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.concept = concept
        self.concept_names = concept_names
        self.party_to = party_to
        self.treaty_names = treaty_names
        self.readings = readings or {}
        self.problems: list[Problem] = []
        self.unchosen: list[Condition] = []
        """The alternatives of disputed questions that are not chosen, as they were read."""
        self._nodes: dict[tuple[Any, ...], Condition] = {}

    def parse(self, document: Document, path: Path_, scopes: Scopes) -> Condition | None:
        """The condition at `path`, or None where it is wrong (see `problems`)."""
        return _Reader(self, document, scopes).condition(document.at(path), path, scopes)

    def node(self, kind: type[Condition], *fields: Any, place: Any) -> Condition:
        """The node with this content, made once."""
        key = (kind, *fields)
        if key not in self._nodes:
            self._nodes[key] = kind(*fields, place=place)
        return self._nodes[key]


class _Reader:
    def __init__(self, parser: ConditionParser, document: Document, scopes: Scopes) -> None:
        self.parser = parser
        self.vocabulary = parser.vocabulary
        self.document = document

    def wrong(self, path: Path_, message: str, hint: str = "", key: bool = False) -> None:
        place = self.document.place(path, key=key)
        self.parser.problems.append(Problem(place, message, hint, "condition"))

    def condition(self, data: Any, path: Path_, scopes: Scopes) -> Condition | None:
        if not isinstance(data, Mapping):
            self.wrong(path, f"`{data}` is not a condition", "write a mapping such as {fact: ...}")
            return None
        if "reading" in data:
            return self._reading(data, path, scopes)
        forms = [key for key in data if key in FORMS]
        if len(forms) != 1:
            what = "no form of condition here" if not forms else "two forms of condition at once"
            self.wrong(path, what, "use exactly one of " + ", ".join(f"`{f}`" for f in FORMS))
            return None
        form = forms[0]
        unknown = [key for key in data if key != form and key not in FORMS[form]]
        for key in unknown:
            self.wrong(
                (*path, key),
                f"unknown key `{key}` beside `{form}`",
                nearest(key, FORMS[form]),
                True,
            )
        if unknown:
            return None
        read = getattr(self, f"_{form}")
        node: Condition | None = read(data, path, scopes)
        return node

    def _make(self, path: Path_, kind: type[Condition], *fields: Any) -> Condition:
        return self.parser.node(kind, *fields, place=self.document.place(path))

    def _fact(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        fact_id = data["fact"]
        fact = self.vocabulary.facts.get(fact_id) if isinstance(fact_id, str) else None
        if fact is None:
            self.wrong(
                (*path, "fact"),
                f"no fact is called `{fact_id}`",
                nearest(str(fact_id), self.vocabulary.facts),
            )
            return None
        group = self.vocabulary.group_of(fact_id)
        stands = self.vocabulary.groups[group]
        readable = group in scopes if stands.list else bool({*stands.of} & {*scopes, "party"})
        if not readable:
            self.wrong(
                (*path, "fact"),
                f"`{fact_id}` cannot be read here",
                f"it is a fact of `{group}`; put it inside `some`",
            )
            return None
        tests = [key for key in data if key != "fact"]
        if len(tests) > 1 or (tests and tests[0] not in _TESTS[fact.type]):
            allowed = ", ".join(f"`{t}`" for t in sorted(_TESTS[fact.type]))
            self.wrong(path, f"`{fact_id}` is compared in a way it cannot be", f"use {allowed}")
            return None
        if not tests and fact.type is not FactType.YES_NO:
            self.wrong(path, f"`{fact_id}` is not compared with anything", "add `is` or `in`")
            return None
        test = Test(tests[0]) if tests else Test.IS
        operand = self._operand(data.get(test.value, True), fact_id, test, (*path, test.value))
        if operand is None:
            return None
        return self._make(
            path, FactIs, fact_id, test, operand, self.vocabulary.home(fact_id, scopes)
        )

    def _operand(self, given: Any, fact_id: str, test: Test, path: Path_) -> Operand | None:
        fact = self.vocabulary.facts[fact_id]
        if fact.type in (FactType.DATE, FactType.PERIOD):
            return self._window(given, path)
        if test is Test.IN:
            values = given if isinstance(given, list) and given else [None]
            read = [self._single(v, fact_id, (*path, n)) for n, v in enumerate(values)]
            return None if None in read else frozenset(str(v) for v in read)
        return self._single(given, fact_id, path)

    def _window(self, given: Any, path: Path_) -> Operand | None:
        try:
            first, last = (date.fromisoformat(day) for day in given)
        except (TypeError, ValueError):
            self.wrong(path, f"`{given}` is not two dates", 'write ["2018-02-24", "2018-03-26"]')
            return None
        if last < first:
            self.wrong(path, "it ends before it begins", "write the earlier date first")
            return None
        return (first, last)

    def _single(self, given: Any, fact_id: str, path: Path_) -> bool | int | str | None:
        fact = self.vocabulary.facts[fact_id]
        if fact.type is FactType.YES_NO and isinstance(given, bool):
            return given
        if fact.type is FactType.COUNT and isinstance(given, int) and not isinstance(given, bool):
            return given
        if isinstance(given, str):
            if fact.type is FactType.ONE_OF and given in fact.values:
                return given
            if fact.type is FactType.COUNTRY and re.fullmatch("[A-Z]{3}", given):
                return given
        self.wrong(
            path, f"`{given}` is not a value of `{fact_id}`", nearest(str(given), fact.values)
        )
        return None

    def _judgement(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        question = data["judgement"]
        if not isinstance(question, str) or question not in self.vocabulary.judgements:
            self.wrong(
                (*path, "judgement"),
                f"no judgement is called `{question}`",
                nearest(str(question), self.vocabulary.judgements),
            )
            return None
        return self._make(path, Judged, question, "incident" if "incident" in scopes else "case")

    def _concept(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        name = data["concept"]
        found = self.parser.concept(name) if isinstance(name, str) else None
        if found is None:
            if name in self.parser.concept_names():
                return None  # it is there but wrong, and that has been said
            self.wrong(
                (*path, "concept"),
                f"no concept is called `{name}`",
                nearest(str(name), self.parser.concept_names()),
            )
            return None
        concept, needs = found
        if needs not in scopes:
            self.wrong(
                (*path, "concept"), f"`{name}` is about one `{needs}`", "put it inside `some`"
            )
            return None
        return concept

    def _reading(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        """All alternatives are read, so that all are checked; the chosen one counts."""
        name = data["reading"]
        if not isinstance(name, str) or name not in self.parser.readings:
            hint = nearest(str(name), self.parser.readings)
            self.wrong((*path, "reading"), f"no reading is called `{name}`", hint)
            return None
        alternatives, chosen = self.parser.readings[name]
        given = [key for key in data if key != "reading"]
        for key in given:
            if key not in alternatives:
                hint = nearest(key, alternatives)
                self.wrong((*path, key), f"`{name}` has no alternative `{key}`", hint, True)
        for key in alternatives:
            if key not in given:
                self.wrong(path, f"the alternative `{key}` of `{name}` is missing", "add it")
        if {*given} != {*alternatives}:
            return None
        found = {key: self.condition(data[key], (*path, key), scopes) for key in alternatives}
        if None in found.values():
            return None
        self.parser.unchosen += [c for key, c in found.items() if c and key != chosen]
        return self._make(path, Concept, f"{name}={chosen}", found[chosen], f"reading {name}")

    def _party_to(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        treaty, fact_id = data["party_to"], data.get("state", self.vocabulary.roles.state)
        fact = self.vocabulary.facts.get(fact_id) if isinstance(fact_id, str) else None
        if fact is None or fact.type is not FactType.COUNTRY:
            self.wrong(
                (*path, "state"), f"`{fact_id}` is not a fact that names a State", "name one"
            )
            return None
        names = self.parser.treaty_names()
        if treaty not in names:
            self.wrong(
                (*path, "party_to"),
                f"the status table has no `{treaty}`",
                nearest(str(treaty), names),
            )
            return None
        return self.parser.party_to(treaty, fact_id, scopes)

    def _same_state(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        """Two facts name the same State: known for the States that the law names, never refuted."""
        given = data["same_state"]
        if not isinstance(given, list) or len(given) != 2:
            self.wrong((*path, "same_state"), "`same_state` needs two facts that name a State")
            return None
        pairs: list[Condition] = []
        for state in sorted(self.vocabulary.countries):
            sides = [self._fact({"fact": fact, "is": state}, path, scopes) for fact in given]
            if None in sides:
                return None  # it was said why, and is no better for another State
            pairs.append(self._make(path, All, tuple(sides)))
        if not pairs:
            self.wrong(path, "the law names no State", "add `state_names`")
            return None
        either = self._make(path, AnyOf, tuple(pairs))
        ceiling = Standard.BEYOND_REASONABLE_DOUBT
        told = " and ".join(self.vocabulary.facts[fact].label.en.lower() for fact in given)
        same = self._make(path, Inferred, ceiling, either, TABLE)
        name = f"same State: {given[0]} and {given[1]}, {scopes[-1]}"
        return self._make(path, Concept, name, same, f"{told} are the same", True)

    def _not(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        part = self.condition(data["not"], (*path, "not"), scopes)
        return None if part is None else self._make(path, Not, part)

    def _all(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        return self._several(All, data["all"], path, "all", scopes)

    def _any(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        return self._several(AnyOf, data["any"], path, "any", scopes)

    def _evidence(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        return self._several(Weighed, data["evidence"], path, "evidence", scopes)

    def _several(
        self, kind: type[Condition], data: Any, path: Path_, key: str, scopes: Scopes
    ) -> Condition | None:
        if not isinstance(data, list) or not data:
            self.wrong((*path, key), f"`{key}` needs a list of conditions", "write one per line")
            return None
        parts = [self.condition(d, (*path, key, n), scopes) for n, d in enumerate(data)]
        return None if None in parts else self._make(path, kind, tuple(parts))

    def _some(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        found = self._entries(data, path, "some", scopes)
        return None if found is None else self._make(path, Some, *found)

    def _every(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        found = self._entries(data, path, "every", scopes)
        if found is None:
            return None
        list_name, where = found
        exception = self._make(path, Some, list_name, self._make(path, Not, where))
        return self._make(path, Not, exception)

    def _entries(
        self, data: Mapping[str, Any], path: Path_, key: str, scopes: Scopes
    ) -> tuple[str, Condition] | None:
        list_name = data[key]
        item = self.vocabulary.item_of(list_name) if isinstance(list_name, str) else None
        here = {name for scope in scopes for name in self.vocabulary.lists(scope)}
        if item is None or list_name not in here:
            self.wrong(
                (*path, key), f"no list is called `{list_name}` here", nearest(str(list_name), here)
            )
            return None
        if "where" not in data:
            self.wrong(path, f"`{key}: {list_name}` has no `where`", "say which entries are meant")
            return None
        inner = self.condition(data["where"], (*path, "where"), (*scopes, item))
        return None if inner is None else (list_name, inner)

    def _inferred(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        ceiling = self._standard(data, path, "ceiling")
        part = self.condition(data["inferred"], (*path, "inferred"), scopes)
        if ceiling is None or part is None:
            return None
        return self._make(path, Inferred, ceiling, part, str(data.get("basis", "")))

    def _presumed(self, data: Mapping[str, Any], path: Path_, scopes: Scopes) -> Condition | None:
        standard = self._standard(data, path, "standard")
        part = self.condition(data["presumed"], (*path, "presumed"), scopes)
        if not data.get("basis"):
            self.wrong(path, "a presumption of law has no `basis`", "cite the rule that creates it")
            return None
        if standard is None or part is None:
            return None
        return self._make(path, Presumed, standard, part, str(data["basis"]))

    def _standard(self, data: Mapping[str, Any], path: Path_, key: str) -> Standard | None:
        given = data.get(key)
        if not isinstance(given, str) or given not in STANDARDS:
            self.wrong(
                (*path, key),
                f"`{given}` is not a standard of proof",
                nearest(str(given), STANDARDS),
            )
            return None
        return STANDARDS[given]
