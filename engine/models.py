"""The pydantic models of a case file, built from the vocabulary.

A fact may be written as a bare value, as one claim, or as a list of claims; the models always
hold a list of claims. JSON Schema for editors comes from the same models.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    create_model,
)

from engine.errors import nearest
from engine.truth import STANDARDS
from engine.values import DATE_SCHEMA, read_days, reader, refuse, schema
from engine.vocabulary import Fact, FactGroup, Vocabulary

SOURCE_KINDS = (
    "court_judgment", "un_inquiry", "un_document", "ngo_report", "party_statement", "media",
    "interview", "image_or_video", "satellite_imagery", "document", "academic", "hypothetical",
)  # fmt: skip


def _standard(given: Any) -> str:
    if isinstance(given, str) and given in STANDARDS:
        return given
    raise refuse(f"`{given}` is not a standard of proof", nearest(str(given), STANDARDS))


def _text(given: Any) -> str:
    if isinstance(given, str):
        return given
    if isinstance(given, int):
        raise refuse(f"`{given}` is not quoted", f'write "{given}"')
    raise refuse("this should be text", "write a line of text")


def _url(given: Any) -> str:
    if isinstance(given, str) and re.fullmatch(r"https?://[^\s<>\"\\]+", given):
        return given
    raise refuse(f"`{given}` is not a web address", "write it as https://...")


Url = Annotated[str, PlainValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]
StandardName = Annotated[str, PlainValidator(_standard), WithJsonSchema({"enum": list(STANDARDS)})]
Text = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": "string"})]
DayText = Annotated[
    str,
    PlainValidator(lambda given: (read_days(given), str(given))[1]),
    WithJsonSchema(DATE_SCHEMA),
]


class Strict(BaseModel):
    """No unknown keys; a wrong key is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid")


class Source(Strict):
    """Where a fact comes from."""

    title: Text
    kind: Literal[SOURCE_KINDS]  # type: ignore[valid-type]
    date: DayText | None = None
    publisher: Text | None = None
    reference: Text | None = None
    url: Url | None = None
    confidential: bool = False
    note: Text | None = None


class Attribution(Strict):
    """An account of whether a party carried out the conduct; `value: false` is a denial."""

    party: Text
    value: bool = True
    standard: StandardName | None = None
    sources: list[Text] = Field(default_factory=list)
    by: Text | None = None
    note: Text | None = None


class Assessment(Strict):
    """A human judgement on an open-textured question, with its reasons."""

    question: Text
    answer: bool
    by: Text
    standard: StandardName
    reasons: Text
    incident: Text | None = None
    party: Text | None = None
    sources: list[Text] = Field(default_factory=list)


class Expect(Strict):
    """What a test expects: provision id to status, for each incident and for the pattern."""

    incidents: dict[str, dict[str, Text]] = Field(default_factory=dict)
    pattern: dict[str, Text] = Field(default_factory=dict)


def _as_list(given: Any) -> list[Any]:
    """A bare value, a claim, or several: always a list of claims."""
    items = given if isinstance(given, list) else [given]
    if not items:
        raise refuse("this list of claims is empty", "leave the fact out if nothing is known")
    return [
        item if isinstance(item, dict) and "value" in item else {"value": item} for item in items
    ]


def _not_null(given: Any) -> Any:
    if given is None:
        raise refuse("this fact has no value", "give one, or leave the key out if it is unknown")
    return given


def _claims_field(fact: Fact) -> Any:
    return (_claims(fact), Field(default=None, description=f"{fact.label.en}. {fact.question.en}"))


_CLAIMS: dict[tuple[str, ...], Any] = {}


def _claims(fact: Fact) -> Any:
    """The type of a list of claims; facts with the same values share it, as it is slow to make."""
    key = (fact.type, *fact.values)
    if key not in _CLAIMS:
        _CLAIMS[key] = _make_claims(fact)
    return _CLAIMS[key]


