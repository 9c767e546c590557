"""Pages about the law itself: the list, the table, and one provision as a lawyer would want it."""

from typing import Any

from engine import words
from engine.avenues import bearing
from engine.conditions import Concept, Condition, FactIs, Judged
from engine.dates import day
from engine.explain import describe
from engine.law import CONDUCT, Element, ExceptionRule, Law, Provision, Verified, by_number
from engine.layout import Line, paragraph
from engine.sentences import said
from engine.truth import Reading, Standard


def law_index(law: Law, instrument: str | None = None) -> list[dict[str, Any]]:
    """Every provision as data, once per id."""
    found: dict[str, dict[str, Any]] = {}
    for p in law.provisions.values():
        if instrument in (None, p.instrument.id):
            entry = found.setdefault(
                p.id,
                {
                    "id": p.id,
                    "cite": p.cite,
                    "title": {"en": p.title.en, "ar": p.title.ar},
                    "instrument": p.instrument.id,
                    "kind": p.kind,
                    "level": p.level,
                    "conflict": sorted(p.branch) or None,
                    "verified": p.verified.against or None,
                    "law": str(p.place),
                },
            )
            if p.variant:
                entry.setdefault("variants", {})[p.variant] = p.title.en
    order = list(law.instruments)
    return sorted(
        found.values(), key=lambda entry: (order.index(entry["instrument"]), by_number(entry["id"]))
    )


def law_table(law: Law, instrument: str | None = None) -> list[Line]:
    """The list for a terminal, grouped by instrument."""
    lines: list[Line] = []
    last = ""
    for entry in law_index(law, instrument):
        if entry["instrument"] != last:
            last = entry["instrument"]
            lines += [*([Line("")] if lines else []), Line(law.instruments[last].title.en, "bold")]
        conflict = "/".join(entry["conflict"] or ["any"])
        lines += paragraph(
            f"{entry['id']}  {entry['title']['en']} ({entry['kind']}; {conflict})", 2, 4
        )
    return lines


def law_page(law: Law, provision_id: str, words_too: bool = False) -> list[Line]:
    """One provision: heading, what must be shown, exceptions, twin, who is bound, sources.

    With `words_too`, also the sentences of a report on each element, in both languages.
    """
    variants = law.find(provision_id)
    first = variants[0]
    lines = paragraph(
        f"{first.id}  {first.title.en if first.variant is None else first.cite}",
        hanging=2,
        style="bold",
    )
    lines += [Line(f"  {first.title.ar}")] if first.variant is None else []
    lines += paragraph(f"{first.cite}; {first.instrument.cite} ({first.kind})", 2, 2)
    for block in {variant.place: variant for variant in variants}.values():
        lines += [Line(""), *paragraph(block.says, 2)]
        if block.verb or block.addressees:
            verb = f"Verb: {block.verb}. " if block.verb else ""
            lines += paragraph(f"{verb}Addressees: {block.addressees}.", 2)
    if first.in_armed_conflict:
        lines += [Line(""), Line("  In armed conflict", "bold")]
        lines += paragraph(first.in_armed_conflict.en, 4)
    if first.limits:
        lines += [Line(""), Line("  Applies", "bold")]
        for limit in first.limits:
            lines += paragraph(f"- {limit.id}: {limit.shown.en}", 4, 2)
    for variant in variants:
        lines += _elements(variant, law, words_too)
    exceptions = {e.place: e for variant in variants for e in variant.exceptions}
    if exceptions:
        lines += [Line(""), Line("  Exceptions", "bold")]
        for exception in exceptions.values():
            lines += paragraph(f"- {exception.shown.en} ({exception.authority})", 4, 2)
            lines += _condition(exception.condition, law, 4)
            lines += _sentences(exception, 6) if words_too else []
    if first.obstacles:
        lines += [Line(""), Line("  What stands in the way", "bold")]
        for obstacle in first.obstacles:
            lines += paragraph(f"- {obstacle.en}", 4, 2)
    lines += _binds(first, law)
    bearing_on = {kind: bearing(kind, variants, law) for kind in ("forum", "mode", "defence")}
    for heading, ids in (
        ("Twin", first.twin),
        ("If inapplicable, see", first.instead),
        ("Customary rules of the same content", first.custom),
        ("Related", first.related),
        ("Could be heard by", [p.id for p in bearing_on["forum"]]),
        ("Modes of liability", [p.id for p in bearing_on["mode"]]),
        ("Defences", [p.id for p in bearing_on["defence"]]),
    ):
        if ids:
            cited: dict[str, list[str]] = {}
            for each in dict.fromkeys(ids):
                cited.setdefault(law.find(each)[0].cite, []).append(each)
            titles = [f"{', '.join(same)} ({cite})" for cite, same in cited.items()]
            lines += [Line(""), *paragraph(f"{heading}: {'; '.join(titles)}", 2, 2)]
    objections = dict.fromkeys(text for variant in variants for text in variant.objections)
    notes = dict.fromkeys(text for variant in variants for text in variant.notes)
    for heading, texts in (("What will be objected", objections), ("Notes", notes)):
        if texts:
            lines += [Line(""), Line(f"  {heading}", "bold")]
            for text in texts:
                lines += paragraph(f"- {text}", 4, 2)
    lines += [Line(""), *paragraph(f"Sources: {'; '.join(first.sources) or 'none recorded'}", 2, 2)]
    lines += paragraph(_checked(first.verified), 2, 2)
    return [*lines, *paragraph(str(first.place), 2, 2, "dim")]


