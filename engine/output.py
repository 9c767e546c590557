"""An assessment as JSON: the contract that other programs rely on."""

from typing import Any

from engine.avenues import BOUND, Door, bearing, doors
from engine.conditions import Concept, Condition, FactIs, Inferred, Judged, Presumed, Some
from engine.disputes import readings_of
from engine.findings import Answered, Assessment, Finding, Part, limit_reason
from engine.incident import Claim, Days, Period, Span
from engine.law import Element, Limit
from engine.missing import Gap, Set, in_order
from engine.sentences import said
from engine.sources import Sources
from engine.status import Status
from engine.trace import Proof
from engine.truth import Reading, Standard


def to_json(assessment: Assessment, sources: Sources, everything: bool = False) -> dict[str, Any]:
    """The whole assessment; `everything` includes provisions that nothing in a case touches."""
    case, law = assessment.case, assessment.law
    shown = _Shown(assessment, sources, everything)
    found: dict[str, Any] = {
        "case": case.id,
        "title": case.title,
        "standard": assessment.standard.label,
        "engine": assessment.engine,
        "law": {"version": law.version, "digest": law.digest},
    }
    if assessment.as_of:
        found["as_of"] = str(assessment.as_of)
    found["incidents"] = [
        {"id": answered.id, **shown.answered(answered)} for answered in assessment.incidents
    ]
    found["pattern"] = shown.answered(assessment.pattern)
    found["instruments"] = [
        {"instrument": i.instrument, "status": str(i.status), "provisions": list(i.provisions)}
        for i in assessment.instruments
        if everything or i.status is not Status.NOT_ENGAGED
    ]
    found["sources"] = sources.to_json()
    return found


def _grade(standard: Standard | None) -> str | None:
    return standard.label if standard else None


