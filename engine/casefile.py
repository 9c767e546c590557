"""Reads a case file into a Case, or says everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from engine.casecheck import apart, model_problems, reference_problems
from engine.errors import InputError, Place, Problem
from engine.incident import Claim, Days, FactValue, Period, Scope
from engine.loader import Document, Path_, read_file
from engine.models import Assessment, Expect, Source, case_model, keys_of
from engine.truth import STANDARDS, Standard
from engine.vocabulary import FactType, Vocabulary


@dataclass(frozen=True)
class Party:
    """A party to the conflict, and the scope of what is known about it."""

    id: str
    name: str
    facts: Mapping[str, tuple[Claim, ...]]


@dataclass(frozen=True)
class Entry:
    """An incident or a period total as written: its scope for any party, and who is named."""

    id: str
    title: str
    summary: str
    scope: Scope
    attributed: Mapping[str, tuple[Claim, ...]]
    place: Place


@dataclass(frozen=True)
class Case:
    """A case file that is right: what is known, by whom, at which standard."""

    id: str
    title: str
    summary: str
    file: str
    standard: Standard
    sources: Mapping[str, Source]
    parties: Mapping[str, Party]
    incidents: tuple[Entry, ...]
    scope: Scope
    totals: Mapping[str, tuple[Entry, ...]]
    assessments: tuple[Assessment, ...]
    expect: Expect | None
    vocabulary: Vocabulary
    warnings: tuple[Problem, ...] = field(default=())
    _scopes: dict[str | None, Scope] = field(init=False, default_factory=dict, compare=False)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything in the case that may be attributed: its incidents and its totals."""
        return (*self.incidents, *(total for totals in self.totals.values() for total in totals))

    def parties_in(self, entries: tuple[Entry, ...]) -> list[str | None]:
        """The parties to whom these are attributed or denied, in order; [None] if to nobody."""
        return list(dict.fromkeys(p for e in entries for p in e.attributed)) or [None]

    def incident_scope(self, incident: Entry, party: str | None) -> Scope:
        """What is known of one incident, seen for one party; the whole case is around it."""
        return replace(self._entry_scope(incident, self.case_scope(party), party), top=True)

    def case_scope(self, party: str | None) -> Scope:
        """What is known of the whole case, seen for one party."""
        if party not in self._scopes:
            facts = dict(self.parties[party].facts) if party else {}
            said = _said_of(party, self.scope.facts)
            outer = replace(self.scope, facts=said, judgements=self._judgements(None, party))
            around = Scope(party or "no party", "party", facts, around=outer)
            lists = {
                name: tuple(self._entry_scope(entry, around, party) for entry in entries)
                for name, entries in {**self.totals, "incidents": self.incidents}.items()
            }
            complete = _said_of(party, self.scope.complete)
            self._scopes[party] = Scope(
                "case", "case", lists=lists, complete=complete, around=around, top=True
            )
        return self._scopes[party]

    def as_of(self, day: date) -> "Case":
        """The case as if all of it had happened on one day."""
        days = Days(day, day)
        values: dict[FactType, FactValue] = {
            FactType.DATE: days,
            FactType.PERIOD: Period(days, days),
        }

        def moved(entry: Entry, dated: tuple[str, ...]) -> Entry:
            value = values[self.vocabulary.facts[dated[0]].type]
            claim = Claim(value, Standard.BEYOND_REASONABLE_DOUBT, note=f"as of {day}")
            facts = {k: v for k, v in entry.scope.facts.items() if k not in dated}
            scope = replace(entry.scope, facts={**facts, dated[0]: (claim,)})
            return replace(entry, scope=scope)

        roles = self.vocabulary.roles
        totals = {
            name: tuple(moved(t, roles.dated_lists[name]) for t in ts)
            for name, ts in self.totals.items()
        }
        incidents = tuple(moved(i, (roles.date, roles.period)) for i in self.incidents)
        return replace(self, incidents=incidents, totals=totals)

    def _entry_scope(self, entry: Entry, around: Scope, party: str | None) -> Scope:
        attribution = self.vocabulary.roles.attribution
        claims = entry.attributed.get(party, ()) if party else ()
        facts = {**_said_of(party, entry.scope.facts), **({attribution: claims} if claims else {})}
        return replace(
            entry.scope,
            facts=facts,
            lists={
                name: tuple(replace(item, facts=_said_of(party, item.facts)) for item in items)
                for name, items in entry.scope.lists.items()
            },
            complete=_said_of(party, entry.scope.complete),
            judgements=self._judgements(entry.id, party),
            around=around,
        )

    def _judgements(self, incident: str | None, party: str | None) -> dict[str, tuple[Claim, ...]]:
        found: dict[str, tuple[Claim, ...]] = {}
        for a in self.assessments:
            if a.incident == incident and a.party in (None, party):
                claim = Claim(a.answer, STANDARDS[a.standard], tuple(a.sources), a.by, a.reasons)
                found[a.question] = (*found.get(a.question, ()), claim)
        return found


