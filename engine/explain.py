"""The reasoning on one provision as a tree: met and unmet, with sources and the law's place."""

from collections.abc import Iterator, Sequence

from engine import words
from engine.accounts import read
from engine.avenues import BOUND, Door, bearing, doors
from engine.conditions import (
    TABLE,
    All,
    AnyOf,
    Concept,
    Condition,
    FactIs,
    Inferred,
    Judged,
    Not,
    Presumed,
    Some,
    Weighed,
)
from engine.findings import Answered, Assessment, Finding, Part, limit_reason
from engine.incident import Claim
from engine.law import Limit
from engine.layout import Line, paragraph
from engine.reasons import missing
from engine.sources import Sources
from engine.status import Status
from engine.trace import Proof
from engine.truth import Reading, Standard

MARKS = {
    Reading.MET: "[+]",
    Reading.NOT_MET: "[-]",
    Reading.CONTESTED: "[~]",
    Reading.UNKNOWN: "[?]",
}
KEY = "[+] met   [-] not met   [~] contested   [?] unknown"
OUTCOMES = {
    Reading.MET: "established",
    Reading.NOT_MET: "refuted",
    Reading.CONTESTED: "contested",
    Reading.UNKNOWN: "nothing known",
}


def explain(
    assessment: Assessment,
    sources: Sources,
    provision: str,
    incident: str | None = None,
    mode: str = "tree",
) -> list[Line]:
    """The reasoning on a provision, for each incident, party and variant that it concerns.

    `mode` is "tree" (all of it), "why-not" (only what stands in the way) or "challenge" (what an
    opponent would attack).
    """
    lines: list[Line] = []
    answered = [a for a in assessment.incidents if incident in (None, a.id)]
    for each in (*answered, *(() if incident else (assessment.pattern,))):
        named = [f for f in each.findings if provision in (f.provision.id, f.provision.key)]
        findings = [f for f in named if f.party not in each.aside]
        touched = [f for f in findings if f.status is not Status.NOT_ENGAGED] or findings[:1]
        for finding in touched:
            if lines:
                lines.append(Line(""))
            here = [
                d
                for d in doors(each, assessment.case)
                if d.party == finding.party and finding.provision.id in d.hears
            ]
            lines += _Explained(assessment, sources, finding, mode, here).lines(each)
    if not lines:
        what = "The case has no incident to which the provision could apply."
        definition = assessment.law.find(provision)[0]
        if not definition.elements:
            what = (
                f"{definition.id} defines or delimits; it is not a provision that can be breached."
            )
        lines = paragraph(what)
    return lines


