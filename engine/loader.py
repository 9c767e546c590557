"""Strict YAML with a place for every key and value.

Files come from strangers, so: no tags, no anchors or aliases, bounded size and depth, no
duplicate keys, and nothing is silently turned into something else: dates and ids stay text,
`no` stays the text `no`, and a number with a point is refused rather than rounded.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from engine.errors import InputError, Place, Problem

MAX_BYTES = 8_000_000
MAX_DEPTH = 60

Path_ = tuple[str | int, ...]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
# Control characters, and the marks that reverse the order of what is shown. Newline and tab may be.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]")
_NUMBER_LIKE = re.compile(r"[-+]?([0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F]+)\Z")


@dataclass
class Document:
    """A file as data, with the place of every value and of every key, by path."""

    file: str
    text: str = ""
    data: Any = None
    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def at(self, path: Path_) -> Any:
        """The data at `path`, which must be there."""
        data = self.data
        for step in path:
            data = data[step]
        return data

    def place(self, path: Path_ = (), key: bool = False) -> Place:
        """The place of the value (or the key) at `path`, or of the nearest thing above it."""
        for end in range(len(path), -1, -1):
            for table in (self.keys, self.values) if key else (self.values, self.keys):
                if path[:end] in table:
                    return Place(self.file, *table[path[:end]])
        return Place(self.file)


def read_file(path: Path, name: str | None = None) -> Document:
    """Read one YAML file. Never raises for a bad file: see `Document.problems`."""
    shown = name or str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            return _refused(shown, f"the file is larger than {MAX_BYTES // 1_000_000} MB", "split")
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        return _refused(shown, f"cannot read `{path}`: {reason}", "check the path")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        problem = Problem(
            Place(shown, line, column),
            "the file is not UTF-8 text",
            "save it as UTF-8",
            "encoding",
        )
        return Document(shown, problems=[problem])
    return read_text(text, shown)


def read_text(text: str, name: str) -> Document:
    """Read YAML text; `name` is how messages call it."""
    document = Document(name, text)
    try:
        _Builder(text, document).build()
    except _Refused as refused:
        place = Place(name, *_at(refused.event))
        document.problems.append(Problem(place, str(refused), "write it more simply", "yaml"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        what = (error.problem or "it cannot be read").lower()
        document.problems.append(
            Problem(
                place,
                f"this is not valid YAML: {what}",
                "check indentation, quotes and colons",
                "yaml",
            )
        )
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        place = Place(name, before.count("\n") + 1, error.position - before.rfind("\n"))
        document.problems.append(
            Problem(place, "the file has a character that text cannot contain", "remove it", "yaml")
        )
    return document


def load(path: Path, name: str | None = None) -> Document:
    """Read one YAML file that must be right; raises InputError with every mistake otherwise."""
    document = read_file(path, name)
    if document.problems:
        raise InputError(document.problems)
    return document


def _refused(name: str, message: str, hint: str) -> Document:
    hint = "split it into several files" if hint == "split" else hint
    return Document(name, problems=[Problem(Place(name), message, hint, "file")])


class _Refused(Exception):
    """The text is refused outright, at this event."""

    def __init__(self, problem: str, event: Any) -> None:
        super().__init__(problem)
        self.event = event


def _at(event: Any) -> tuple[int, int]:
    """Line and column of an event, counted from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1


class _Builder:
    """Builds data from the parser's events, so that depth and aliases are refused in passing."""

    def __init__(self, text: str, document: Document) -> None:
        self.events = yaml.parse(text, Loader=_Loader)
        self.document = document

    def build(self) -> None:
        event: Any = None
        seen = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    self._problem(event, "there is more than one document in the file", "keep one")
                    return
                seen = True
            elif not isinstance(
                event, yaml.StreamStartEvent | yaml.DocumentEndEvent | yaml.StreamEndEvent
            ):
                self.document.data = self._value(event, (), 0)

    def _problem(self, event: Any, message: str, hint: str, code: str = "yaml") -> None:
        place = Place(self.document.file, *_at(event))
        self.document.problems.append(Problem(place, message, hint, code))

    def _value(self, event: Any, path: Path_, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise _Refused("it is nested too deeply", event)
        self.document.values[path] = _at(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._problem(
                event, "anchors and aliases (`&`, `*`) are not read", "write the value out"
            )
        if getattr(event, "tag", None) not in (None, "!"):
            self._problem(event, f"the tag `{event.tag}` is not read", "remove it")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._scalar(event) if isinstance(event, yaml.ScalarEvent) else None

    def _sequence(self, path: Path_, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, path: Path_, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused("a key must be plain text", event)
            key, at = event.value, _at(event)
            if _CONTROL.search(key):
                raise _Refused("a key has a control character", event)
            if not event.style and _NUMBER_LIKE.match(key):
                self._problem(event, f"the key `{key}` is not quoted", f'write "{key}"', "unquoted")
            if key in data:
                first = self.document.keys[(*path, key)]
                self._problem(
                    event,
                    f"the key `{key}` stands twice",
                    f"it stands first in line {first[0]}; keep one",
                    "duplicate",
                )
            self.document.keys.setdefault((*path, key), at)
            value = self._value(next(self.events), (*path, key), depth + 1)
            data.setdefault(key, value)
        return data

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if _CONTROL.search(text):
            hint = "remove it; such characters can rewrite what a terminal shows"
            self._problem(event, "this text has a control character", hint, "control")
        if event.style:  # quoted or a block of text; plain is None, or '' from the C parser
            return text
        if text in ("true", "false"):
            return text == "true"
        if text in ("", "null", "~"):
            return None
        if _INTEGER.match(text) and len(text) < 16:
            return int(text)
        if _NUMBER_LIKE.match(text):
            hint = f'write "{text}" if it is an id; facts take whole numbers only'
            self._problem(
                event, f"`{text}` is not quoted and would be read as a number", hint, "unquoted"
            )
        return text
