"""The shape of the files below `law/`: what a drafter may write, key by key."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from engine.models import StandardName
from engine.status import Status
from engine.truth import Standard
from engine.vocabulary import Words

Kind = Literal[
    "crime", "prohibition", "obligation", "call",
    "definition", "principle", "responsibility", "mode", "defence", "enforcement", "power",
    "statement", "forum",
]  # fmt: skip
"""What a provision is. The first row regulates conduct: only these can be breached. A `call` is
what a resolution calls upon or urges a party to do; a `forum` is who could hear a claim; the rest
are entries that others cite."""


def _english(given: Any) -> Any:
    return {"en": given} if isinstance(given, str) else given


Clause = Annotated[Words, BeforeValidator(_english)]
"""A clause in each language: the English follows "that", the Arabic follows \u0623\u0646\u0651."""


class Strict(BaseModel):
    """No unknown keys."""

    model_config = ConfigDict(extra="forbid")


class InstrumentText(Strict):
    """An instrument, as `law/instruments.yaml` states it.

    `bound_by` names the entry of `law/status.yaml` that says whom it binds, if not its own.
    """

    title: Words
    cite: str
    kind: Literal["treaty", "statute", "resolution", "custom", "agreement", "soft_law", "forum"]
    source: str
    bound_by: str = ""


class ConceptText(Strict):
    """A concept: a condition with a name, defined once."""

    label: str
    about: str
    authority: str
    when: Any
    notes: list[str] = Field(default_factory=list)


class VerifiedText(Strict):
    """What a provision, or a row of the status table, was checked against; empty if it was not."""

    against: str
    on: date | None = None


class ExceptionText(Strict):
    """What takes conduct outside a provision. `refuted` is `shown` denied, as a clause."""

    id: str
    shown: Clause
    refuted: Clause | None = None
    when: Any
    authority: str
    verified: VerifiedText | None = None


class ElementText(ExceptionText):
    """One thing that must be shown."""

    role: Literal["attribution", "conduct", "material", "mental", "contextual", "jurisdiction"]


class AppliesText(Strict):
    """When, where, in which conflict and for whom a provision applies."""

    conflict: list[str] | None = Field(default=None, min_length=1)
    since: date
    until: date | None = None
    territory: list[str] | None = Field(default=None, min_length=1)
    party: Any = None
    party_says: Clause = Words(en="")


class ConcernsText(Strict):
    """Which provisions a forum hears, or a mode of liability or a defence bears upon."""

    kinds: list[Kind] = Field(default_factory=list)
    instruments: list[str] = Field(default_factory=list)
    provisions: list[str] = Field(default_factory=list)
    but_not: list[str] = Field(default_factory=list)


class ExampleText(Strict):
    """A worked example: facts laid over a base, and the status they come to."""

    name: str
    status: Status
    base: str | None = Field(default=None, alias="from")
    facts: dict[str, Any] = Field(default_factory=dict)
    reading: dict[str, str] = Field(default_factory=dict)
    standard: StandardName = Standard.REASONABLE_GROUNDS.label


class VariantText(Strict):
    """One of several crimes that one provision holds."""

    title: Words
    elements: list[ElementText | str] = Field(min_length=1)
    examples: list[ExampleText] = Field(default_factory=list)


class ProvisionText(Strict):
    """One provision of the law."""

    id: str
    cite: str
    title: Words
    kind: Kind
    level: Literal["incident", "pattern"] = "incident"
    says: str
    applies: AppliesText | None = None
    elements: list[ElementText | str] = Field(default_factory=list)
    variants: dict[str, VariantText] = Field(default_factory=dict)
    exceptions: list[ExceptionText] = Field(default_factory=list)
    twin: list[str] = Field(default_factory=list)
    instead: list[str] = Field(default_factory=list)
    related: list[str] = Field(default_factory=list)
    custom: list[str] = Field(default_factory=list)
    bound_by: str = ""
    concerns: ConcernsText | None = None
    obstacles: list[Clause] = Field(default_factory=list)
    in_armed_conflict: Clause | None = None
    notes: list[str] = Field(default_factory=list)
    objections: list[str] = Field(default_factory=list)
    addressees: str = ""
    verb: str = ""
    sources: list[str] = Field(default_factory=list)
    verified: VerifiedText
    examples: list[ExampleText] = Field(default_factory=list)


class AlternativeText(Strict):
    """One way to read the law, and who reads it so."""

    says: Words
    held_by: list[str] = Field(min_length=1)


class ReadingText(Strict):
    """A question on which authorities differ; `default` is the cautious alternative."""

    question: Words
    default: str
    alternatives: dict[str, AlternativeText] = Field(min_length=2)
    verified: VerifiedText


class StateText(Strict):
    """Whether a State is bound, from which day and to which, and on what reservations."""

    party: bool
    since: date | None = None
    until: date | None = None
    signed: date | None = None
    reservations: list[Clause] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    verified: VerifiedText


class ArmedGroupsText(Strict):
    """Whether armed groups as such are bound, and why; or only on the territory of a party."""

    bound: Literal["binds", "on_territory", "does_not_bind", "disputed"]
    because: Words


class TreatyText(Strict):
    """Who is bound by one instrument, or one part or amendment of it.

    `by` says whose participation counts: the State of the party that acted, or of the territory.
    """

    title: Words | None = None
    by: Literal["party", "territory"] = "party"
    same_as: str = ""
    states: dict[str, StateText] = Field(default_factory=dict)
    armed_groups: ArmedGroupsText | None = None
    notes: list[str] = Field(default_factory=list)


class FileText(Strict):
    """Any file of the law but the vocabulary."""

    instruments: dict[str, InstrumentText] = Field(default_factory=dict)
    concepts: dict[str, ConceptText] = Field(default_factory=dict)
    shared_elements: dict[str, list[ElementText]] = Field(default_factory=dict)
    example_bases: dict[str, dict[str, Any]] = Field(default_factory=dict)
    readings: dict[str, ReadingText] = Field(default_factory=dict)
    status: dict[str, TreatyText] = Field(default_factory=dict)
    status_as_of: date | None = None
    """The day of which the whole status table is: of later days, it knows no State to be free."""
    state_names: dict[str, Words] = Field(default_factory=dict)
    survivors: dict[str, str] = Field(default_factory=dict)
    provisions: list[ProvisionText] = Field(default_factory=list)
