"""docs/law.md and docs/readings.md: the table of the whole law, and what in it is disputed."""

from collections.abc import Iterator

from engine.conditions import Concept, walk
from engine.dates import day
from engine.law import Law, Provision, by_number

LAW = """\
# The law

Every entry of the law, by instrument. This page is generated from the files below `law/`: change
those, then run `python tests/test_docs.py`.

What regulates conduct (crimes, prohibitions, obligations, calls) has elements and examples; the
rest is cited by it. *Checked* says whether the entry was read against a text; `lieber law show ID`
says against which. {count} entries, {conduct} of which regulate conduct, with {examples} examples.
"""
READINGS = """\
# Disputed readings

Where authorities differ on what the law is, the law says so, names who reads it how, and reads it
cautiously unless told otherwise: `lieber assess CASE --reading QUESTION=ALTERNATIVE`. The reading
chosen is named in every output that depends on it. This page is generated from `law/readings.yaml`
with `python tests/test_docs.py`.
"""


def law_doc(law: Law) -> str:
    """docs/law.md as Markdown."""
    by_instrument: dict[str, dict[str, list[Provision]]] = {name: {} for name in law.instruments}
    for provision in law.provisions.values():
        by_instrument[provision.instrument.id].setdefault(provision.id, []).append(provision)
    examples = sum(len(p.examples) for p in law.provisions.values())
    conduct = {p.id for p in law.provisions.values() if p.elements and p.kind != "forum"}
    parts = [LAW.format(count=len(law.ids), conduct=len(conduct), examples=examples)]
    for name, provisions in by_instrument.items():
        if not provisions:
            continue
        instrument = law.instruments[name]
        parts.append(f"## {instrument.title.en}\n\n{instrument.title.ar}\n\n{instrument.cite}.\n")
        parts.append("| id | provision | kind | conflict | from | twin | checked |")
        parts.append("|---|---|---|---|---|---|---|")
        for provision_id in sorted(provisions, key=by_number):
            parts.append(_row(provisions[provision_id]))
        parts.append("")
    return "\n".join(parts)


def _row(variants: list[Provision]) -> str:
    first = variants[0]
    titles = [v.title for v in variants]
    shown = "; ".join(dict.fromkeys(t.en for t in titles))
    arabic = "؛ ".join(dict.fromkeys(t.ar for t in titles))
    since = next((limit.shown.en for limit in first.limits if limit.id == "date"), "")
    cells = [
        f"`{first.id}`",
        f"{shown}<br>{arabic}",
        first.kind,
        "/".join(sorted(first.branch)) or "any",
        since.removeprefix("it binds from "),
        ", ".join(f"`{twin}`" for twin in first.twin),
        "yes" if first.verified.against else "no",
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def readings_doc(law: Law) -> str:
    """docs/readings.md as Markdown."""
    parts = [READINGS]
    for reading in law.readings.values():
        parts += [f"## `{reading.id}`\n", reading.question.en, "", reading.question.ar, ""]
        for name, alternative in reading.alternatives.items():
            default = " (default)" if name == reading.default else ""
            parts += [
                f"- **`{name}`**{default}: {alternative.says.en}  ",
                f"  {alternative.says.ar}  ",
                f"  Held by: {'; '.join(alternative.held_by)}.",
            ]
        asked = ", ".join(f"`{name}`" for name in _asking(law, reading.id))
        parts += ["", f"Asked by: {asked or 'no provision'}.", ""]
        if reading.verified.against and reading.verified.on:
            on = day(reading.verified.on)
            parts += [f"Checked against: {reading.verified.against.rstrip('.')}; {on}.", ""]
        else:
            parts += ["Not checked against a text.", ""]
    return "\n".join(parts)


def _asking(law: Law, reading: str) -> Iterator[str]:
    for provision_id in law.ids:
        nodes = (node for p in law.find(provision_id) for c in p.conditions for node in walk(c))
        if any(isinstance(n, Concept) and n.name.startswith(f"{reading}=") for n in nodes):
            yield provision_id