def _said_of(
    party: str | None, facts: Mapping[str, tuple[Claim, ...]]
) -> dict[str, tuple[Claim, ...]]:
    """The claims that concern every party, or this one."""
    found = {
        fact: tuple(c for c in claims if c.party in (None, party)) for fact, claims in facts.items()
    }
    return {fact: claims for fact, claims in found.items() if claims}


def read_case(
    path: Path,
    vocabulary: Vocabulary,
    name: str | None = None,
    model: type[BaseModel] | None = None,
) -> Case:
    """Read a case file; raises InputError with every mistake in it.

    `model` is a `case_model` that knows the keys of the file, where several files share one.
    """
    return case_from(read_file(path, name), vocabulary, model)


def case_from(
    document: Document, vocabulary: Vocabulary, model: type[BaseModel] | None = None
) -> Case:
    """Build a case from a document already read; raises InputError with every mistake in it."""
    problems = list(document.problems)
    if not isinstance(document.data, dict):
        if not problems:
            problems.append(
                Problem(document.place(), "this is not a case file", "start one with `lieber new`")
            )
        raise InputError(problems)
    try:
        model = model or case_model(vocabulary, {*keys_of(document.data)})
        given = model.model_validate(document.data)
    except ValidationError as error:
        problems += apart(document.problems, list(model_problems(error, document, vocabulary)))
    problems += reference_problems(document, vocabulary)
    if problems:
        raise InputError(problems)
    return _Builder(given, document, vocabulary).case()


@dataclass(frozen=True)
class _Defaults:
    standard: Standard
    sources: tuple[str, ...] = ()
    party: str | None = None

    def within(self, block: Any) -> "_Defaults":
        standard = STANDARDS[block.standard] if block.standard else self.standard
        sources = tuple(block.sources) if block.sources else self.sources
        return _Defaults(standard, sources, block.party or self.party)


