"""The legal section of a report, in Markdown and English: what a report writer pastes.

Each standard of proof has its own words, and no sentence claims more than its finding. A crime's
elements may be met; whether any person is guilty is never said.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from engine import words
from engine.accounts import contested_leaves
from engine.avenues import doors
from engine.bound import How
from engine.casefile import Case, Entry
from engine.explain import OUTCOMES
from engine.findings import Answered, Assessment, Finding, Part, in_order, limit_reason
from engine.law import Element, ExceptionRule
from engine.missing import in_order as shortest_first
from engine.reasons import carrying, missing
from engine.report import standing
from engine.report.applicable import applicable_law
from engine.report.facts import Facts
from engine.report.prose import MEANING, Prose, literal
from engine.sentences import BELIEVE, sentence
from engine.sources import Sources
from engine.status import Status
from engine.trace import sources_of
from engine.truth import Reading

HEADINGS = {
    Status.INDICATED: "Provisions whose elements are met",
    Status.CONTESTED: "Provisions on which accounts differ",
    Status.EXCEPTED: "Provisions to which an exception applies",
    Status.UNDETERMINED: "Provisions on which the information allows no conclusion",
    Status.NOT_INDICATED: "Provisions that the information does not bear out",
}
WRITTEN = tuple(HEADINGS)
COMMON = "Elements common to the provisions below."
SHORT = {
    Status.UNDETERMINED: "Open in more than one of the provisions below.",
    Status.NOT_INDICATED: "Not borne out in more than one of the provisions below.",
}
"""Findings that conclude nothing, of which only what fails is said; and how that is introduced."""
Same = tuple[object, object]
"""What makes two elements the same for a reader: the rule's place and its condition."""


def report(assessment: Assessment, sources: Sources, incident: str | None = None) -> str:
    """The legal section for one incident, or for the whole case, as Markdown."""
    return _Report(assessment, sources).write(incident)