def _make_claims(fact: Fact) -> Any:
    value = Annotated[Any, PlainValidator(reader(fact)), WithJsonSchema(schema(fact))]
    model = create_model(
        "Claim",
        __base__=Strict,
        value=(value, ...),
        standard=(StandardName | None, None),
        sources=(list[Text], Field(default_factory=list)),
        by=(Text | None, None),
        note=(Text | None, None),
        party=(Text | None, None),
    )
    full = {
        "type": "object",
        "properties": {
            "value": schema(fact),
            "standard": {"enum": list(STANDARDS)},
            "sources": {"type": "array", "items": {"type": "string"}},
            "by": {"type": "string"},
            "note": {"type": "string"},
            "party": {"type": "string"},
        },
        "required": ["value"],
        "additionalProperties": False,
    }
    one = [schema(fact), full]
    shown = {"anyOf": [*one, {"type": "array", "items": {"anyOf": one}, "minItems": 1}]}
    checks = (BeforeValidator(_as_list), BeforeValidator(_not_null), WithJsonSchema(shown))
    return Annotated[list[model], *checks]


_DEFAULTS: dict[str, Any] = {
    "sources": (list[Text] | None, None),
    "standard": (StandardName | None, None),
    "note": (Text | None, None),
    "party": (Text | None, None),
}


def keys_of(data: Any) -> Iterator[str]:
    """Every key that a document uses anywhere: what a model that is to read it must know."""
    stack = [data]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            yield from value
            stack += value.values()
        elif isinstance(value, list):
            stack += value


def case_model(vocabulary: Vocabulary, keys: Collection[str] | None = None) -> type[BaseModel]:
    """The model of a case file for this vocabulary. Takes a tenth of a second: build it once.

    `keys` are the keys that occur in what it will read: it then leaves out what nothing there can
    fill, says the same of every mistake, and is made in a fraction of the time.
    """
    groups = vocabulary.groups

    def used(name: str) -> bool:
        return keys is None or name in keys

    def group_model(name: str, group: FactGroup, extra: Mapping[str, Any]) -> type[BaseModel]:
        fields = {n: _claims_field(fact) for n, fact in group.facts.items() if used(n)}
        return create_model(name.title(), __base__=Strict, **{**_DEFAULTS, **fields, **extra})

    attribution = vocabulary.group_of(vocabulary.roles.attribution)
    attributed: Any = (list[Attribution], Field(default_factory=list))

    def blocks(of: str) -> dict[str, Any]:
        return {
            n: (group_model(n, groups[n], {}) | None, None)
            for n in vocabulary.blocks(of)
            if n != attribution and used(n)
        }

    def lists(of: str, skip: str = "") -> dict[str, Any]:
        found: dict[str, Any] = {}
        for list_name, item in vocabulary.lists(of).items():
            if list_name != skip and used(list_name):
                extra = {"attributed_to": attributed} if item in groups[attribution].of else {}
                entry: Any = group_model(item, groups[item], {**extra, "id": (Text | None, None)})
                found[list_name] = (list[entry], Field(default_factory=list))
        return found

    def complete(of: str) -> dict[str, Any]:
        yes = Fact.model_validate({"type": "yes_no", "label": _COMPLETE, "question": _COMPLETE})
        fields = {name: _claims_field(yes) for name in vocabulary.lists(of) if used(name)}
        return {
            "complete": (
                create_model("Complete", __base__=Strict, **{**_DEFAULTS, **fields}) | None,
                None,
            )
        }

    incident = group_model(
        "incident",
        groups["incident"],
        {
            "id": (Text, ...),
            "title": (Text | None, None),
            "summary": (Text | None, None),
            "attributed_to": attributed,
            **blocks("incident"),
            **lists("incident"),
            **complete("incident"),
        },
    )
    party = group_model("party", groups["party"], {"name": (Text, ...)})
    return create_model(
        "Case",
        __base__=Strict,
        case=(Text, ...),
        title=(Text, ...),
        summary=(Text | None, None),
        standard=(StandardName, ...),
        sources=(dict[str, Source], Field(default_factory=dict)),
        parties=(dict[str, party], Field(default_factory=dict)),  # type: ignore[valid-type]
        incidents=(list[incident], Field(default_factory=list)),  # type: ignore[valid-type]
        assessments=(list[Assessment], Field(default_factory=list)),
        expect=(Expect | None, None),
        **blocks("case"),
        **lists("case", skip="incidents"),
        **complete("case"),
    )


_COMPLETE = {"en": "Complete: there is no entry beyond those listed", "ar": "القائمة كاملة"}


def case_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a case file."""
    schema = case_model(vocabulary).model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "A lieber case file",
    }
