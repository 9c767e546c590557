"""Pages about the law itself: the list, the table, and one provision as a lawyer would want it."""

from typing import Any

from engine import words
from engine.conditions import Concept, Condition, FactIs, Judged
from engine.dates import day
from engine.explain import describe
from engine.law import Law, Provision, by_number
from engine.layout import Line, paragraph


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


def law_page(law: Law, provision_id: str) -> list[Line]:
    """One provision: heading, what must be shown, exceptions, where to look else, sources."""
    variants = law.find(provision_id)
    first = variants[0]
    lines = paragraph(
        f"{first.id}  {first.title.en if first.variant is None else first.cite}",
        hanging=2,
        style="bold",
    )
    lines += [Line(f"  {first.title.ar}")] if first.variant is None else []
    lines += paragraph(f"{first.cite}; {first.instrument.cite}", 2, 2)
    for block in {variant.place: variant for variant in variants}.values():
        lines += [Line(""), *paragraph(block.says, 2)]
        if block.verb or block.addressees:
            verb = f"Verb: {block.verb}. " if block.verb else ""
            lines += paragraph(f"{verb}Addressees: {block.addressees}.", 2)
    if first.limits:
        lines += [Line(""), Line("  Applies", "bold")]
        for limit in first.limits:
            lines += paragraph(f"- {limit.id}: {limit.shown.en}", 4, 2)
    for variant in variants:
        lines += _elements(variant, law)
    exceptions = {e.place: e for variant in variants for e in variant.exceptions}
    if exceptions:
        lines += [Line(""), Line("  Exceptions", "bold")]
        for exception in exceptions.values():
            lines += paragraph(f"- {exception.shown.en} ({exception.authority})", 4, 2)
            lines += _condition(exception.condition, law, 4)
    for heading, ids in (
        ("Twin", first.twin),
        ("If inapplicable, see", first.instead),
        ("Related", first.related),
    ):
        if ids:
            titles = [f"{i} ({law.find(i)[0].cite})" for i in ids]
            lines += [Line(""), *paragraph(f"{heading}: {', '.join(titles)}", 2, 2)]
    objections = dict.fromkeys(text for variant in variants for text in variant.objections)
    notes = dict.fromkeys(text for variant in variants for text in variant.notes)
    for heading, texts in (("What will be objected", objections), ("Notes", notes)):
        if texts:
            lines += [Line(""), Line(f"  {heading}", "bold")]
            for text in texts:
                lines += paragraph(f"- {text}", 4, 2)
    lines += [Line(""), *paragraph(f"Sources: {'; '.join(first.sources) or 'none recorded'}", 2, 2)]
    checked = first.verified
    on = f", {day(checked.on)}" if checked.on else ""
    against = (
        f"Checked against: {checked.against}{on}"
        if checked.against
        else "Not checked against a text."
    )
    lines += paragraph(against, 2, 2)
    return [*lines, *paragraph(str(first.place), 2, 2, "dim")]


def _elements(variant: Provision, law: Law) -> list[Line]:
    heading = "Must be shown" + (f": {variant.title.en} ({variant.key})" if variant.variant else "")
    lines = [Line(""), *paragraph(heading, 2, 4, "bold")] if variant.elements else []
    for number, element in enumerate(variant.elements, 1):
        lines += paragraph(f"{number}. {element.shown.en} [{element.role}]", 4, 3)
        lines += paragraph(f"{element.authority}; {element.place}", 7, 2, "dim")
        lines += _condition(element.condition, law, 7)
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
