"""The law that applies: the kind of conflict, disputed questions of law, and what falls outside."""

from collections.abc import Mapping, Sequence

from engine import words
from engine.disputes import others, readings_of
from engine.findings import Answered, Assessment, limit_reason
from engine.incident import Claim, Scope
from engine.law import Law
from engine.report.prose import Prose, literal
from engine.status import CONCLUDING, Status

MANY = 3
"""From here on, provisions that do not apply for one reason are named without where to look."""


def applicable_law(assessment: Assessment, answered: Sequence[Answered], prose: Prose) -> list[str]:
    """The kind of conflict, disputed questions of law, and what does not apply, as paragraphs."""
    case, out = assessment.case, []
    conflict = case.vocabulary.roles.conflict
    scopes: list[Scope] = [case.scope, *(a.entry.scope for a in answered if a.entry)]
    claims = list(dict.fromkeys(c for scope in scopes for c in scope.facts.get(conflict, ())))
    out.append(_conflict(claims, assessment, prose))
    open_for = [a.entry for a in answered if a.entry and not a.entry.scope.claims(conflict)]
    if claims and open_for and not case.scope.facts.get(conflict):
        titles = ", ".join(f"*{literal(entry.title)}*" for entry in open_for)
        out.append(f"That is not recorded of: {titles}. There it is left open.")
    out += _readings(assessment)
    for each in answered:
        why: dict[str, dict[str, str]] = {}
        for finding in each.shown():
            if finding.status is Status.INAPPLICABLE and finding.engaged:
                reasons = "; ".join(limit_reason(part, case) for part in finding.unmet)
                instead = ", ".join(_cite(i, assessment.law) for i in finding.provision.instead)
                cites = why.setdefault(reasons, {})
                cites[finding.provision.cite] = f" (see {instead})" if instead else ""
        if why:
            title = literal(each.entry.title) if each.entry else "the pattern"
            out.append(
                f"The following provisions speak to such conduct but do not apply to *{title}*:"
            )
            out.append("\n".join(_outside(reasons, cites) for reasons, cites in why.items()))
    return out


def _outside(reasons: str, cites: Mapping[str, str]) -> str:
    """The provisions that do not apply for one reason; where to look instead, if they are few."""
    if len(cites) > MANY:
        return f"- {reasons}: {'; '.join(cites)}."
    return f"- {reasons}: {'; '.join(cite + see for cite, see in cites.items())}."


def _readings(assessment: Assessment) -> list[str]:
    """How the law was read where authorities differ, for the provisions written in full."""
    law = assessment.law
    every = (*assessment.incidents, assessment.pattern)
    whole = [f for a in every for f in a.shown() if f.status in CONCLUDING]
    lines = []
    for name, applied in readings_of((f.provision for f in whole), law).items():
        reading = law.readings[name]
        held = "; ".join(reading.alternatives[applied].held_by)
        lines.append(
            f"- {reading.question.en} Read here as `{applied}`: "
            f"{reading.alternatives[applied].says.en} It is held by: {held}. Read otherwise "
            f"({', '.join(others(reading, applied))}), the result may differ."
        )
    if not lines:
        return []
    return ["Authorities differ on these questions of law:", "\n".join(lines)]


def _conflict(claims: Sequence[Claim], assessment: Assessment, prose: Prose) -> str:
    kinds = {str(c.value) for c in claims if c.standard >= assessment.standard}
    cited = prose.refs(s for c in claims for s in c.sources)
    named = [words.conflict(kind, assessment.case.vocabulary) for kind in sorted(kinds)]
    if len(named) == 1:
        return f"The conduct is assessed under the law that applies in {named[0]}, as the sources classify the situation{cited}."
    if named:
        return (
            f"Accounts differ on whether this was {' or '.join(named)}{cited}. The provisions of each branch are "
            "assessed side by side; they are alternatives and are never combined."
        )
    return "The kind of armed conflict has not been established; provisions that depend on it are left open."


def _cite(provision_id: str, law: Law) -> str:
    found = law.find(provision_id)
    return found[0].cite if found else provision_id
