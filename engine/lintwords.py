"""Faults in what a law says: what is untranslated or misphrased, what cites or verifies nothing."""

import re
from collections.abc import Iterable, Iterator

from engine.errors import Place, Problem
from engine.law import Element, ExceptionRule, Law, Provision, Verified
from engine.vocabulary import Words

ARABIC = re.compile("[\u0621-\u064a]")
THAT = ("أن ", "أنّ ", "أنَّ ", "إن ", "إنّ ", "بأن ", "بأنّ ")
"""How no Arabic clause begins: it follows this word and does not bring it along."""


def wording(law: Law) -> Iterator[Problem]:
    """Every fault in the texts of the law, and in what is said of their verification."""
    for check in (_vocabulary, _titles, _clauses, _verified):
        yield from check(law)


def fault(place: Place, message: str, hint: str = "") -> Problem:
    """A problem that `law lint` found."""
    return Problem(place, message, hint, "lint")


def parts_of(provision: Provision) -> tuple[Element | ExceptionRule, ...]:
    """The elements and exceptions of a provision."""
    return (*provision.elements, *provision.exceptions)


def _vocabulary(law: Law) -> Iterator[Problem]:
    for fact_id, fact in law.vocabulary.facts.items():
        place = law.vocabulary.places[fact_id]
        texts = {
            "label": fact.label,
            "question": fact.question,
            "help": fact.help,
            "proof": fact.proof,
        }
        yield from translated(place, f"the fact `{fact_id}`", texts.items())
        values = ((f"value {name}", text) for name, text in fact.values.items())
        yield from translated(place, f"the fact `{fact_id}`", values)
    for question, judgement in law.vocabulary.judgements.items():
        texts = {
            "label": judgement.label,
            "question": judgement.question,
            "help": judgement.help,
            "proof": judgement.proof,
        }
        place = Place("law/vocabulary.yaml")
        yield from translated(place, f"the judgement `{question}`", texts.items())


def _titles(law: Law) -> Iterator[Problem]:
    for instrument in law.instruments.values():
        yield from translated(instrument.place, f"`{instrument.id}`", [("title", instrument.title)])
    for provision in law.provisions.values():
        texts: list[tuple[str, Words | None]] = [("title", provision.title)]
        texts += [("obstacle", obstacle) for obstacle in provision.obstacles]
        if provision.in_armed_conflict:
            texts.append(("in_armed_conflict", provision.in_armed_conflict))
        texts += [("party_says", limit.shown) for limit in provision.limits if limit.id == "party"]
        yield from translated(provision.place, f"`{provision.key}`", texts)


def translated(
    place: Place, what: str, texts: Iterable[tuple[str, Words | None]]
) -> Iterator[Problem]:
    """The texts that are missing in English or in Arabic; `what` names what they belong to."""
    for name, text in texts:
        if text is None or not text.en:
            yield fault(place, f"{what} has no `{name}`", "write it in English and Arabic")
        elif not text.ar:
            yield fault(place, f"{what}: `{name}` is not translated into Arabic")
        elif not ARABIC.search(text.ar) or ARABIC.search(text.en):
            yield fault(place, f"{what}: `{name}` is in the wrong language")


def _clauses(law: Law) -> Iterator[Problem]:
    for provision in law.provisions.values():
        for part in parts_of(provision):
            what = f"`{provision.id}`, `{part.id}`"
            texts = {"shown": part.shown, "refuted": part.refuted}
            yield from translated(part.place, what, texts.items())
            for name, text in texts.items():
                first = text.en.split()[0] if text.en.split() else ""
                # A name or an initialism may come first ("UN", "Palestine"); a sentence may not.
                if text.en.endswith(".") or text.ar.endswith("."):
                    yield fault(part.place, f"{what}: `{name}` ends with a full stop")
                if first in ("The", "A", "An", "There", "It", "They", "No"):
                    yield fault(part.place, f"{what}: `{name}` begins with a capital")
                if text.ar.startswith(THAT):
                    hint = "begin with the noun that follows it"
                    yield fault(part.place, f"{what}: the Arabic of `{name}` brings أنّ along", hint)
            if part.shown.en and part.shown.en == part.refuted.en:
                yield fault(part.place, f"{what}: `refuted` says the same as `shown`")


def _verified(law: Law) -> Iterator[Problem]:
    def marked(mark: Verified, place: Place, what: str) -> Iterator[Problem]:
        if mark.against and not mark.on:
            yield fault(place, f"{what} is marked verified, but not when", "add `on`")
        if mark.on and not mark.against:
            yield fault(place, f"{what} is marked verified, but not against what", "add `against`")

    for provision in law.provisions.values():
        what = f"`{provision.key}`"
        yield from marked(provision.verified, provision.place, what)
        if not provision.sources:
            yield fault(provision.place, f"{what} names no source", "add `sources`")
        for part in parts_of(provision):
            yield from marked(part.verified, part.place, f"{what}, `{part.id}`")
            if not part.authority:
                yield fault(part.place, f"{what}, `{part.id}` cites no authority")
    for treaty in law.treaties.values():
        for row in treaty.states.values():
            yield from marked(row.verified, row.place, f"`{treaty.id}`, {row.state}")