class _Report:
    def __init__(self, assessment: Assessment, sources: Sources) -> None:
        self.assessment = assessment
        self.case: Case = assessment.case
        self.sources = sources
        self.prose = Prose(sources, assessment.standard)
        self.facts = Facts(self.case, sources, self.prose, assessment.standard)

    def write(self, incident: str | None) -> str:
        answered = [a for a in self.assessment.incidents if incident in (None, a.id)]
        out = [f"# Legal assessment: {literal(self.case.title)}"]
        if self.case.summary and incident is None:
            out.append(literal(self.case.summary))
        out += [
            "## Standard of proof",
            self._standard(),
            "## Applicable law",
            *applicable_law(self.assessment, answered, self.prose),
        ]
        for each in answered:
            out += self._incident(each)
        pattern = [f for f in self.assessment.pattern.shown() if f.status in WRITTEN]
        if incident is None and pattern:
            out += ["## The pattern of conduct", *self._assessed(pattern)]
            out += self._standing(self.assessment.pattern, pattern)
            out += ["### Counter-arguments considered", "\n".join(self._counter(None, pattern))]
        out += [
            "## Sources",
            self.prose.list_of_sources(),
            "## What this assessment does not say",
            _LIMITS,
        ]
        return "\n\n".join(part for part in out if part) + "\n"

    # standard and law

    def _standard(self) -> str:
        standard = self.assessment.standard
        return (
            f"Unless it says otherwise, this section applies the standard of *{standard.words}*: "
            f"{MEANING[standard]}. Where the information reaches a higher or only a lower standard, "
            "the text says so. Numbers in brackets refer to the sources at the end."
        )

    # an incident

    def _incident(self, answered: Answered) -> list[str]:
        entry = answered.entry
        assert entry is not None
        out = [f"## {literal(entry.title)}", "### Facts as found"]
        if entry.summary:
            out.append(literal(entry.summary))
        out += [self.facts.attribution(entry), "\n".join(self.facts.listed(entry))]
        written = [f for f in answered.shown() if f.status in WRITTEN]
        out += ["### Legal assessment"]
        out += (
            self._assessed(written)
            if written
            else ["No provision examined here is touched by the facts as recorded."]
        )
        out += self._standing(answered, written)
        out += ["### Counter-arguments considered", "\n".join(self._counter(entry, written))]
        questions = self._questions(written)
        out += [
            "### Open questions",
            "\n".join(questions) if questions else "None that would change the assessment.",
        ]
        return out

    def _standing(self, answered: Answered, written: Sequence[Finding]) -> list[str]:
        """Who is bound, who could hear it, and what governs the responsibility of persons."""
        law, out = self.assessment.law, []
        lines = []
        for party in dict.fromkeys(f.party for f in written):
            own = [f for f in written if f.party == party]
            lines += standing.bound(own, self._name(party), law)
        if lines:
            out += ["### Who is bound", "\n".join(lines)]
        if found := standing.forums(doors(answered, self.case), law):
            out += ["### Who could hear it", "\n".join(found)]
        if persons := standing.persons(written, law):
            out.append(persons)
        return out

    # the assessment

    def _assessed(self, findings: Sequence[Finding]) -> list[str]:
        out: list[str] = []
        parties = list(dict.fromkeys(f.party for f in findings))
        for party in parties:
            own = in_order((f for f in findings if f.party == party), self.assessment.law)
            self.prose.party = self._name(party)
            whole = [f for f in own if f.status not in SHORT and not f.conditional]
            shared: set[Same] = set()
            if len(parties) > 1 or not party:
                out.append(sentence(f"**Conduct of {self.prose.party}**").rstrip("."))
            for status, heading in HEADINGS.items():
                some = [f for f in own if f.status is status]
                if not some:
                    continue
                out.append(f"#### {heading}")
                common = _common(some, _open) if status in SHORT else _common(whole, _context)
                fresh = [part for part in common if _same(part) not in shared]
                if fresh:
                    told = " ".join(self.prose.element(part) for part in fresh)
                    out.append(f"**{SHORT.get(status, COMMON)}** {told}")
                shared |= {_same(part) for part in fresh}
                alike: dict[str, None] = {}
                for finding in some:
                    if status not in SHORT:
                        out.append(self._whole(finding, shared))
                    elif own_text := self._short(finding, shared):
                        out.append(own_text)
                    else:
                        alike[f"{finding.provision.cite} ({finding.provision.title.en})"] = None
                if alike:
                    out.append(f"**So also, for what is said above:** {'; '.join(alike)}.")
        return out

    def _name(self, party: str | None) -> str:
        return literal(self.case.parties[party].name) if party else "a party not identified"

    def _whole(self, finding: Finding, shared: set[Same]) -> str:
        """A finding in full: the rule, the conclusion, and each element with its sources."""
        provision = finding.provision
        rest = [part for part in finding.elements if _same(part) not in shared]
        said = [self.prose.element(part) + self._facts_carrying(part, finding) for part in rest]
        if len(rest) < len(finding.elements):
            said.append("The remaining elements are dealt with above.")
        for part in finding.exceptions:
            assert isinstance(part.rule, ExceptionRule)
            if part.reading in (Reading.MET, Reading.CONTESTED):
                read = self.prose.read(part.rule, part)
                said.append(sentence(f"{read} ({part.rule.authority})"))
        lead = f"**{provision.cite}: {provision.title.en.rstrip('.')}.** {provision.says}"
        return f"{lead} {self._conclusion(finding)}\n\n{' '.join(said)}"

    def _facts_carrying(self, part: Part, finding: Finding) -> str:
        """Which facts carry a material element, where the law offers several ways to meet it."""
        role = getattr(part.rule, "role", "")
        facts = carrying(finding, part, self.case) if role == "material" else []
        if part.reading is not Reading.MET or not facts:
            return ""
        return " " + sentence(f"On the facts, this rests on: {'; '.join(facts[:3])}")

    def _short(self, finding: Finding, shared: set[Same]) -> str:
        """A finding that concludes nothing: only what is open, or refuted, and not yet said."""
        provision = finding.provision
        failing = list(_open(finding))
        said = [self.prose.element(p) for p in failing if _same(p) not in shared]
        above = len(said) < len(failing)
        said += [
            sentence(f"Whether it applies is open: {limit_reason(part, self.case)}")
            for part in finding.limits
            if part.reading is not Reading.MET
        ]
        lead = f"**{provision.cite}: {provision.title.en.rstrip('.')}.**"
        if provision.kind == "crime":
            lead += f" {provision.says} {self._conclusion(finding)}"
        elif above and not said:
            return ""
        if above:
            said.append("What is said above of several provisions holds here.")
        return f"{lead} {' '.join(said)}"

    def _conclusion(self, finding: Finding) -> str:
        name = self.prose.party
        crime = finding.provision.kind == "crime"
        kind = words.conflict(finding.branch, self.case.vocabulary)
        branch = f"if this was {kind}, " if finding.conditional else ""
        acted = (
            "acted contrary to this paragraph" if finding.provision.verb else _ACTED[how(finding)]
        )
        what = "the elements of this crime are met" if crime else f"{name} {acted}"
        if finding.status is Status.INDICATED:
            believe = BELIEVE[finding.reached or finding.standard].en
            return sentence(f"{branch}{believe} {what}")
        texts = {
            Status.CONTESTED: f"accounts differ on facts that decide whether {what}{self._deciding(finding)}",
            Status.EXCEPTED: "an exception applies, so that no breach is indicated, whatever the elements below come to",
            Status.UNDETERMINED: f"the information does not allow a conclusion on whether {what}",
            Status.NOT_INDICATED: f"the information does not indicate that {what}",
        }
        text = sentence(f"{branch}{texts[finding.status]}")
        if finding.status is Status.UNDETERMINED and finding.reached:
            text += " " + sentence(f"At a lower standard, {BELIEVE[finding.reached].en} {what}")
        return text

    def _deciding(self, finding: Finding) -> str:
        if not finding.deciding:
            return ""
        facts = dict.fromkeys(
            words.label(d.leaf.condition, self.case.vocabulary).lower() for d in finding.deciding
        )
        return f"; what decides is: {', '.join(facts)}"

    # counter-arguments, questions, sources

    def _counter(self, entry: Entry | None, findings: Sequence[Finding]) -> list[str]:
        lines = []
        for party, claims in entry.attributed.items() if entry else ():
            denials = [claim for claim in claims if claim.value is False]
            if denials:
                strongest = max(claim.standard for claim in denials)
                weaker = strongest < self.assessment.standard
                refs = self.prose.refs(s for claim in denials for s in claim.sources)
                lines.append(
                    f"- The involvement of {literal(self.case.parties[party].name)} is denied{refs}. The denial stands at "
                    f"{strongest.words}, which {'is weaker than' if weaker else 'reaches'} the standard applied here."
                )
        at = self.assessment.standard
        seen: dict[tuple[str, Reading, str], list[str]] = {}
        for finding in findings:
            for part in finding.exceptions:
                assert isinstance(part.rule, ExceptionRule)
                key = (part.rule.shown.en, part.reading, self._name(finding.party))
                seen.setdefault(key, []).append(finding.provision.cite)
        several = len({f.party for f in findings}) > 1
        for (shown, reading, name), cites in seen.items():
            who = f", for {name}" if several else ""
            told = ", ".join(dict.fromkeys(cites))
            lines.append(f"- Whether {shown} ({told}{who}): {OUTCOMES[reading]}.")
        for proof in contested_leaves((p for f in findings for p in f.proofs), at):
            about = words.stated(proof.condition, self.case.vocabulary)
            lines.append(
                f"- Accounts differ on the following. {about}: for{self.prose.refs(sources_of(proof))}, against{self.prose.refs(sources_of(proof, False))}."
            )
        argued = [f for f in findings if _argued(f)]
        objections = dict.fromkeys(
            (f.provision.cite, o) for f in argued for o in f.provision.objections
        )
        lines += [f"- {cite}: {objection}" for cite, objection in objections]
        return lines or ["- No denial, exception or contrary account is recorded."]

    def _questions(self, findings: Sequence[Finding]) -> list[str]:
        asked: dict[str, list[str]] = {}
        for finding in findings:
            if finding.status is Status.UNDETERMINED:
                asked.setdefault(self._asked(finding), []).append(finding.provision.cite)
        return [f"- {', '.join(dict.fromkeys(cites))}. {what}" for what, cites in asked.items()]

    def _asked(self, finding: Finding) -> str:
        """The questions whose answers would complete a finding, the shortest way first."""
        if not finding.missing:
            return sentence(f"What is recorded leaves open: {missing(finding, self.case)}")
        ways: dict[str, None] = {}
        for gaps in finding.missing:
            ordered = shortest_first(gaps)
            asked = (words.question(gap, self.case.vocabulary) for gap in ordered)
            ways[" and ".join(dict.fromkeys(asked))] = None
        told = "; or: ".join(list(ways)[:2])
        others = len(ways) - 2
        more = (
            f"; or in {others} other ways" if others > 1 else "; or in another way" * (others == 1)
        )
        return f"Answers to these would complete it: {told}{more}."


