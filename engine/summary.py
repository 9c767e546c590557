"""What `lieber assess` prints: what is breached first, then contested, open, or elsewhere."""

from collections.abc import Iterable, Sequence

from engine import words
from engine.casefile import Case, Entry
from engine.conditions import FactIs, Judged
from engine.dates import day
from engine.findings import Answered, Assessment, Finding, Part, in_order, limit_reason
from engine.law import Element
from engine.layout import Line, paragraph
from engine.status import Status
from engine.trace import grounds
from engine.truth import Reading

HEADINGS = {
    Status.INDICATED: "INDICATED: every element is met, and no exception is",
    Status.CONTESTED: "CONTESTED: it depends on which account is true",
    Status.EXCEPTED: "EXCEPTED: an exception is met, whatever the elements come to",
    Status.UNDETERMINED: "UNDETERMINED: something that must be shown is unknown",
    Status.NOT_INDICATED: "NOT INDICATED: an element is refuted",
    Status.INAPPLICABLE: "INAPPLICABLE: not the law of this date, place, conflict or party",
    Status.NOT_ENGAGED: "NOT ENGAGED: nothing in the facts touches the conduct",
}


def summary(assessment: Assessment, everything: bool = False) -> list[Line]:
    """The assessment of a case for a reader at a terminal."""
    case, law = assessment.case, assessment.law
    lines = paragraph(f"{case.title} ({case.id})", style="bold")
    said = f"Standard of proof: {assessment.standard.words}. Law {law.version}, {law.digest[:19]}."
    if assessment.as_of:
        said += f" Law as of {day(assessment.as_of)}, not of the incidents' dates."
    lines += paragraph(said)
    for answered in assessment.incidents:
        lines += [Line(""), *_heading(answered.entry, case)]
        lines += _answered(answered, assessment, everything)
    if _shown(assessment.pattern, everything):
        lines += [Line(""), Line("PATTERN: the case as a whole", "bold")]
        lines += _answered(assessment.pattern, assessment, everything)
    lines += [Line("")]
    lines += paragraph(
        "A finding says that the recorded facts, if they stand, meet the elements of a provision. "
        "It does not establish that anyone is guilty, nor that unrecorded facts do not exist."
    )
    return lines


def _heading(entry: Entry | None, case: Case) -> list[Line]:
    if entry is None:
        return []
    facts = entry.scope.facts
    roles = case.vocabulary.roles
    told = [
        words.value(claim.value, fact, case.vocabulary)
        for fact in (roles.date, roles.period)
        for claim in facts.get(fact, ())[:1]
    ]
    date = f", {told[0]}" if told else ", date unknown"
    return paragraph(f"{entry.id}: {entry.title}{date}", hanging=2, style="bold")


def _shown(answered: Answered, everything: bool) -> list[Finding]:
    """What the reader sees: what the facts touch, of parties to whom they are attributed."""
    return [f for f in answered.shown(everything) if everything or f.engaged]


def _answered(answered: Answered, assessment: Assessment, everything: bool) -> list[Line]:
    case = assessment.case
    lines: list[Line] = []
    for note in answered.notes:
        lines += paragraph(f"Note: {note}", 2, 2)
    findings = _shown(answered, everything)
    for party in dict.fromkeys(f.party for f in findings):
        own = [f for f in findings if f.party == party]
        lines += [*([Line("")] if lines else []), *_party(party, case)]
        lines += _without_author(own, case)
        for status in Status:
            some = [f for f in own if f.status is status]
            if some:
                lines += [Line(""), *paragraph(HEADINGS[status], 2, 4, style="bold")]
                lines += _by_instrument(some, assessment)
    if not findings and not answered.notes:
        lines += paragraph("Nothing in the recorded facts touches a provision of the law here.", 2)
    for party, reading in {} if everything else answered.aside.items():
        lines += [Line(""), *paragraph(_aside(case.parties[party].name, reading, assessment), 2, 2)]
    return lines


def _aside(name: str, reading: Reading, assessment: Assessment) -> str:
    standard = assessment.standard.words
    if reading is Reading.NOT_MET:
        return (
            f"Also named: {name}. At {standard} it was not this party (--all shows the findings)."
        )
    return f"Also named: {name}, but not at {standard} (--all shows the findings)."


def _without_author(findings: Sequence[Finding], case: Case) -> list[Line]:
    """Said once: that nothing can be indicated, because the conduct has no established author."""
    lacking = all(_attribution(f, case) is Reading.UNKNOWN for f in findings)
    if not lacking:
        return []
    return paragraph(
        "It is not established at this standard that this party did it; that is missing "
        "everywhere below and is not repeated.",
        2,
        2,
    )


def _attribution(finding: Finding, case: Case) -> Reading | None:
    role = case.vocabulary.roles.attribution
    for part in finding.elements:
        condition = part.proof.condition
        if isinstance(condition, FactIs) and condition.fact == role:
            return part.reading
    return None


