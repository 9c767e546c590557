"""Why a finding is what it is, in a few words: for terminal, report and explanation."""

from engine import words
from engine.casefile import Case
from engine.conditions import FactIs, Judged
from engine.findings import Finding, Part, limit_reason
from engine.law import Element
from engine.missing import in_order
from engine.status import Status
from engine.trace import grounds
from engine.truth import Reading


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
        ordered = in_order(gaps)
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