class _Builder:
    def __init__(self, given: Any, document: Document, vocabulary: Vocabulary) -> None:
        self.given = given
        self.document = document
        self.vocabulary = vocabulary
        self.warnings: list[Problem] = []

    def case(self) -> Case:
        given = self.given
        defaults = _Defaults(STANDARDS[given.standard])
        parties = {}
        for party_id, party in given.parties.items():
            facts = self._facts(party, "party", ("parties", party_id), defaults.within(party))
            parties[party_id] = Party(party_id, party.name, facts)
        totals = {
            name: tuple(
                self._entry(total, item, (name, n), defaults, f"{name}[{n}]")
                for n, total in enumerate(getattr(given, name, ()))
            )
            for name, item in self.vocabulary.lists("case").items()
            if name != "incidents"
        }
        incidents = tuple(
            self._entry(incident, "incident", ("incidents", n), defaults, incident.id)
            for n, incident in enumerate(given.incidents)
        )
        scope = Scope(
            "case",
            "case",
            self._blocks(given, "case", (), defaults),
            complete=self._complete(given, (), defaults),
        )
        return Case(
            given.case, given.title, given.summary or "", self.document.file, defaults.standard,
            given.sources, parties, incidents, scope, totals, tuple(given.assessments),
            given.expect, self.vocabulary, tuple(self.warnings),
        )  # fmt: skip

    def _entry(self, given: Any, group: str, path: Path_, outer: _Defaults, name: str) -> Entry:
        defaults = outer.within(given)
        facts = self._facts(given, group, path, defaults)
        lists = {}
        if group == "incident":
            facts |= self._blocks(given, group, path, defaults)
            for list_name, item in self.vocabulary.lists(group).items():
                lists[list_name] = tuple(
                    Scope(
                        f"{list_name}[{n}]",
                        item,
                        self._facts(entry, item, (*path, list_name, n), defaults.within(entry)),
                    )
                    for n, entry in enumerate(getattr(given, list_name, ()))
                )
        attributed: dict[str, tuple[Claim, ...]] = {}
        for n, a in enumerate(getattr(given, "attributed_to", [])):
            at = self.document.place((*path, "attributed_to", n))
            claim = self._claim(a, defaults, at)
            attributed[a.party] = (*attributed.get(a.party, ()), claim)
        complete = self._complete(given, path, defaults) if group == "incident" else {}
        scope = Scope(name, group, facts, lists, complete)
        return Entry(
            name, getattr(given, "title", None) or name, getattr(given, "summary", None) or "",
            scope, attributed, self.document.place(path),
        )  # fmt: skip

    def _blocks(
        self, given: Any, of: str, path: Path_, defaults: _Defaults
    ) -> dict[str, tuple[Claim, ...]]:
        facts: dict[str, tuple[Claim, ...]] = {}
        for name in self.vocabulary.blocks(of):
            block = getattr(given, name, None)
            if block is not None:
                facts |= self._facts(block, name, (*path, name), defaults.within(block))
        return facts

    def _complete(
        self, given: Any, path: Path_, defaults: _Defaults
    ) -> dict[str, tuple[Claim, ...]]:
        block = given.complete
        if block is None:
            return {}
        defaults = defaults.within(block)
        found = {}
        for name in type(block).model_fields:
            claims = getattr(block, name)
            if claims and name not in ("sources", "standard", "note"):
                at = self.document.place((*path, "complete", name))
                found[name] = tuple(self._claim(c, defaults, at) for c in claims)
        return found

    def _facts(
        self, block: Any, group: str, path: Path_, defaults: _Defaults
    ) -> dict[str, tuple[Claim, ...]]:
        facts = {}
        for name, fact in self.vocabulary.groups[group].facts.items():
            claims = getattr(block, name, None)
            if claims:
                fact_id = name if group == "incident" else f"{group}.{name}"
                raw = self.document.at((*path, name))
                many = isinstance(raw, list)
                places = [
                    self.document.place((*path, name, n) if many else (*path, name))
                    for n in range(len(claims))
                ]
                facts[fact_id] = tuple(
                    self._claim(c, defaults, p) for c, p in zip(claims, places, strict=True)
                )
                if not all(c.sources for c in facts[fact_id]) and fact.type is not FactType.DATE:
                    self.warnings.append(
                        Problem(
                            places[0],
                            f"`{name}` has no source",
                            "add `sources` to it or to its block",
                            "no_source",
                        )
                    )
        return facts

    def _claim(self, given: Any, defaults: _Defaults, place: Place) -> Claim:
        standard = STANDARDS[given.standard] if given.standard else defaults.standard
        sources = tuple(given.sources) if given.sources else defaults.sources
        party = given.party or defaults.party
        return Claim(given.value, standard, sources, given.by, given.note, party, place)