class _Shown:
    def __init__(self, assessment: Assessment, sources: Sources, everything: bool) -> None:
        self.assessment = assessment
        self.sources = sources
        self.everything = everything
        self.unfolded: set[tuple[str, str]] = set()
        """The concepts already proved in the finding at hand: a repeated one says `above`."""
        self.conditions: dict[Condition, tuple[dict[str, Any], str]] = {}
        """What is said of each condition, and where it is written: many proofs share one."""

    def answered(self, answered: Answered) -> dict[str, Any]:
        found: dict[str, Any] = {
            "findings": [self.finding(f) for f in answered.shown(self.everything)]
        }
        if answered.aside:
            found["not_attributed"] = [
                {"party": party, "value": str(reading)} for party, reading in answered.aside.items()
            ]
        if answered.notes:
            found["notes"] = list(answered.notes)
        case = self.assessment.case
        if forums := doors(answered, case, self.everything):
            found["forums"] = [self.door(door) for door in forums]
        return found

    def door(self, door: Door) -> dict[str, Any]:
        """One forum: how its door stands for a party, why, and what it could hear."""
        return {
            "forum": door.forum.id,
            "cite": door.forum.cite,
            "title": door.forum.title.model_dump(),
            "party": door.party,
            "door": door.state,
            "why": door.why,
            "hears": list(door.hears),
            "obstacles": [obstacle.model_dump() for obstacle in door.forum.obstacles],
        }

    def bound(self, finding: Finding) -> dict[str, Any]:
        """Whether the instrument binds the party: told apart from whether it was breached."""
        if not finding.bound:
            return {}
        how = finding.bound
        return {
            "bound": {
                "how": BOUND[how.how],
                "why": how.why,
                "treaty": how.treaty.id if how.treaty else None,
                "custom": list(how.custom),
            }
        }

    def finding(self, finding: Finding) -> dict[str, Any]:
        provision = finding.provision
        self.unfolded.clear()
        found: dict[str, Any] = {
            "provision": provision.id,
            **({"variant": provision.variant} if provision.variant else {}),
            "cite": provision.cite,
            "title": {"en": provision.title.en, "ar": provision.title.ar},
            "kind": provision.kind,
            "instrument": provision.instrument.id,
            "status": str(finding.status),
            "reached": _grade(finding.reached),
            "party": finding.party,
            "branch": finding.branch,
            "conditional": finding.conditional,
            "engaged": finding.engaged,
            **self.bound(finding),
        }
        if finding.live:
            for kind, key in (("mode", "modes"), ("defence", "defences")):
                if entries := bearing(kind, [provision], self.assessment.law):
                    found[key] = [entry.id for entry in entries]
        if finding.engaged and (applied := readings_of([provision], self.assessment.law)):
            found["readings"] = applied
        if finding.status is Status.INAPPLICABLE:
            found["reasons"] = [
                {"limit": p.rule.id, "reason": limit_reason(p, self.assessment.case)}
                for p in finding.unmet
            ]
            found["instead"] = finding.instead
        found["limits"] = [{"limit": part.rule.id, **self.part(part)} for part in finding.limits]
        # What does not apply, and is not touched, is proved by its limits; the rest stays folded.
        whole = finding.engaged or self.everything
        found["elements"] = [self.rule(part, whole) for part in finding.elements]
        found["exceptions"] = [self.rule(part, whole) for part in finding.exceptions]
        found["assumed"] = [self.proof(proof) for proof in finding.assumed]
        found["missing"] = [self.gaps(gaps) for gaps in finding.missing]
        found["deciding"] = [
            {
                "fact": self.leaf(d.leaf.condition),
                "scope": d.leaf.scope,
                "if_so": str(d.if_so),
                "if_not": str(d.if_not),
            }
            for d in finding.deciding
        ]
        return found

    def rule(self, part: Part, whole: bool) -> dict[str, Any]:
        rule = part.rule
        assert not isinstance(rule, Limit)
        value = part.proof.value
        against = part.reading is Reading.NOT_MET
        at = max(value.opposition if against else value.support, Standard.REASONABLE_SUSPICION)
        about: dict[str, Any] = {
            "id": rule.id,
            "shown": rule.shown.en,
            "authority": rule.authority,
            "says": said(rule, part.reading, at).model_dump(),
            "verified": rule.verified.against or None,
        }
        if isinstance(rule, Element):
            about["role"] = rule.role
        return {**about, **self.part(part, whole)}

    def part(self, part: Part, whole: bool = True) -> dict[str, Any]:
        value = part.proof.value
        return {
            "value": str(part.reading),
            "for": value.support.label,
            "against": value.opposition.label,
            "law": str(part.rule.place),
            "proof": self.proof(part.proof, whole),
        }

    def proof(self, proof: Proof, whole: bool = True) -> dict[str, Any]:
        """A proof with all below it; folded, it is the top alone."""
        condition = proof.condition
        if condition not in self.conditions:
            self.conditions[condition] = (self.condition(condition), str(condition.place))
        about, law = self.conditions[condition]
        found: dict[str, Any] = {
            **about,
            "scope": proof.scope,
            "for": proof.value.support.label,
            "against": proof.value.opposition.label,
            "law": law,
        }
        if proof.assumed:
            found["assumed"] = True
        if isinstance(condition, Concept):
            key = (condition.name, proof.scope)
            if key in self.unfolded:
                return {**found, "above": True}
            self.unfolded.add(key)
        if proof.claims:
            found["claims"] = [self.claim(claim) for claim in proof.claims]
        if proof.parts and whole:
            found["parts"] = [self.proof(part) for part in proof.parts]
        return found

    def condition(self, condition: Condition) -> dict[str, Any]:
        if isinstance(condition, FactIs | Judged):
            return self.leaf(condition)
        if isinstance(condition, Concept):
            return {"form": "concept", "concept": condition.name, "label": condition.label}
        if isinstance(condition, Some):
            return {"form": "some", "list": condition.list}
        if isinstance(condition, Inferred):
            return {
                "form": "inferred",
                "ceiling": condition.ceiling.label,
                "basis": condition.basis,
            }
        if isinstance(condition, Presumed):
            return {
                "form": "presumed",
                "standard": condition.standard.label,
                "basis": condition.basis,
            }
        names = {"Not": "not", "All": "all", "AnyOf": "any", "Weighed": "evidence"}
        return {"form": names[type(condition).__name__]}

    def leaf(self, condition: Condition) -> dict[str, Any]:
        if isinstance(condition, Judged):
            return {"form": "judgement", "judgement": condition.question}
        assert isinstance(condition, FactIs)
        operand = condition.operand
        if isinstance(operand, frozenset):
            shown: Any = sorted(operand)
        else:
            shown = [str(d) for d in operand] if isinstance(operand, tuple) else operand
        return {"form": "fact", "fact": condition.fact, condition.test.value: shown}

    def gaps(self, gaps: Set) -> list[dict[str, Any]]:
        return [self.gap(gap) for gap in in_order(gaps)]

    def gap(self, gap: Gap) -> dict[str, Any]:
        if isinstance(gap.leaf, Some):
            asked: dict[str, Any] = {"form": "complete", "list": gap.leaf.list}
        else:
            asked = self.leaf(gap.leaf)
        return {**asked, "scope": gap.scope, "wanted": gap.wanted}

    def claim(self, claim: Claim) -> dict[str, Any]:
        found: dict[str, Any] = {"value": _plain(claim.value), "standard": claim.standard.label}
        if claim.sources:
            found["sources"] = [self.sources.id(source) for source in claim.sources]
        if not self.sources.withheld(claim.sources):
            for key, text in (("by", claim.by), ("note", claim.note)):
                if text:
                    found[key] = text
        if claim.place.file:
            found["at"] = str(claim.place)
        return found


def _plain(value: Any) -> Any:
    if isinstance(value, Days):
        return str(value.first) if value.first == value.last else f"{value.first}/{value.last}"
    if isinstance(value, Period):
        return f"{value.began.first}/{value.ended.last}"
    if isinstance(value, Span):
        return value.least if value.least == value.most else {"min": value.least, "max": value.most}
    return value
