"""The facts as found, with who says so: what the legal section assesses, and no more than is recorded."""

from collections.abc import Sequence

from engine import words
from engine.casefile import Case, Entry
from engine.incident import Claim
from engine.report.prose import Prose, literal
from engine.sentences import BELIEVE, sentence
from engine.sources import Sources
from engine.truth import Standard


class Facts:
    """Tells the facts of one incident after another; a withheld source is never named."""

    def __init__(self, case: Case, sources: Sources, prose: Prose, standard: Standard) -> None:
        self.case = case
        self.sources = sources
        self.prose = prose
        self.standard = standard

    def attribution(self, entry: Entry) -> str:
        """Who carried out the conduct, and who denies it, as a paragraph."""
        if not entry.attributed:
            return "The conduct has not been attributed to any party."
        told = []
        for party, claims in entry.attributed.items():
            name = literal(self.case.parties[party].name)
            for claim in claims:
                by = claim.by and not self.sources.withheld(claim.sources)
                refs = self.prose.refs(claim.sources)
                if claim.value and by:
                    said = f"according to {literal(str(claim.by))}, {name} carried it out{refs}"
                    grade = f"this is taken here at the standard of {claim.standard.words}"
                    told.append(sentence(f"{said}; {grade}"))
                elif claim.value:
                    believe = BELIEVE[claim.standard].en
                    told.append(sentence(f"{believe} {name} carried it out{refs}"))
                else:
                    told.append(self._denial(claim, name))
        return " ".join(told)

    def _denial(self, claim: Claim, name: str) -> str:
        withheld = self.sources.withheld(claim.sources)
        by = None if withheld or not claim.by else literal(claim.by)
        said = (
            f"{by} denies that {name} carried it out"
            if by
            else f"that {name} carried it out is denied"
        )
        note = "" if withheld or not claim.note else f" ({literal(claim.note.rstrip('.'))})"
        return sentence(f"{said}{note}{self.prose.refs(claim.sources)}")

    def listed(self, entry: Entry) -> list[str]:
        """The facts recorded on an incident, as bullet points."""
        lines = []
        for fact, claims in entry.scope.facts.items():
            lines.append(f"- {self._fact(fact, claims)}")
        for list_name, items in entry.scope.lists.items():
            for number, item in enumerate(items, 1):
                told = "; ".join(self._fact(fact, claims) for fact, claims in item.facts.items())
                group = self.case.vocabulary.groups[
                    self.case.vocabulary.item_of(list_name) or ""
                ].label.en
                which = f" {number}" if len(items) > 1 else ""
                lines.append(f"- **{group}{which}**: {told}")
        return lines

    def _fact(self, fact: str, claims: Sequence[Claim]) -> str:
        label = self.case.vocabulary.facts[fact].label.en
        told = []
        for claim in claims:
            value = literal(words.value(claim.value, fact, self.case.vocabulary))
            withheld = self.sources.withheld(claim.sources)
            details = (
                []
                if withheld
                else [literal(text.rstrip(".")) for text in (claim.by, claim.note) if text]
            )
            if claim.party:
                details.append(f"of {literal(self.case.parties[claim.party].name)}")
            if claim.standard is not self.standard:
                details.append(claim.standard.words)
            told_by = f" ({'; '.join(details)})" if details else ""
            told.append(f"{value}{told_by}{self.prose.refs(claim.sources)}")
        return f"{label}: {'; '.join(told)}"
