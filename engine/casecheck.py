"""What is wrong with a case file, in the words of the one who wrote it."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from engine.errors import Problem, nearest
from engine.loader import Document, Path_
from engine.models import Assessment, Attribution, Source
from engine.vocabulary import Vocabulary


def apart(read: list[Problem], modelled: list[Problem]) -> list[Problem]:
    """One mistake, one message: what could not be read is not also of the wrong type."""
    unread = {problem.place for problem in read}
    return [problem for problem in modelled if problem.place not in unread]


def _real_path(data: Any, loc: tuple[str | int, ...]) -> Path_:
    """The path in the file for a path in the model, where bare values became lists of claims."""
    path: list[str | int] = []
    for step in loc:
        if isinstance(data, dict) and isinstance(step, str):
            if step not in data and step == "value":
                continue
            path.append(step)
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            path.append(step)
            data = data[step] if step < len(data) else None
    return tuple(path)


def model_problems(
    error: ValidationError, document: Document, vocabulary: Vocabulary
) -> Iterator[Problem]:
    for item in error.errors(include_url=False):
        loc = tuple(item["loc"])
        path = _real_path(document.data, loc)
        key = str(loc[-1])
        kind = item["type"]
        if kind == "lieber":
            context = item["ctx"]
            yield Problem(document.place(path), context["message"], context["hint"], "value")
        elif kind == "extra_forbidden":
            hint = nearest(key, _known_keys(document.data, path, vocabulary)) or "remove it"
            yield Problem(
                document.place(path, key=True), f"unknown key `{key}`", hint, "unknown_key"
            )
        elif kind == "missing":
            where = f" in `{loc[-2]}`" if len(loc) > 1 and isinstance(loc[-2], str) else ""
            yield Problem(
                document.place(path[:-1] if path[-1:] == (key,) else path),
                f"`{key}` is missing{where}",
                "add it",
                "missing",
            )
        elif kind == "literal_error":
            expected = str(item["ctx"]["expected"]).replace(" or ", ", ").replace("'", "")
            hint = nearest(str(item["input"]), expected.split(", "))
            yield Problem(
                document.place(path), f"`{item['input']}` is not known as `{key}`", hint, "value"
            )
        else:
            what = "this entry" if isinstance(loc[-1], int) else f"`{key}`"
            yield Problem(
                document.place(path), f"{what} {_wanted(kind)}", "see `lieber schema`", "type"
            )


def _wanted(kind: str) -> str:
    wants = {
        "list_type": "should be a list: one entry per line, each beginning with `- `",
        "dict_type": "should be a block of `key: value` lines",
        "model_type": "should be a block of `key: value` lines",
        "model_attributes_type": "should be a block of `key: value` lines",
        "bool_type": "should be true or false",
        "bool_parsing": "should be true or false",
    }
    return wants.get(kind, "is not written as a case file writes it")


def _known_keys(data: Any, path: Path_, vocabulary: Vocabulary) -> list[str]:
    """The keys that could stand where the unknown key at `path` stands."""
    names = [step for step in path[:-1] if isinstance(step, str)]
    common = ["sources", "standard", "note"]
    items = {g.list: n for n, g in vocabulary.groups.items() if g.list}
    for name in reversed(names):
        group = items.get(name, name if name in vocabulary.groups else None)
        if name == "sources":
            return list(Source.model_fields)
        if name == "attributed_to":
            return list(Attribution.model_fields)
        if name == "assessments":
            return list(Assessment.model_fields)
        if name == "parties":
            group = "party"
        if group:
            facts = list(vocabulary.groups[group].facts)
            extra = {
                "incident": ["id", "title", "summary", "attributed_to", "complete"],
                "party": ["name"],
            }
            inner = (
                vocabulary.blocks(group) + list(vocabulary.lists(group))
                if group == "incident"
                else []
            )
            return [*facts, *extra.get(group, []), *inner, *common]
    top = [
        "case",
        "title",
        "summary",
        "standard",
        "sources",
        "parties",
        "assessments",
        "expect",
        "complete",
    ]
    return [*top, *vocabulary.blocks("case"), *vocabulary.lists("case")]


def reference_problems(document: Document, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Sources, parties, incidents and questions that are named but not defined."""
    data = document.data

    def table(name: str) -> list[str]:
        found = data.get(name)
        return [str(k) for k in found] if isinstance(found, dict) else []

    sources, parties = table("sources"), table("parties")
    listed = data.get("incidents")
    incidents = (
        [i["id"] for i in listed if isinstance(i, dict) and isinstance(i.get("id"), str)]
        if isinstance(listed, list)
        else []
    )
    for n, incident in enumerate(incidents):
        if incident in incidents[:n]:
            yield Problem(
                document.place(("incidents", n, "id")),
                f"two incidents are called `{incident}`",
                "rename one",
                "duplicate",
            )
    for path, value in _leaves(data, ()):
        names = [step for step in path if isinstance(step, str)]
        if names[:1] == ["expect"] or not isinstance(value, str):
            continue
        key = names[-1] if names else ""
        if (
            key == "sources"
            and len(path) > 1
            and path != ("sources",)
            and isinstance(path[-1], int)
        ):
            yield from _undefined(document, path, value, sources, "source", "sources")
        elif key == "party" and path[:1] != ("parties",):
            yield from _undefined(document, path, value, parties, "party", "parties")
        elif path[:1] == ("assessments",) and key == "incident":
            yield from _undefined(document, path, value, incidents, "incident", "incidents")
        elif path[:1] == ("assessments",) and key == "question":
            yield from _undefined(
                document, path, value, list(vocabulary.judgements), "question", "the vocabulary"
            )


def _undefined(
    document: Document, path: Path_, name: str, known: list[str], what: str, where: str
) -> Iterator[Problem]:
    if name not in known:
        hint = nearest(name, known) or f"define it under `{where}`"
        yield Problem(document.place(path), f"no {what} is called `{name}`", hint, "reference")


def _leaves(data: Any, path: Path_) -> Iterator[tuple[Path_, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from _leaves(value, (*path, n))
    else:
        yield path, data
