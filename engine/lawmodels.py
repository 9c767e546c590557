"""The shape of the files below `law/`: what a drafter may write, key by key."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from engine.status import Status
from engine.vocabulary import Words


class Strict(BaseModel):
    """No unknown keys."""

    model_config = ConfigDict(extra="forbid")


class InstrumentText(Strict):
    """An instrument, as `law/instruments.yaml` states it."""

    title: Words
    cite: str
    kind: Literal["treaty", "statute", "resolution", "custom", "agreement", "soft_law"]
    source: str


class ConceptText(Strict):
    """A concept: a condition with a name, defined once."""

    label: str
    about: str
    authority: str
    when: Any
    notes: list[str] = Field(default_factory=list)


class ElementText(Strict):
    """One thing that must be shown."""

    id: str
    role: Literal["attribution", "conduct", "material", "mental", "contextual"]
    shown: str
    when: Any
    authority: str


class ExceptionText(Strict):
    """What takes conduct outside a provision."""

    id: str
    shown: str
    when: Any
    authority: str


class AppliesText(Strict):
    """When, where, in which conflict and for whom a provision applies."""

    conflict: list[str] | None = Field(default=None, min_length=1)
    since: date
    until: date | None = None
    territory: list[str] | None = Field(default=None, min_length=1)
    party: Any = None
    party_says: str = ""


class VerifiedText(Strict):
    """What a provision was checked against; empty if it was not."""

    against: str
    on: date | None = None


class ExampleText(Strict):
    """A worked example: facts laid over a base, and the status they come to."""

    name: str
    status: Status
    base: str | None = Field(default=None, alias="from")
    facts: dict[str, Any] = Field(default_factory=dict)


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
    kind: Literal["crime", "prohibition", "obligation", "definition"]
    level: Literal["incident", "pattern"] = "incident"
    says: str
    applies: AppliesText | None = None
    elements: list[ElementText | str] = Field(default_factory=list)
    variants: dict[str, VariantText] = Field(default_factory=dict)
    exceptions: list[ExceptionText] = Field(default_factory=list)
    twin: list[str] = Field(default_factory=list)
    instead: list[str] = Field(default_factory=list)
    related: list[str] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    objections: list[str] = Field(default_factory=list)
    addressees: str = ""
    verb: str = ""
    sources: list[str] = Field(default_factory=list)
    verified: VerifiedText
    examples: list[ExampleText] = Field(default_factory=list)


class FileText(Strict):
    """Any file of the law but the vocabulary."""

    instruments: dict[str, InstrumentText] = Field(default_factory=dict)
    concepts: dict[str, ConceptText] = Field(default_factory=dict)
    shared_elements: dict[str, list[ElementText]] = Field(default_factory=dict)
    example_bases: dict[str, dict[str, Any]] = Field(default_factory=dict)
    provisions: list[ProvisionText] = Field(default_factory=list)