def _party(party: str | None, case: Case) -> list[Line]:
    if party is None:
        return paragraph(
            "The conduct is attributed to nobody: every answer lacks its author.", 2, 2
        )
    return paragraph(f"Party: {case.parties[party].name}", 2, 4)


def _by_instrument(findings: Iterable[Finding], assessment: Assessment) -> list[Line]:
    """One line for each provision, by instrument; those with the same reason share it."""
    lines: list[Line] = []
    instrument = ""
    groups: dict[tuple[str, str], list[str]] = {}
    for finding in in_order(findings, assessment.law):
        provision = finding.provision
        name = f"{provision.key}  {provision.title.en}"
        key = (provision.instrument.id, reason(finding, assessment.case))
        if finding.status is Status.INAPPLICABLE and finding.instead:
            name += f" (see {', '.join(finding.instead)})"
        groups.setdefault(key, []).append(name)
    for (instrument_id, why), names in groups.items():
        if instrument_id != instrument:
            instrument = instrument_id
            lines += paragraph(assessment.law.instruments[instrument_id].title.en, 4, 2)
        if len(names) == 1:
            lines += paragraph(f"{names[0]}: {why}", 6, 4)
        else:
            lines += paragraph(f"{why}:", 6, 4)
            for name in names:
                lines += paragraph(name, 8, 4)
    return lines


def reason(finding: Finding, case: Case) -> str:
    """In a few words, what decides a finding."""
    if finding.status is Status.INAPPLICABLE:
        return "; ".join(limit_reason(p, case) for p in finding.unmet)
    text = _reason(finding, case)
    if finding.conditional:
        return f"if this is {words.conflict(finding.branch, case.vocabulary)}: {text}"
    return text


def _reason(finding: Finding, case: Case) -> str:
    status = finding.status
    if status is Status.INDICATED:
        return f"{words.standard(finding.reached)}; {rests_on(finding, case)}"
    if status is Status.EXCEPTED:
        return "; ".join(p.rule.shown.en for p in finding.exceptions if p.reading is Reading.MET)
    if status is Status.NOT_INDICATED:
        refuted = [p.rule.shown.en for p in finding.elements if p.reading is Reading.NOT_MET]
        return f"refuted: {'; '.join(refuted)}"
    if status is Status.CONTESTED:
        if finding.deciding:
            facts = [words.label(d.leaf.condition, case.vocabulary) for d in finding.deciding]
            return f"turns on: {', '.join(dict.fromkeys(facts))}"
        parts = [
            p.rule.shown.en
            for p in (*finding.elements, *finding.exceptions)
            if p.reading is Reading.CONTESTED
        ]
        return f"contested: {'; '.join(parts)}"
    if status is Status.UNDETERMINED:
        return f"missing: {missing(finding, case)}"
    return "nothing recorded supports the conduct"


def missing(finding: Finding, case: Case, most: int = 1) -> str:
    """The smallest sets of missing facts, as words; or which parts stay unknown."""
    attribution = case.vocabulary.roles.attribution
    open_parts = [p for p in (*finding.limits, *finding.elements) if p.reading is Reading.UNKNOWN]
    if not finding.missing:
        return "; ".join(p.rule.shown.en for p in open_parts)
    sets = []
    for gaps in finding.missing[:most]:
        ordered = sorted(gaps, key=lambda g: (g.scope, g.leaf.place))
        told = [g for g in ordered if getattr(g.leaf, "fact", "") != attribution]
        sets.append("; ".join(words.gap(g, case.vocabulary) for g in told) or "only that")
    more = len(finding.missing) - len(sets)
    ways = "another way" if more == 1 else f"{more} other ways"
    return " -- or ".join(sets) + (f" -- or {ways}" if more else "")


def rests_on(finding: Finding, case: Case) -> str:
    """The facts on which an indicated finding rests most weakly, beyond the conduct itself."""
    part = deciding_part(finding)
    if part is None:
        return ""
    return "; ".join(carrying(finding, part, case)[:2]) or part.rule.shown.en


def carrying(finding: Finding, part: Part, case: Case) -> list[str]:
    """The facts that carry an element at the standard, beyond those of the conduct element."""
    conduct = {
        leaf.condition
        for p in finding.elements
        if p is not part and isinstance(p.rule, Element) and p.rule.role == "conduct"
        for leaf, _ in grounds(p.proof)
    }
    told = {
        words.found(leaf, stands, case.vocabulary): None
        for leaf, stands in grounds(part.proof)
        if isinstance(leaf.condition, FactIs | Judged)
        and leaf.condition not in conduct
        and (leaf.value.support if stands else leaf.value.opposition) >= finding.standard
    }
    return list(told)


def deciding_part(finding: Finding) -> Part | None:
    """The element on which an indicated finding rests most weakly, the substance before context."""
    ranks = {"mental": 0, "material": 1, "conduct": 2, "contextual": 3, "attribution": 4}
    parts = sorted(
        finding.elements,
        key=lambda p: (p.proof.value.support, ranks.get(getattr(p.rule, "role", ""), 5)),
    )
    return parts[0] if parts else None
