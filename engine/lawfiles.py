"""Reads the folder `law/` into a Law, and reports every mistake in it at once."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engine.applies import LEVELS
from engine.conditions import Concept
from engine.contradictions import contradictions
from engine.errors import InputError, Place, Problem, nearest
from engine.law import Alternative, DisputedReading, Instrument, Law, Provision, Verified
from engine.lawmodels import ConceptText, ElementText, FileText, ReadingText, TreatyText
from engine.loader import Document, Path_, read_file
from engine.parse import ConditionParser, Scopes
from engine.provisions import ProvisionReader
from engine.resources import law_paths
from engine.treaties import TreatyReader
from engine.vocabulary import Words, model_problems, read_vocabulary

VOCABULARY = "law/vocabulary.yaml"
VERSION = "0.1.0"


def read_law(folder: Path, chosen: Mapping[str, str] | None = None) -> Law:
    """Read every YAML file below `folder`; raises InputError with every mistake found.

    `chosen` names for disputed questions the alternative by which to read the law.
    """
    paths = law_paths(folder)
    return law_from({name: read_file(path, name) for name, path in paths.items()}, chosen)


def law_from(documents: Mapping[str, Document], chosen: Mapping[str, str] | None = None) -> Law:
    """Build a law from documents by name; raises InputError with every mistake found."""
    if VOCABULARY not in documents:
        raise InputError(
            [Problem(Place("law"), "there is no `vocabulary.yaml`", "name the folder of the law")]
        )
    return _Reader(documents, chosen or {}).read()


def digest_of(texts: Mapping[str, str]) -> str:
    """A name for the content of the law: the SHA-256 over names and texts of its files."""
    total = hashlib.sha256()
    for name in sorted(texts):
        data = texts[name].encode()
        total.update(f"{name}\0{len(data)}\0".encode())
        total.update(data)
    return f"sha256:{total.hexdigest()}"


class _Reader:
    def __init__(self, documents: Mapping[str, Document], chosen: Mapping[str, str]) -> None:
        self.given = documents
        self.chosen = chosen
        self.problems: list[Problem] = []
        self.defined: dict[tuple[str, str], Place] = {}
        self.documents: list[tuple[Document, FileText]] = []
        self.concepts: dict[str, tuple[ConceptText, Document]] = {}
        self.ready: dict[str, tuple[Concept, str] | None] = {}
        self.reading: list[str] = []
        self.shared: dict[str, tuple[list[ElementText], Document, Path_]] = {}
        self.bases: dict[str, Mapping[str, Any]] = {}
        self.instruments: dict[str, Instrument] = {}
        self.provisions: dict[str, Provision] = {}
        self.readings: dict[str, DisputedReading] = {}
        self.status: dict[str, tuple[TreatyText, Document]] = {}
        self.survivors: dict[str, str] = {}
        self.status_as_of: date | None = None
        self.state_names: dict[str, Words] = {}

    def read(self) -> Law:
        self.vocabulary = read_vocabulary(self.given[VOCABULARY])
        for name, document in self.given.items():
            if name != VOCABULARY:
                self._file(document)
        chosen = self._chosen()
        self.vocabulary = replace(self.vocabulary, countries=self.state_names)
        self.parser = ConditionParser(
            self.vocabulary,
            self._concept,
            lambda: list(self.concepts),
            lambda treaty, fact, scopes: treaties.binds(treaty, fact, scopes),
            lambda: list(self.status),
            {n: (tuple(r.alternatives), chosen[n]) for n, r in self.readings.items()},
        )
        treaties = TreatyReader(self.parser, self._wrong, self.status_as_of)
        treaties.read(self.status, self.instruments)
        for name in self.concepts:
            self._concept(name)
        reader = ProvisionReader(
            self.parser, self._wrong, self.instruments, self.shared, self.bases
        )
        for document, file in self.documents:
            for n, provision in enumerate(file.provisions):
                for made in reader.read(provision, document, ("provisions", n)):
                    self._once(made.key, "provision", made.place)
                    self.provisions[made.key] = made
        self._references()
        for made in self.provisions.values():
            self.problems += contradictions(made)
        self.problems += self.parser.problems
        if self.problems:
            raise InputError(self.problems)
        digest = digest_of({name: document.text for name, document in self.given.items()})
        concepts = {n: found[0] for n in self.concepts if (found := self.ready.get(n))}
        return Law(
            self.vocabulary, self.instruments, self.provisions, VERSION, digest, concepts,
            treaties.treaties, self.readings, chosen, tuple(self.parser.unchosen),
            self.status_as_of, self.survivors,
        )  # fmt: skip

    def _wrong(self, place: Place, message: str, hint: str = "", code: str = "law") -> None:
        self.problems.append(Problem(place, message, hint, code))

    def _file(self, document: Document) -> None:
        self.problems += document.problems
        if document.data is None:
            return
        try:
            file = FileText.model_validate(document.data)
        except ValidationError as error:
            self.problems += model_problems(error, document)
            return
        self.documents.append((document, file))
        for name, concept in file.concepts.items():
            self._once(name, "concept", document.place(("concepts", name), key=True))
            self.concepts[name] = (concept, document)
        for name, elements in file.shared_elements.items():
            self._once(name, "shared elements", document.place(("shared_elements", name), key=True))
            self.shared[name] = (elements, document, ("shared_elements", name))
        for name, base in file.example_bases.items():
            self._once(name, "example base", document.place(("example_bases", name), key=True))
            self.bases[name] = base
        for name, instrument in file.instruments.items():
            place = document.place(("instruments", name), key=True)
            self._once(name, "instrument", place)
            self.instruments[name] = Instrument(
                name, instrument.title, instrument.cite, instrument.kind, instrument.source, place,
                instrument.bound_by,
            )  # fmt: skip
        for name, reading in file.readings.items():
            place = document.place(("readings", name), key=True)
            self._once(name, "reading", place)
            self._reading(name, reading, place)
        self.survivors.update(file.survivors)
        self.state_names.update(file.state_names)
        if file.status_as_of:
            self._once("status_as_of", "day", document.place(("status_as_of",), key=True))
            self.status_as_of = file.status_as_of
        for name, treaty in file.status.items():
            self._once(name, "status", document.place(("status", name), key=True))
            self.status[name] = (treaty, document)

    def _reading(self, name: str, given: ReadingText, place: Place) -> None:
        if given.default not in given.alternatives:
            hint = nearest(given.default, given.alternatives)
            self._wrong(place, f"the default `{given.default}` is not an alternative", hint)
        self.readings[name] = DisputedReading(
            name,
            given.question,
            given.default,
            {n: Alternative(a.says, tuple(a.held_by)) for n, a in given.alternatives.items()},
            Verified(given.verified.against, given.verified.on),
            place,
        )

    def _chosen(self) -> dict[str, str]:
        """The alternative by which each question is read: the one asked for, else the default."""
        return {n: self.chosen.get(n, r.default) for n, r in self.readings.items()}

    def _once(self, name: str, kind: str, place: Place) -> None:
        """Two definitions of one name contradict each other: neither wins by file order."""
        first = self.defined.setdefault((kind, name), place)
        if first is not place:
            hint = f"the first is at {first}; keep one"
            self._wrong(place, f"the {kind} `{name}` is defined twice", hint, "duplicate")

    def _concept(self, name: str) -> tuple[Concept, str] | None:
        if name in self.ready:
            return self.ready[name]
        if name not in self.concepts:
            return None
        concept, document = self.concepts[name]
        path: Path_ = ("concepts", name, "when")
        place = document.place(("concepts", name), key=True)
        if name in self.reading:
            chain = " -> ".join(f"`{n}`" for n in [*self.reading[self.reading.index(name) :], name])
            self._wrong(
                place,
                f"the concept `{name}` is defined by itself: {chain}",
                "break the circle",
                "cycle",
            )
            return None
        self.reading.append(name)
        result: tuple[Concept, str] | None = None
        scopes = self._scopes_of(concept.about)
        if scopes is None:
            known = [*LEVELS["incident"], *(n for n, g in self.vocabulary.groups.items() if g.list)]
            self._wrong(
                document.place(("concepts", name, "about")),
                f"`{concept.about}` is not a scope",
                nearest(concept.about, known),
            )
        else:
            definition = self.parser.parse(document, path, scopes)
            if definition:
                at = document.place(path)
                result = (Concept(name, definition, concept.label, place=at), concept.about)
        self.reading.pop()
        self.ready[name] = result
        return result

    def _scopes_of(self, about: str) -> Scopes | None:
        if about == "case":
            return ("case",)
        if about == "incident":
            return ("case", "incident")
        group = self.vocabulary.groups.get(about)
        if group is None or not group.list:
            return None
        outer = "incident" if "incident" in group.of else "case"
        return (*(self._scopes_of(outer) or ()), about)

    def _references(self) -> None:
        ids = {p.id for p in self.provisions.values()}
        for provision in self.provisions.values():
            for name in ("twin", "instead", "related", "custom"):
                for other in getattr(provision, name):
                    if other not in ids:
                        self._wrong(
                            provision.place,
                            f"`{provision.id}`: `{name}` names `{other}`, which is not there",
                            nearest(other, ids),
                        )
