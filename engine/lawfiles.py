"""Reads the folder `law/` into a Law, and reports every mistake in it at once."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engine.applies import LEVELS, LimitReader
from engine.conditions import Concept
from engine.contradictions import contradictions
from engine.errors import InputError, Place, Problem, nearest
from engine.law import (
    Element,
    Example,
    ExceptionRule,
    Instrument,
    Law,
    Provision,
    Verified,
)
from engine.lawmodels import (
    ConceptText,
    ElementText,
    ExampleText,
    FileText,
    ProvisionText,
    VariantText,
)
from engine.loader import Document, Path_, read_file
from engine.parse import ConditionParser, Scopes
from engine.vocabulary import model_problems, read_vocabulary

VOCABULARY = "law/vocabulary.yaml"
VERSION = "0.1.0"


def read_law(folder: Path) -> Law:
    """Read every YAML file below `folder`; raises InputError with every mistake found."""
    paths = sorted(folder.rglob("*.yaml"))
    names = {f"law/{path.relative_to(folder).as_posix()}": path for path in paths}
    return law_from({name: read_file(path, name) for name, path in names.items()})


def law_from(documents: Mapping[str, Document]) -> Law:
    """Build a law from documents by name; raises InputError with every mistake found."""
    if VOCABULARY not in documents:
        raise InputError(
            [Problem(Place("law"), "there is no `vocabulary.yaml`", "name the folder of the law")]
        )
    return _Reader(documents).read()


def laid_over(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` laid over `base`: mappings merge, lists and values replace, None removes."""
    merged = dict(base)
    for key, value in over.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = laid_over(merged[key], value)
        else:
            merged[key] = value
    return merged


def digest_of(texts: Mapping[str, str]) -> str:
    """A name for the content of the law: the SHA-256 over names and texts of its files."""
    total = hashlib.sha256()
    for name in sorted(texts):
        data = texts[name].encode()
        total.update(f"{name}\0{len(data)}\0".encode())
        total.update(data)
    return f"sha256:{total.hexdigest()}"


class _Reader:
    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.given = documents
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

    def read(self) -> Law:
        self.vocabulary = read_vocabulary(self.given[VOCABULARY])
        self.parser = ConditionParser(self.vocabulary, self._concept, lambda: list(self.concepts))
        self.limits = LimitReader(self.parser, self._wrong)
        for name, document in self.given.items():
            if name != VOCABULARY:
                self._file(document)
        for name in self.concepts:
            self._concept(name)
        for document, file in self.documents:
            for n, provision in enumerate(file.provisions):
                self._provision(provision, document, ("provisions", n))
        self._references()
        for made in self.provisions.values():
            self.problems += contradictions(made)
        self.problems += self.parser.problems
        if self.problems:
            raise InputError(self.problems)
        digest = digest_of({name: document.text for name, document in self.given.items()})
        concepts = {n: found[0] for n in self.concepts if (found := self.ready.get(n))}
        return Law(self.vocabulary, self.instruments, self.provisions, VERSION, digest, concepts)

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
                name, instrument.title, instrument.cite, instrument.kind, instrument.source, place
            )

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

    def _provision(self, given: ProvisionText, document: Document, path: Path_) -> None:
        place = document.place((*path, "id"))
        instrument = self.instruments.get(given.id.split("/")[0])
        if instrument is None:
            self._wrong(
                place,
                f"`{given.id}` belongs to no known instrument",
                nearest(given.id.split("/")[0], self.instruments),
            )
            return
        if given.kind != "definition" and not given.applies:
            self._wrong(place, f"`{given.id}` does not say when it applies", "add `applies`")
            return
        if given.kind != "definition" and bool(given.elements) == bool(given.variants):
            self._wrong(
                place, f"`{given.id}` needs either `elements` or `variants`", "add one of them"
            )
            return
        if given.variants:
            for variant_id, variant in given.variants.items():
                where = (*path, "variants", variant_id)
                self._add(given, variant_id, variant, instrument, document, path, where)
        else:
            self._add(given, None, given, instrument, document, path, path)

    def _add(
        self,
        given: ProvisionText,
        variant_id: str | None,
        content: ProvisionText | VariantText,
        instrument: Instrument,
        document: Document,
        path: Path_,
        where: Path_,
    ) -> None:
        scopes = LEVELS[given.level]
        elements = self._elements(content.elements, document, (*where, "elements"), scopes)
        exceptions = []
        for n, exception in enumerate(given.exceptions):
            at = (*path, "exceptions", n)
            if condition := self.parser.parse(document, (*at, "when"), scopes):
                exceptions.append(
                    ExceptionRule(
                        exception.id,
                        exception.shown,
                        condition,
                        exception.authority,
                        document.place(at),
                    )
                )
        conflict = (given.applies.conflict if given.applies else None) or []
        provision = Provision(
            id=given.id,
            variant=variant_id,
            instrument=instrument,
            cite=given.cite,
            title=given.title if variant_id is None else content.title,
            kind=given.kind,
            level=given.level,
            says=given.says,
            branch=frozenset(conflict),
            limits=self.limits.read(given, document, (*path, "applies")),
            elements=tuple(elements),
            exceptions=tuple(exceptions),
            twin=tuple(given.twin),
            instead=tuple(given.instead),
            related=tuple(given.related),
            notes=tuple(given.notes),
            objections=tuple(given.objections),
            addressees=given.addressees,
            verb=given.verb,
            sources=tuple(given.sources),
            verified=Verified(given.verified.against, given.verified.on),
            examples=tuple(
                self._example(example, document, (*where, "examples", n))
                for n, example in enumerate(content.examples)
            ),
            place=document.place((*path, "id")),
        )
        self._once(provision.key, "provision", provision.place)
        self.provisions[provision.key] = provision

    def _example(self, given: ExampleText, document: Document, path: Path_) -> Example:
        base: Mapping[str, Any] = {}
        if given.base is not None and given.base not in self.bases:
            place = document.place((*path, "from"))
            self._wrong(
                place, f"no example base is called `{given.base}`", nearest(given.base, self.bases)
            )
        elif given.base is not None:
            base = self.bases[given.base]
        return Example(given.name, laid_over(base, given.facts), given.status, document.place(path))

    def _elements(
        self, given: list[ElementText | str], document: Document, path: Path_, scopes: Scopes
    ) -> list[Element]:
        elements: list[Element] = []
        for n, element in enumerate(given):
            if isinstance(element, str):
                if element not in self.shared:
                    self._wrong(
                        document.place((*path, n)),
                        f"no shared elements are called `{element}`",
                        nearest(element, self.shared),
                    )
                    continue
                shared, home, at = self.shared[element]
                elements += self._elements(list(shared), home, at, scopes)
            elif condition := self.parser.parse(document, (*path, n, "when"), scopes):
                place = document.place((*path, n))
                elements.append(
                    Element(
                        element.id, element.role, element.shown, condition, element.authority, place
                    )
                )
        for n, made in enumerate(elements):
            if made.id in [e.id for e in elements[:n]]:
                self._wrong(
                    made.place, f"two elements are called `{made.id}`", "rename one", "duplicate"
                )
        return elements

    def _references(self) -> None:
        ids = {p.id for p in self.provisions.values()}
        for provision in self.provisions.values():
            for name in ("twin", "instead", "related"):
                for other in getattr(provision, name):
                    if other not in ids:
                        self._wrong(
                            provision.place,
                            f"`{provision.id}`: `{name}` names `{other}`, which is not there",
                            nearest(other, ids),
                        )