class _Explained:
    def __init__(
        self,
        assessment: Assessment,
        sources: Sources,
        finding: Finding,
        mode: str,
        doors: Sequence[Door],
    ) -> None:
        self.law = assessment.law
        self.doors = doors
        self.case = assessment.case
        self.vocabulary = assessment.case.vocabulary
        self.sources = sources
        self.finding = finding
        self.mode = mode
        self.unfolded: set[tuple[str, str]] = set()

    def lines(self, answered: Answered) -> list[Line]:
        finding = self.finding
        provision = finding.provision
        where = "the case as a whole" if answered.entry is None else f"incident {answered.id}"
        party = self.case.parties[finding.party].name if finding.party else "attributed to nobody"
        lines = paragraph(f"{provision.key}  {provision.title.en}", hanging=2, style="bold")
        lines += paragraph(f"{provision.cite}; {where}; {party}", 2, 2)
        status = str(finding.status).replace("_", " ").upper()
        reached = words.standard(finding.reached)
        lines += paragraph(
            f"{status} at {finding.standard.words}; indicated up to: {reached}", 2, 2
        )
        if finding.conditional:
            kind = words.conflict(finding.branch, self.vocabulary)
            lines += paragraph(f"Only if this is {kind}, on which accounts differ.", 2, 2)
        if bound := finding.bound:
            custom = f"; custom of the same content: {', '.join(bound.custom)}" * bool(bound.custom)
            lines += paragraph(f"Bound: {BOUND[bound.how]} ({bound.why}){custom}", 2, 2)
        if self.mode == "challenge":
            return [*lines, *self._challenge()]
        lines += [Line(""), Line(f"  {KEY}")]
        for heading, parts in (
            ("Applies", finding.limits),
            ("Elements", finding.elements),
            ("Exceptions", finding.exceptions),
        ):
            shown = [p for p in parts if self._matters(p)]
            if shown:
                lines += [Line(""), Line(f"  {heading}", "bold")]
                for part in shown:
                    lines += self._part(part, heading == "Exceptions")
        return [*lines, *self._after()]

    def _matters(self, part: Part) -> bool:
        if self.mode != "why-not":
            return True
        exception = part in self.finding.exceptions
        return part.reading in (
            (Reading.MET, Reading.CONTESTED) if exception else set(Reading) - {Reading.MET}
        )

    def _part(self, part: Part, exception: bool = False) -> list[Line]:
        rule = part.rule
        if isinstance(rule, Limit):
            text = limit_reason(part, self.case)
            name = rule.id
            authority = ""
        else:
            text, name, authority = rule.shown.en, rule.id, rule.authority
        outcome = f" ({OUTCOMES[part.reading]})" if exception else ""
        lines = paragraph(f"{MARKS[part.reading]} {name}: {text}{outcome}", 4, 4)
        if authority:
            lines += paragraph(f"{authority}", 8, 2, "dim")
        lines += paragraph(f"{rule.place}", 8, 2, "dim")
        if not isinstance(rule, Limit) or self.mode == "why-not":
            lines += self._tree(part.proof, 3)
        return lines

    def _tree(self, proof: Proof, depth: int, wanted: bool = True) -> list[Line]:
        """A proof and what is below it; `wanted` is what would serve the element."""
        reading = read(proof, self.finding.standard)
        indent = 2 + 2 * depth
        text = f"{MARKS[reading]} {self._says(proof)}{self._grades(proof)}"
        lines = paragraph(text, indent, 4)
        condition = proof.condition
        serves = reading is (Reading.MET if wanted else Reading.NOT_MET)
        if serves and self.mode == "why-not":
            return lines
        if isinstance(condition, FactIs | Judged):
            for claim in proof.claims:
                lines += self._claim(claim, condition, indent + 4)
            return lines
        if isinstance(condition, Concept):
            key = (condition.name, proof.scope)
            if key in self.unfolded:
                return paragraph(f"{text}, as above", indent, 4)
            self.unfolded.add(key)
            if condition.of_states:
                return lines + self._asked_of_table(proof, indent + 4)
        leaves = [p for p in proof.walk() if isinstance(p.condition, FactIs | Judged)]
        silent = not any(p.value.support or p.value.opposition for p in leaves)
        if silent and leaves and not isinstance(condition, Some):
            about = "; ".join(dict.fromkeys(self._leaf(p) for p in leaves))
            return lines + paragraph(f"nothing is known of: {about}", indent + 4, 2)
        inner = wanted is not isinstance(condition, Not)
        for part in proof.parts:
            lines += self._tree(part, depth + 1, inner)
        return lines

    def _asked_of_table(self, proof: Proof, indent: int) -> list[Line]:
        """Under a condition made from a table of States: the facts it reads, not all its rows."""
        lines: list[Line] = []
        read_once: dict[str, Proof] = {}
        for leaf in proof.walk():
            if isinstance(leaf.condition, FactIs):
                read_once.setdefault(self._leaf(leaf) + words.entry(leaf.scope), leaf)
        for about, leaf in read_once.items():
            assert isinstance(leaf.condition, FactIs)
            silent = "" if leaf.claims else ": nothing is known"
            lines += paragraph(f"{about}{silent}", indent, 2)
            for claim in leaf.claims:
                lines += self._claim(claim, leaf.condition, indent + 2)
        return lines

    def _leaf(self, proof: Proof) -> str:
        return words.label(proof.condition, self.vocabulary)

    def _grades(self, proof: Proof) -> str:
        support, opposition = proof.value
        if proof.assumed:
            return f" (assumed: {support.words})"
        if support and opposition:
            return f" (for: {support.words}; against: {opposition.words})"
        if support:
            return f" ({support.words})"
        return f" (against: {opposition.words})" if opposition else ""

    def _says(self, proof: Proof) -> str:
        condition = proof.condition
        if isinstance(condition, FactIs | Judged):
            return words.stated(condition, self.vocabulary) + words.entry(proof.scope)
        return describe(condition, len(proof.parts))

    def _claim(self, claim: Claim, leaf: FactIs | Judged, indent: int) -> list[Line]:
        fact = leaf.fact if isinstance(leaf, FactIs) else ""
        value = words.value(claim.value, fact, self.vocabulary)
        who = ", ".join(self.sources.id(s) for s in claim.sources) or "no source"
        text = f"- {value}, at {claim.standard.words} [{who}]"
        if not self.sources.withheld(claim.sources):
            text += f" by {claim.by}" if claim.by else ""
            text += f": {claim.note}" if claim.note else ""
        if claim.place.file:
            text += f" ({claim.place.file.rsplit('/', 1)[-1]}:{claim.place.line})"
        return paragraph(text, indent, 2)

    def _after(self) -> list[Line]:
        finding = self.finding
        lines: list[Line] = []
        if finding.status is Status.INAPPLICABLE and finding.instead:
            said = f"Look instead at: {', '.join(finding.instead)}"
            lines += [Line(""), *paragraph(said, 2, 2)]
        if finding.status is Status.UNDETERMINED:
            lines += [
                Line(""),
                *paragraph(f"Would complete it: {missing(finding, self.case, 3)}", 2, 2),
            ]
        lines += self._hearing()
        for deciding in finding.deciding:
            leaf = words.stated(deciding.leaf.condition, self.vocabulary)
            so, not_so = (str(s).replace("_", " ") for s in (deciding.if_so, deciding.if_not))
            lines += [
                Line(""),
                *paragraph(f"Decides: {leaf}. If so: {so}; if not: {not_so}.", 2, 2),
            ]
        if finding.assumed:
            for proof in finding.assumed:
                basis = getattr(proof.condition, "basis", "")
                lines += [Line(""), *paragraph(f"Assumed, because nothing is known: {basis}", 2, 2)]
        return lines

    def _hearing(self) -> list[Line]:
        """Who could hear a live finding, and what governs the responsibility of persons."""
        lines: list[Line] = []
        for door in self.doors:
            told = f"{door.state}: {door.forum.title.en} ({door.forum.id}): {door.why}"
            lines += paragraph(told, 4, 2)
        if lines:
            lines = [Line(""), Line("  Who could hear it", "bold"), *lines]
        for heading, kind in (("Modes of liability", "mode"), ("Defences", "defence")):
            entries = bearing(kind, [self.finding.provision], self.law) if self.finding.live else []
            if entries:
                named = ", ".join(f"{e.id} ({e.title.en})" for e in entries)
                lines += [Line(""), *paragraph(f"{heading} (not concluded on): {named}", 2, 2)]
        return lines

    # what an opponent would attack

    def _challenge(self) -> list[Line]:
        finding = self.finding
        lines: list[Line] = []
        for part in finding.elements:
            points = list(dict.fromkeys(self._points(part.proof)))
            support, opposition = part.proof.value
            grades = [f"for: {support.words}"] if support else ["nothing for it"]
            grades += [f"against: {opposition.words}"] if opposition else []
            grade = "; ".join(grades)
            lines += [
                Line(""),
                *paragraph(f"{MARKS[part.reading]} {part.rule.shown.en} ({grade})", 2, 4),
            ]
            for point in points or ["no contrary account, inference or single source to attack"]:
                lines += paragraph(f"- {point}", 6, 2)
        lines += [Line(""), Line("  Exceptions and defences examined", "bold")]
        for part in finding.exceptions:
            lines += paragraph(f"- {part.rule.shown.en}: {OUTCOMES[part.reading]}", 4, 2)
        if not finding.exceptions:
            lines += paragraph("- the provision has no exception", 4, 2)
        for note in finding.provision.objections:
            lines += paragraph(f"- {note}", 4, 2)
        return lines

    def _points(self, proof: Proof) -> Iterator[str]:
        for node in proof.walk():
            condition = node.condition
            if isinstance(condition, FactIs | Judged):
                yield from self._points_of_leaf(node, condition)
            elif isinstance(condition, Inferred) and node.value.support:
                if condition.basis != TABLE:
                    yield f"an inference, at most {condition.ceiling.words}: {condition.basis}"
            elif node.assumed and isinstance(condition, Presumed):
                yield f"assumed, not shown: {condition.basis}"

    def _points_of_leaf(self, node: Proof, leaf: FactIs | Judged) -> Iterator[str]:
        what = words.label(leaf, self.vocabulary).lower()
        support, opposition = node.value
        if support and opposition:
            yield f"accounts differ: {what} (for at {support.words}, against at {opposition.words})"
        sources = {s for claim in node.claims for s in claim.sources}
        if (support or opposition) and len(sources) == 1:
            yield f"rests on one source: {what} [{self.sources.id(sources.pop())}]"
        elif (support or opposition) and not sources:
            yield f"has no source: {what}"
        weak = max(support, opposition)
        if Standard.NOTHING < weak < self.finding.standard:
            yield f"weaker than the standard asked for: {what} (at {weak.words})"


def describe(condition: Condition, entries: int = 0) -> str:
    """What an inner condition asks, in a few words."""
    if isinstance(condition, Concept):
        return condition.label or condition.name
    if isinstance(condition, Some):
        return f"at least one of the {condition.list} ({entries} recorded)"
    if isinstance(condition, Inferred):
        basis = f", {condition.basis}" if condition.basis else ""
        return f"inferred (at most {condition.ceiling.words}){basis}"
    if isinstance(condition, Presumed):
        return f"presumed unless something is known: {condition.basis}"
    names: dict[type, str] = {
        All: "all of",
        AnyOf: "any of",
        Weighed: "weighing the evidence",
        Not: "the opposite of",
    }
    return names[type(condition)]
