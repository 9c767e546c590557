"""Who could hear a claim, and what stands in the way; which modes and defences bear upon a crime.

A forum is a provision: its elements are what must be shown for its door to be open. None of this
says anything about whether a provision was breached, or by which person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.bound import How
from engine.casefile import Case
from engine.findings import Answered, Finding, limit_reason
from engine.law import Element, Law, Provision, by_number
from engine.reasons import missing
from engine.status import Status
from engine.truth import Reading

DOORS = {
    Status.INDICATED: "open",
    Status.CONTESTED: "disputed",
    Status.UNDETERMINED: "not known",
    Status.EXCEPTED: "barred",
    Status.NOT_INDICATED: "closed",
    Status.INAPPLICABLE: "closed",
}
"""What the status of a forum says of its door."""
BOUND = {
    How.TREATY: "as treaty",
    How.CUSTOM: "as custom",
    How.NOT: "not bound",
    How.DISPUTED: "disputed",
    How.UNKNOWN: "not known",
}
"""How an instrument binds a party, in a word."""


@dataclass(frozen=True)
class Door:
    """One forum for one party: how its door stands, why, and what it could hear."""

    forum: Provision
    party: str | None
    state: str
    why: str
    finding: Finding
    hears: tuple[str, ...]


def doors(answered: Answered, case: Case, everything: bool = False) -> list[Door]:
    """The doors for the findings an output shows, open ones first."""
    live = [f for f in answered.shown(everything) if f.live]
    found = []
    for finding in answered.forums:
        concerns = finding.provision.concerns
        hears = dict.fromkeys(
            f.provision.id
            for f in live
            if f.party == finding.party and concerns and concerns.covers(f.provision)
        )
        if hears:
            state = DOORS[finding.status]
            why = reason(finding, case)
            found.append(Door(finding.provision, finding.party, state, why, finding, tuple(hears)))
    order = list(dict.fromkeys(DOORS.values()))
    return sorted(found, key=lambda d: (order.index(d.state), by_number(d.forum.key)))


def reason(finding: Finding, case: Case) -> str:
    """Why a door stands as it does: in a few clauses."""
    readings = {
        Status.INDICATED: Reading.MET,
        Status.CONTESTED: Reading.CONTESTED,
        Status.NOT_INDICATED: Reading.NOT_MET,
    }
    if finding.status is Status.INAPPLICABLE:
        return "; ".join(limit_reason(part, case) for part in finding.unmet)
    if finding.status is Status.EXCEPTED:
        met = (p.rule.shown.en for p in finding.exceptions if p.reading is Reading.MET)
        return "; ".join(met)
    if finding.status is Status.UNDETERMINED:
        return f"missing: {missing(finding, case)}"
    wanted = readings[finding.status]
    clauses = []
    for part in finding.elements:
        if part.reading is wanted and isinstance(part.rule, Element):
            denied = wanted is Reading.NOT_MET and part.rule.refuted.en
            clauses.append(denied or part.rule.shown.en)
    return "; ".join(clauses)


def bearing(kind: str, provisions: Iterable[Provision], law: Law) -> list[Provision]:
    """The entries of a kind (`mode`, `defence`, `forum`) that bear upon any of these provisions."""
    concerned: Sequence[Provision] = list(provisions)
    return [
        entry
        for entry in law.provisions.values()
        if entry.kind == kind and entry.concerns and any(map(entry.concerns.covers, concerned))
    ]
