"""The law's own worked examples: facts in, one status out. Run by the tests.

An example states the keys of one incident; `party` (what is known of the party called `party`),
`assessments`, `campaign` and `totals` are lifted to the case. For a provision on a pattern the
facts are those of the whole case.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from engine.assess import Evaluator, finding
from engine.casefile import Case, case_from
from engine.findings import Finding
from engine.incident import Scope
from engine.law import Example, Law, Provision
from engine.loader import Document
from engine.missing import Search

LIFTED = ("party", "assessments", "campaign", "totals")


@dataclass(frozen=True)
class Outcome:
    """What an example came to."""

    provision: Provision
    example: Example
    finding: Finding


def example_case(example: Example, provision: Provision, law: Law, model: type[BaseModel]) -> Case:
    """The case file that an example stands for; raises InputError if its facts are wrong."""
    facts: dict[str, Any] = dict(example.facts)
    case: dict[str, Any] = {
        "case": "example",
        "title": example.name,
        "standard": example.standard.label,
    }
    party: dict[str, Any] = facts.pop("party", {})
    case["parties"] = {"party": {"name": "the party", **party}}
    if provision.level == "pattern":
        case.update(facts)
    else:
        for key in LIFTED:
            if key in facts:
                case[key] = facts.pop(key)
        case["incidents"] = [{"id": "incident", **facts}]
    document = Document(
        example.place.file, "", case, {(): (example.place.line, example.place.column)}
    )
    return case_from(document, law.vocabulary, model)


def run_one(
    example: Example, provision: Provision, law: Law, evaluator: Evaluator, model: type[BaseModel]
) -> Outcome:
    """One example of one provision."""
    case = example_case(example, provision, law, model)
    scope, party = example_scope(case, provision)
    proofs = evaluator(provision.conditions, scope)
    found = finding(provision, proofs, party, scope, case, Search(example.standard))
    return Outcome(provision, example, found)


def example_scope(case: Case, provision: Provision) -> tuple[Scope, str | None]:
    """The scope in which the case of an example answers its provision, and for which party."""
    if provision.level == "pattern":
        party = case.parties_in(case.entries)[0]
        return case.case_scope(party), party
    (incident,) = case.incidents
    party = case.parties_in((incident,))[0]
    return case.incident_scope(incident, party), party
