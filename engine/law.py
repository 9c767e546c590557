"""The law as the engine holds it: instruments, provisions, elements, exceptions. Frozen data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from engine.conditions import Concept, Condition, walk
from engine.errors import Place
from engine.status import Status
from engine.truth import Standard
from engine.vocabulary import Vocabulary, Words

CONDUCT = frozenset({"crime", "prohibition", "obligation", "call"})
"""The kinds of provision that regulate conduct: those whose elements a party can meet."""


@dataclass(frozen=True)
class Instrument:
    """A treaty, a resolution, a body of custom: what provisions belong to."""

    id: str
    title: Words
    cite: str
    kind: str
    source: str
    place: Place
    bound_by: str = ""


@dataclass(frozen=True)
class Verified:
    """What a provision was checked against, and when; `against` is empty if it was not."""

    against: str
    on: date | None


@dataclass(frozen=True)
class Element:
    """One thing that must be shown. `shown` is a clause: "an attack was carried out".

    `refuted` is the same clause denied, "no attack was carried out"; empty if nobody wrote it.
    """

    id: str
    role: str
    shown: Words
    refuted: Words
    condition: Condition
    authority: str
    verified: Verified
    place: Place


@dataclass(frozen=True)
class ExceptionRule:
    """What takes conduct outside the provision although its elements are met."""

    id: str
    shown: Words
    refuted: Words
    condition: Condition
    authority: str
    verified: Verified
    place: Place


@dataclass(frozen=True)
class Limit:
    """One limit of a provision's application; the id is date, conflict, territory or party."""

    id: str
    shown: Words
    condition: Condition
    place: Place


Rule = Limit | Element | ExceptionRule


@dataclass(frozen=True)
class Example:
    """A worked example that the law itself carries: facts in, one status out."""

    name: str
    facts: Mapping[str, object]
    status: Status
    place: Place
    reading: Mapping[str, str] = field(default_factory=dict)
    standard: Standard = Standard.REASONABLE_GROUNDS


@dataclass(frozen=True)
class Concerns:
    """Which provisions a forum hears, or a mode of liability or a defence bears upon."""

    kinds: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()

    def covers(self, provision: "Provision") -> bool:
        """Whether it concerns this provision: named, or of a named instrument and kind."""
        if {provision.id, provision.key} & {*self.but_not}:
            return False
        if {provision.id, provision.key} & {*self.provisions}:
            return True
        if not self.kinds and not self.instruments:
            return False
        return (not self.kinds or provision.kind in self.kinds) and (
            not self.instruments or provision.instrument.id in self.instruments
        )


@dataclass(frozen=True)
class Provision:
    """A rule of law: when it applies, what must be shown, what excepts it.

    `custom` names the customary rules of the same content; `bound_by` the entry of the status
    table that says whom the provision binds; `obstacles` what stands in the way of a forum.
    `objections` are what an opponent will say, for the report; `notes` are for who reads the law.
    """

    id: str
    variant: str | None
    instrument: Instrument
    cite: str
    title: Words
    kind: str
    level: str
    says: str
    branch: frozenset[str]
    limits: tuple[Limit, ...]
    elements: tuple[Element, ...]
    exceptions: tuple[ExceptionRule, ...]
    twin: tuple[str, ...]
    instead: tuple[str, ...]
    related: tuple[str, ...]
    custom: tuple[str, ...]
    bound_by: str
    concerns: Concerns | None
    obstacles: tuple[Words, ...]
    in_armed_conflict: Words | None
    notes: tuple[str, ...]
    objections: tuple[str, ...]
    addressees: str
    verb: str
    sources: tuple[str, ...]
    verified: Verified
    examples: tuple[Example, ...]
    place: Place

    @property
    def key(self) -> str:
        """The id, with the variant where a provision has several: `rome-statute/8-2-c-i#1`."""
        return f"{self.id}#{self.variant}" if self.variant else self.id

    @cached_property
    def concepts(self) -> tuple[str, ...]:
        """The names of all concepts that the provision uses, at any depth, once each."""
        nodes = (node for c in self.conditions for node in walk(c))
        return tuple(dict.fromkeys(node.name for node in nodes if isinstance(node, Concept)))

    @cached_property
    def conduct(self) -> tuple[Condition, ...]:
        """The conditions of its elements of conduct: what touches the provision at all."""
        return tuple(e.condition for e in self.elements if e.role == "conduct")

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of the provision: limits, elements, exceptions, in that order."""
        parts: tuple[Rule, ...] = (*self.limits, *self.elements, *self.exceptions)
        return tuple(part.condition for part in parts)


@dataclass(frozen=True)
class StateStatus:
    """Whether one State is bound, from which day and to which (both included)."""

    state: str
    name: Words
    party: bool
    since: date | None
    until: date | None
    signed: date | None
    reservations: tuple[Words, ...]
    notes: tuple[str, ...]
    verified: Verified
    place: Place


@dataclass(frozen=True)
class Treaty:
    """Who is bound by an instrument, or by one part or amendment of it.

    `states` by their three letters; `armed_groups` is binds, on_territory, does_not_bind,
    disputed, or empty where the table is silent; `conditions` ask, by level, whether it binds the
    party.
    """

    id: str
    title: Words
    by: str
    states: Mapping[str, StateStatus]
    armed_groups: str
    because: Words
    notes: tuple[str, ...]
    place: Place
    conditions: Mapping[str, Condition] = field(default_factory=dict)


@dataclass(frozen=True)
class Alternative:
    """One way to read the law, and the authorities that read it so."""

    says: Words
    held_by: tuple[str, ...]


@dataclass(frozen=True)
class DisputedReading:
    """A question on which authorities differ. `default` is the cautious alternative."""

    id: str
    question: Words
    default: str
    alternatives: Mapping[str, Alternative]
    verified: Verified
    place: Place


def by_number(provision_id: str) -> list[int | str]:
    """A key that sorts ids by the numbers in them: rule 9 before rule 10, (b)(v) before (b)(ix).

    A numeral in Roman letters follows a paragraph's letter; article 7(1)(i) has no such numeral.
    """
    arabic = re.sub(r"(?<=-[a-z]-)[ivxl]+(?![a-z])", lambda m: str(_roman(m[0])), provision_id)
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", arabic)]


def _roman(numeral: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[letter] for letter in numeral]
    return sum(-value if value < max(values[n:]) else value for n, value in enumerate(values))


@dataclass(frozen=True)
class Law:
    """All of it. `provisions` by key, in the order of the files; `digest` names the content."""

    vocabulary: Vocabulary
    instruments: Mapping[str, Instrument]
    provisions: Mapping[str, Provision]
    version: str
    digest: str
    concepts: Mapping[str, Condition] = field(default_factory=dict)
    treaties: Mapping[str, Treaty] = field(default_factory=dict)
    readings: Mapping[str, DisputedReading] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    """The alternative by which each disputed question is read here."""
    unchosen: tuple[Condition, ...] = ()
    """The conditions of the alternatives that are not chosen."""
    status_as_of: date | None = None
    """The day of which the status table is; of later days, it knows no State not to be bound."""
    survivors: Mapping[str, str] = field(default_factory=dict)
    """Mutants that no example notices, by name, each with the reason (see `mutation`)."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all provisions, once each, in order."""
        return tuple(dict.fromkeys(p.id for p in self.provisions.values()))

    def find(self, provision_id: str) -> tuple[Provision, ...]:
        """The provisions with this id, or this key: all the variants, or the one."""
        if provision_id in self.provisions:
            return (self.provisions[provision_id],)
        return tuple(p for p in self.provisions.values() if p.id == provision_id)
