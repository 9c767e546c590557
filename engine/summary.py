"""What `lieber assess` prints: what is breached first, then contested, open, or elsewhere."""

from collections.abc import Iterable

from engine import words
from engine.casefile import Case, Entry
from engine.findings import Answered, Assessment, Finding, Part, limit_reason
from engine.layout import Line, paragraph
from engine.status import Status
from engine.truth import Reading

HEADINGS = {
    Status.INDICATED: "INDICATED: every element is met, and no exception is",
    Status.CONTESTED: "CONTESTED: it depends on which account is true",
    Status.EXCEPTED: "EXCEPTED: the elements are met, but so is an exception",
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
        said += f" Law as of {words.day(assessment.as_of)}, not of the incidents' dates."
    lines += paragraph(said)
    for answered in assessment.incidents:
        lines += [Line(""), *_heading(answered.entry, case)]
        lines += _answered(answered, assessment, everything)
    pattern = [f for f in assessment.pattern.findings if _shown(f, everything)]
    if pattern:
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


def _shown(finding: Finding, everything: bool) -> bool:
    if everything:
        return True
    if finding.status is Status.INAPPLICABLE:
        return finding.engaged
    return finding.status is not Status.NOT_ENGAGED


def _answered(answered: Answered, assessment: Assessment, everything: bool) -> list[Line]:
    lines: list[Line] = []
    for note in answered.notes:
        lines += paragraph(f"Note: {note}", 2, 2)
    findings = [f for f in answered.findings if _shown(f, everything)]
    parties = list(dict.fromkeys(f.party for f in findings))
    for party in parties:
        lines += _party(party, assessment.case)
        own = [f for f in findings if f.party == party]
        for status in Status:
            some = [f for f in own if f.status is status]
            if some:
                lines += [Line(""), *paragraph(HEADINGS[status], 2, 4, style="bold")]
                lines += _by_instrument(some, assessment)
    if not findings:
        lines += paragraph("Nothing in the recorded facts touches a provision of the law here.", 2)
    return lines


def _party(party: str | None, case: Case) -> list[Line]:
    if party is None:
        return paragraph(
            "The conduct is attributed to nobody: every answer lacks its author.", 2, 2
        )
    return paragraph(f"Party: {case.parties[party].name}", 2, 4)


def _by_instrument(findings: Iterable[Finding], assessment: Assessment) -> list[Line]:
    lines: list[Line] = []
    instrument = ""
    for finding in sorted(findings, key=lambda f: _order(f, assessment)):
        if finding.provision.instrument.id != instrument:
            instrument = finding.provision.instrument.id
            lines += paragraph(finding.provision.instrument.title.en, 4, 2)
        name = f"{finding.provision.key}  {finding.provision.title.en}"
        lines += paragraph(f"{name}: {reason(finding, assessment.case)}", 6, 4)
    return lines


def _order(finding: Finding, assessment: Assessment) -> tuple[int, int]:
    names = list(assessment.law.instruments)
    keys = list(assessment.law.provisions)
    return names.index(finding.provision.instrument.id), keys.index(finding.provision.key)


def reason(finding: Finding, case: Case) -> str:
    """In a few words, what decides a finding."""
    status = finding.status
    if status is Status.INAPPLICABLE:
        unmet = [p for p in finding.limits if p.reading is Reading.NOT_MET]
        why = "; ".join(limit_reason(p, case) for p in unmet)
        instead = list(dict.fromkeys((*finding.provision.instead, *finding.provision.twin)))
        return f"{why}. See {', '.join(instead)}" if instead else why
    text = _reason(finding, case)
    if finding.conditional:
        return f"if this is {words.conflict(finding.branch, case.vocabulary)}: {text}"
    return text


def _reason(finding: Finding, case: Case) -> str:
    status = finding.status
    if status is Status.INDICATED:
        weakest = deciding_part(finding)
        return (
            f"{words.standard(finding.reached)}; {weakest.rule.shown}"
            if weakest
            else words.standard(finding.reached)
        )
    if status is Status.EXCEPTED:
        return "; ".join(p.rule.shown for p in finding.exceptions if p.reading is Reading.MET)
    if status is Status.NOT_INDICATED:
        refuted = [p.rule.shown for p in finding.elements if p.reading is Reading.NOT_MET]
        return f"refuted: {'; '.join(refuted)}"
    if status is Status.CONTESTED:
        if finding.deciding:
            facts = [words.label(d.leaf.condition, case.vocabulary) for d in finding.deciding]
            return f"turns on: {', '.join(dict.fromkeys(facts))}"
        parts = [
            p.rule.shown
            for p in (*finding.elements, *finding.exceptions)
            if p.reading is Reading.CONTESTED
        ]
        return f"contested: {'; '.join(parts)}"
    if status is Status.UNDETERMINED:
        return f"missing: {missing(finding, case)}"
    return "nothing recorded supports the conduct"


def missing(finding: Finding, case: Case, most: int = 2) -> str:
    """The smallest sets of missing facts, as words; or which parts stay unknown."""
    if not finding.missing:
        open_parts = [
            p for p in (*finding.limits, *finding.elements) if p.reading is Reading.UNKNOWN
        ]
        return "; ".join(p.rule.shown for p in open_parts)
    sets = [
        " and ".join(
            words.gap(g, case.vocabulary) for g in sorted(s, key=lambda g: (g.scope, g.leaf.place))
        )
        for s in finding.missing[:most]
    ]
    more = len(finding.missing) - len(sets)
    return " -- or ".join(sets) + (f" -- or {more} other ways" if more > 0 else "")


def deciding_part(finding: Finding) -> Part | None:
    """The element on which an indicated finding rests most weakly, the substance before context."""
    ranks = {"mental": 0, "material": 1, "conduct": 2, "contextual": 3, "attribution": 4}
    parts = sorted(
        finding.elements,
        key=lambda p: (p.proof.value.support, ranks.get(getattr(p.rule, "role", ""), 5)),
    )
    return parts[0] if parts else None
