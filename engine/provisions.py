"""Provisions as law files write them, read into the law: one entry, or one for each variant."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.applies import LEVELS, LimitReader
from engine.errors import Place, nearest
from engine.law import (
    CONDUCT,
    Concerns,
    Element,
    Example,
    ExceptionRule,
    Instrument,
    Provision,
    Verified,
)
from engine.lawmodels import (
    ConcernsText,
    ElementText,
    ExampleText,
    ExceptionText,
    ProvisionText,
    VariantText,
    VerifiedText,
)
from engine.loader import Document, Path_
from engine.parse import ConditionParser, Scopes
from engine.truth import STANDARDS
from engine.vocabulary import Words

Shared = Mapping[str, tuple[list[ElementText], Document, Path_]]
"""Elements that a family of provisions shares: by name, with where they are written."""


class ProvisionReader:
    """Reads provisions; what is wrong goes to `wrong(place, message, hint, code)`."""

    def __init__(
        self,
        parser: ConditionParser,
        wrong: Callable[..., None],
        instruments: Mapping[str, Instrument],
        shared: Shared,
        bases: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self.parser = parser
        self.limits = LimitReader(parser, wrong)
        self.wrong = wrong
        self.instruments = instruments
        self.shared = shared
        self.bases = bases

    def read(self, given: ProvisionText, document: Document, path: Path_) -> list[Provision]:
        """The provision at `path`, as one or as several variants; empty if it is wrong."""
        place = document.place((*path, "id"))
        instrument = self.instruments.get(given.id.split("/")[0])
        if instrument is None:
            hint = nearest(given.id.split("/")[0], self.instruments)
            self.wrong(place, f"`{given.id}` belongs to no known instrument", hint)
            return []
        judged = given.kind in CONDUCT or given.kind == "forum"
        if judged and not given.applies:
            self.wrong(place, f"`{given.id}` does not say when it applies", "add `applies`")
            return []
        if judged and bool(given.elements) == bool(given.variants):
            self.wrong(
                place, f"`{given.id}` needs either `elements` or `variants`", "add one of them"
            )
            return []
        if not judged and given.kind != "definition" and (given.elements or given.variants):
            self.wrong(place, f"a `{given.kind}` has no elements", "remove them, or change `kind`")
            return []
        if not given.variants:
            return [self._one(given, None, given, instrument, document, path, path)]
        return [
            self._one(given, name, v, instrument, document, path, (*path, "variants", name))
            for name, v in given.variants.items()
        ]

    def _one(
        self,
        given: ProvisionText,
        variant_id: str | None,
        content: ProvisionText | VariantText,
        instrument: Instrument,
        document: Document,
        path: Path_,
        where: Path_,
    ) -> Provision:
        scopes = LEVELS[given.level]
        verified = _verified(given.verified)
        conflict = (given.applies.conflict if given.applies else None) or []
        return Provision(
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
            elements=tuple(
                self._elements(content.elements, document, (*where, "elements"), scopes, verified)
            ),
            exceptions=tuple(self._exceptions(given, document, path, scopes, verified)),
            twin=tuple(given.twin),
            instead=tuple(given.instead),
            related=tuple(given.related),
            custom=tuple(given.custom),
            bound_by=given.bound_by or instrument.bound_by or instrument.id,
            concerns=_concerns(given.concerns),
            obstacles=tuple(given.obstacles),
            in_armed_conflict=given.in_armed_conflict,
            notes=tuple(given.notes),
            objections=tuple(given.objections),
            addressees=given.addressees,
            verb=given.verb,
            sources=tuple(given.sources),
            verified=verified,
            examples=tuple(
                self._example(example, document, (*where, "examples", n))
                for n, example in enumerate(content.examples)
            ),
            place=document.place((*path, "id")),
        )

    def _exceptions(
        self,
        given: ProvisionText,
        document: Document,
        path: Path_,
        scopes: Scopes,
        verified: Verified,
    ) -> list[ExceptionRule]:
        found = []
        for n, exception in enumerate(given.exceptions):
            at = (*path, "exceptions", n)
            if condition := self.parser.parse(document, (*at, "when"), scopes):
                words = _words(exception)
                own = _verified(exception.verified) if exception.verified else verified
                found.append(
                    ExceptionRule(
                        exception.id, *words, condition, exception.authority, own,
                        document.place(at),
                    )
                )  # fmt: skip
        return found

    def _example(self, given: ExampleText, document: Document, path: Path_) -> Example:
        base: Mapping[str, Any] = {}
        if given.base is not None and given.base not in self.bases:
            place = document.place((*path, "from"))
            self.wrong(
                place, f"no example base is called `{given.base}`", nearest(given.base, self.bases)
            )
        elif given.base is not None:
            base = self.bases[given.base]
        facts = laid_over(base, given.facts)
        standard = STANDARDS[given.standard]
        place = document.place(path)
        return Example(given.name, facts, given.status, place, given.reading, standard)

    def _elements(
        self,
        given: list[ElementText | str],
        document: Document,
        path: Path_,
        scopes: Scopes,
        verified: Verified,
    ) -> list[Element]:
        elements: list[Element] = []
        for n, element in enumerate(given):
            if isinstance(element, str):
                if element not in self.shared:
                    self.wrong(
                        document.place((*path, n)),
                        f"no shared elements are called `{element}`",
                        nearest(element, self.shared),
                    )
                    continue
                shared, home, at = self.shared[element]
                elements += self._elements(list(shared), home, at, scopes, verified)
            elif condition := self.parser.parse(document, (*path, n, "when"), scopes):
                own = _verified(element.verified) if element.verified else verified
                place: Place = document.place((*path, n))
                elements.append(
                    Element(
                        element.id, element.role, *_words(element), condition,
                        element.authority, own, place,
                    )
                )  # fmt: skip
        for n, made in enumerate(elements):
            if made.id in [e.id for e in elements[:n]]:
                self.wrong(
                    made.place, f"two elements are called `{made.id}`", "rename one", "duplicate"
                )
        return elements


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


def _words(given: ExceptionText) -> tuple[Words, Words]:
    return given.shown, given.refuted or Words(en="")


def _verified(given: VerifiedText) -> Verified:
    return Verified(given.against, given.on)


def _concerns(given: ConcernsText | None) -> Concerns | None:
    if given is None:
        return None
    lists = (given.kinds, given.instruments, given.provisions, given.but_not)
    return Concerns(*(tuple(names) for names in lists))
