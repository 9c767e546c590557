"""The vocabulary: every fact that law may read and a case file may state, defined once.

Read from `law/vocabulary.yaml`. A fact's id says where it stands in a case file:
`conduct.kind` is the key `kind` under `conduct` of an incident; `object.kind` the key `kind` of an
entry of the list `objects`; `warning_given` a key of the incident itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.errors import InputError, Place, Problem
from engine.loader import Document


class FactType(StrEnum):
    """What the value of a fact can be."""

    YES_NO = "yes_no"
    ONE_OF = "one_of"
    COUNT = "count"
    DATE = "date"
    PERIOD = "period"
    COUNTRY = "country"
    TEXT = "text"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """One text in the languages of the project; what is not translated yet is empty."""

    en: str
    ar: str = ""

    def __str__(self) -> str:
        return self.en


class Fact(_Strict):
    """One fact: where it stands, what it can be, and how to ask a witness for it."""

    type: FactType
    label: Words
    question: Words
    matters: str = ""
    help: Words | None = None
    """What the fact means and what it does not, for who answers the question."""
    proof: Words | None = None
    """Means of proof: which document, image or witness usually shows it."""
    values: dict[str, Words] = Field(default_factory=dict)
    for_the_reader: bool = False
    """True for what a report tells and no condition reads, such as how many women were killed."""
    then_known: bool = False
    """True for what the attacker knew at the time, as against what was established later."""


class FactGroup(_Strict):
    """A block of facts: on the incident, on the case, on a party, or an entry of a list."""

    of: tuple[str, ...]
    list: str | None = None
    label: Words
    facts: dict[str, Fact]


class Question(_Strict):
    """A judgement that only a person can make, recorded under `assessments`."""

    question: Words
    label: Words
    help: Words | None = None
    proof: Words | None = None


class Roles(_Strict):
    """Which facts decide whether a provision applies, and to whom conduct is attributed."""

    date: str
    period: str
    territory: str
    conflict: str
    attribution: str
    state: str
    """The State whose organ the party is: whose treaties count."""
    armed_group: dict[str, str]
    """The fact, and its value, that make a party an armed group and not an organ of a State."""
    dated_lists: dict[str, tuple[str, ...]]
    """The lists of a case whose entries are dated, and the facts that date them."""


class _File(_Strict):
    roles: Roles
    groups: dict[str, FactGroup]
    judgements: dict[str, Question]


@dataclass(frozen=True)
class Vocabulary:
    """All facts by id, the groups they stand in, and the judgements a person may record."""

    roles: Roles
    groups: Mapping[str, FactGroup]
    facts: Mapping[str, Fact]
    judgements: Mapping[str, Question]
    places: Mapping[str, Place] = field(default_factory=dict)
    countries: Mapping[str, Words] = field(default_factory=dict)
    """The names of States by their three letters, as far as the law gives them."""

    def lists(self, of: str) -> dict[str, str]:
        """The lists of a `case` or an `incident`: name of the list to the name of its entries."""
        return {g.list: n for n, g in self.groups.items() if g.list and of in g.of}

    def blocks(self, of: str) -> list[str]:
        """The blocks (`conduct`, `place`) that stand once in a `case`, `incident` or `party`."""
        return [n for n, g in self.groups.items() if not g.list and of in g.of and n not in g.of]

    def item_of(self, list_name: str) -> str | None:
        """The name of one entry of a list: `object` for `objects`."""
        return next((n for n, g in self.groups.items() if g.list == list_name), None)

    def in_words(self, fact: str, value: str) -> str:
        """A value of a fact in English, as within a sentence: `air strike`, `Syria`."""
        given = self.facts[fact]
        if given.type is FactType.COUNTRY:
            return self.countries[value].en if value in self.countries else value
        return given.values[value].en.lower() if value in given.values else value

    def home(self, fact: str, scopes: Sequence[str]) -> str:
        """The kind of scope in which a fact stands, seen from within these scopes."""
        group = self.group_of(fact)
        stands = self.groups[group]
        if stands.list:
            return group
        return next((scope for scope in reversed(scopes) if scope in stands.of), stands.of[0])

    def group_of(self, fact: str) -> str:
        """The group a fact stands in: `object` for `object.kind`, `incident` for a bare key."""
        return fact.split(".")[0] if "." in fact else "incident"


def read_vocabulary(document: Document) -> Vocabulary:
    """Build the vocabulary from its file; raises InputError with every mistake."""
    problems = list(document.problems)
    try:
        file = _File.model_validate(document.data)
    except ValidationError as error:
        problems += model_problems(error, document)
        raise InputError(problems) from None
    facts = {
        (name if group_name == "incident" else f"{group_name}.{name}"): fact
        for group_name, group in file.groups.items()
        for name, fact in group.facts.items()
    }
    for fact_id, fact in facts.items():
        if (fact.type is FactType.ONE_OF) != bool(fact.values):
            problems.append(
                Problem(
                    document.place(("groups",)), f"`{fact_id}`: only `one_of` has values, and must"
                )
            )
    if problems:
        raise InputError(problems)
    places = {fact_id: document.place(("groups", *_path(fact_id)), key=True) for fact_id in facts}
    return Vocabulary(file.roles, file.groups, facts, file.judgements, places)


def _path(fact_id: str) -> tuple[str, str, str]:
    group, _, name = fact_id.rpartition(".")
    return (group or "incident", "facts", name)


def model_problems(error: ValidationError, document: Document) -> list[Problem]:
    """Say a model's complaints about a file of the law in the drafter's words, with places."""
    problems = []
    for item in error.errors(include_url=False):
        path = tuple(item["loc"])
        key = str(path[-1]) if path else ""
        kind = item["type"]
        if kind == "extra_forbidden":
            problems.append(
                Problem(document.place(path, key=True), f"unknown key `{key}`", "remove it")
            )
        elif kind == "missing":
            problems.append(Problem(document.place(path), f"`{key}` is missing", "add it"))
        else:
            shown: Any = item.get("input")
            what = item["msg"][0].lower() + item["msg"][1:]
            problems.append(
                Problem(document.place(path), f"`{key}`: {what}", f"it says `{shown}`"[:120])
            )
    return problems
