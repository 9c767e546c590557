"""The sentences of the legal section. Each standard of proof has its own words."""

import re
from collections.abc import Iterable

from engine.conditions import TABLE, Inferred
from engine.findings import Part
from engine.law import Element, ExceptionRule
from engine.sentences import BELIEVE, denied, sentence
from engine.sources import Sources
from engine.trace import grounds, sources_of
from engine.truth import Reading, Standard

MEANING = {
    Standard.REASONABLE_SUSPICION: "there is some reliable information that points to a fact, enough to look further and too little to conclude",
    Standard.REASONABLE_GROUNDS: "there is a reliable body of information, consistent with other material, on which an ordinarily prudent person would believe that a fact occurred",
    Standard.BALANCE_OF_PROBABILITIES: "a fact is more likely than not to have occurred",
    Standard.CLEAR_AND_CONVINCING: "the evidence makes a fact highly probable",
    Standard.BEYOND_REASONABLE_DOUBT: "no reasonable doubt remains that a fact occurred",
}


def literal(text: str) -> str:
    """Text of a case file, which a stranger may have written, so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))


class Prose:
    """Sentences on elements, with sources numbered in the order of their first mention."""

    def __init__(self, sources: Sources, standard: Standard) -> None:
        self.sources = sources
        self.standard = standard
        self.numbers: dict[str, int] = {}
        self.party = "the party"
        """How the party of the finding at hand is called."""

    def element(self, part: Part) -> str:
        rule = part.rule
        assert isinstance(rule, Element)
        first, *more = self.read(rule, part).split("; ")
        said = [f"{first} ({rule.authority})", *more, *self._inference(part)]
        return " ".join(sentence(text) for text in said)

    def read(self, rule: Element | ExceptionRule, part: Part) -> str:
        """What is found on a rule, in words that claim no more than its value; `;` parts them."""
        shown, refuted = self._named(rule.shown.en), self._named(denied(rule).en)
        support, opposition = part.proof.value
        enough = self.standard if part.reading is Reading.MET else Standard.NOTHING
        pro = self.refs(sources_of(part.proof, least=enough))
        con = self.refs(sources_of(part.proof, supporting=False))
        if part.reading is Reading.MET:
            weaker = (
                f"; contrary information stands only at {opposition.words}{con}"
                if opposition
                else ""
            )
            presumed = any(p.assumed for p in part.proof.walk())
            legal = (
                "; this rests on a presumption of law, as nothing is known to the contrary"
                if presumed
                else ""
            )
            return f"{BELIEVE[support].en} {shown}{pro}{weaker}{legal}"
        if part.reading is Reading.NOT_MET:
            return f"{BELIEVE[opposition].en} {refuted}{con}"
        if part.reading is Reading.CONTESTED:
            said = f"accounts differ on whether {shown}"
            if support and opposition:
                return (
                    f"{said}; it is supported at the standard of {support.words}{pro} "
                    f"and contradicted at that of {opposition.words}{con}"
                )
            side, refs = ("for", pro) if support else ("against", con)
            grade = max(support, opposition)
            return f"{said}; what speaks {side} it{refs}, at {grade.words}, rests on facts that are disputed"
        if support and opposition:
            return f"it has not been established whether {shown}; there is only {support.words} that it was so{pro}, and {opposition.words} that it was not{con}"
        hint = f"; there is only {support.words} that it was so{pro}" if support else ""
        doubt = f"; there is {opposition.words} that it was not{con}" if opposition else ""
        return f"it has not been established whether {shown}{hint}{doubt}"

    def _named(self, clause: str) -> str:
        """A clause with the party called by its name."""
        owner = self.party + ("'" if self.party.endswith("s") else "'s")
        clause = re.sub(r"\bthe party's\b", lambda _: owner, clause)
        return re.sub(r"\bthe party\b(?! to)", lambda _: self.party, clause)

    def _inference(self, part: Part) -> list[str]:
        """The inferences on either side: those that carry the value, then those that add to it."""
        said = []
        for supporting, openings in (
            (
                True,
                (
                    "this rests in part on an inference from the circumstances",
                    "circumstances that also point that way",
                ),
            ),
            (False, ("against it speak the circumstances", "circumstances that speak against it")),
        ):
            value = part.proof.value.support if supporting else part.proof.value.opposition
            strong: dict[str, None] = {}
            weak: dict[str, None] = {}
            for proof, _ in grounds(part.proof, supporting):
                if isinstance(proof.condition, Inferred) and proof.condition.basis != TABLE:
                    if part.reading is Reading.MET and supporting and proof.value.support < value:
                        continue  # it adds nothing to what is met without it
                    table = strong if proof.value.support >= value else weak
                    table[proof.condition.basis] = None
            said += [
                f"{opening}: {'; '.join(table)}"
                for opening, table in zip(openings, (strong, weak), strict=True)
                if table
            ]
        return said

    def refs(self, names: Iterable[str]) -> str:
        """` [1, 3]` for these sources, numbered in the order of their first mention."""
        found = sorted({self.numbers.setdefault(name, len(self.numbers) + 1) for name in names})
        return f" [{', '.join(map(str, found))}]" if found else ""

    def list_of_sources(self) -> str:
        lines = []
        for name, number in sorted(self.numbers.items(), key=lambda pair: pair[1]):
            url = self.sources.url(name)
            lines.append(
                f"{number}. {literal(self.sources.cite(name))}{f', <{url}>' if url else ''}."
            )
        return "\n".join(lines) or "No source is recorded."