_ACTED = {
    None: "breached this provision",
    How.TREATY: "breached this provision",
    How.CUSTOM: "acted contrary to this provision, which does not bind it as a treaty",
    How.NOT: "acted contrary to this provision, which does not bind it",
    How.DISPUTED: "acted contrary to this provision; whether that binds it is disputed",
    How.UNKNOWN: "acted contrary to this provision; whether that binds it is not established",
}
"""What is said of conduct contrary to a provision, by how its instrument binds the party."""

_LIMITS = (
    "It assesses recorded facts against the elements of provisions. It establishes nothing about facts that are not "
    "recorded, and where it is silent, nothing follows. It does not find any person guilty of a crime; that is for a "
    "court. Whether an instrument binds a party, and which forum could hear a claim, are stated apart from whether "
    "the elements of a provision are met, and neither answers the other."
)


def how(finding: Finding) -> How | None:
    """How the instrument binds the party, where that was asked; custom of its own binds all."""
    found = finding.bound
    if found is None or (found.how is How.CUSTOM and found.treaty is None):
        return None
    return found.how


def _argued(finding: Finding) -> bool:
    """Whether an opponent has something to answer: a breach is claimed, or a crime left open."""
    if finding.status is Status.UNDETERMINED:
        return finding.provision.kind == "crime"
    return finding.status is not Status.NOT_INDICATED


def _same(part: Part) -> Same:
    return part.rule.place, part.proof.condition


def _open(finding: Finding) -> Iterator[Part]:
    """The elements for which a finding concludes nothing: those open, or those refuted."""
    refuted = finding.status is Status.NOT_INDICATED
    failing = Reading.NOT_MET if refuted else Reading.UNKNOWN
    return (part for part in finding.elements if part.reading is failing)


def _context(finding: Finding) -> Iterator[Part]:
    """Context and attribution, which several provisions have word for word."""
    roles = ("contextual", "attribution")
    return (p for p in finding.elements if isinstance(p.rule, Element) and p.rule.role in roles)


def _common(findings: Sequence[Finding], parts: Callable[[Finding], Iterable[Part]]) -> list[Part]:
    """The parts that several findings share, word for word: said once."""
    seen: dict[Same, list[Part]] = {}
    for finding in findings:
        for part in parts(finding):
            seen.setdefault(_same(part), []).append(part)
    return [same[0] for same in seen.values() if len(same) > 1]