def _checked(mark: Verified) -> str:
    if not mark.against:
        return "Not checked against a text."
    on = f"; {day(mark.on)}" if mark.on else ""
    return f"Checked against: {mark.against.rstrip('.')}{on}"


def _binds(provision: Provision, law: Law) -> list[Line]:
    """Who is bound: the rows of the status table, armed groups, or custom."""
    if provision.kind not in CONDUCT:
        return []
    lines = [Line(""), Line("  Who is bound", "bold")]
    treaty = law.treaties.get(provision.bound_by)
    if provision.kind == "call":
        return [*lines, *paragraph("- nobody as such: it calls upon, and does not demand", 4, 2)]
    if provision.instrument.kind == "custom":
        return [*lines, *paragraph("- every party to the conflict, as custom", 4, 2)]
    if treaty is None:
        return [*lines, *paragraph("- the status table says nothing of it", 4, 2)]
    rows = treaty.states.values()
    bound = [f"{row.name.en} ({day(row.since)})" for row in rows if row.party and row.since]
    free = [row.name.en for row in rows if not row.party]
    if bound:
        lines += paragraph(f"- parties, with the first day: {', '.join(bound)}", 4, 2)
    if free:
        lines += paragraph(f"- not parties: {', '.join(free)}", 4, 2)
    if treaty.armed_groups:
        groups = treaty.armed_groups.replace("_", " ")
        lines += paragraph(f"- armed groups: {groups}: {treaty.because.en}", 4, 2)
    return [*lines, *paragraph(f"- see `lieber law status {treaty.id}`", 4, 2)]


def _sentences(rule: Element | ExceptionRule, indent: int) -> list[Line]:
    lines: list[Line] = []
    for reading in Reading:
        told = said(rule, reading, Standard.REASONABLE_GROUNDS)
        name = str(reading).replace("_", " ")
        lines += paragraph(f"{name}: {told.en}", indent, 2)
        lines += paragraph(told.ar, indent + 2) if told.ar else []
    return lines


def _elements(variant: Provision, law: Law, words_too: bool) -> list[Line]:
    heading = "Must be shown" + (f": {variant.title.en} ({variant.key})" if variant.variant else "")
    lines = [Line(""), *paragraph(heading, 2, 4, "bold")] if variant.elements else []
    for number, element in enumerate(variant.elements, 1):
        lines += paragraph(f"{number}. {element.shown.en} [{element.role}]", 4, 3)
        lines += paragraph(f"{element.authority}; {element.place}", 7, 2, "dim")
        if element.verified != variant.verified:
            lines += paragraph(_checked(element.verified), 7, 2, "dim")
        lines += _condition(element.condition, law, 7)
        lines += _sentences(element, 7) if words_too else []
    return lines


def _condition(condition: Condition, law: Law, indent: int) -> list[Line]:
    """A condition as an outline; concepts are named, not unfolded."""
    if isinstance(condition, FactIs | Judged):
        return paragraph(f"- {words.stated(condition, law.vocabulary)}", indent, 2)
    lines = paragraph(f"- {describe(condition).replace(' (0 recorded)', '')}", indent, 2)
    if isinstance(condition, Concept):
        return lines
    for part in condition.parts:
        lines += _condition(part, law, indent + 2)
    return lines
