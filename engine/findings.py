"""Findings, as data: what printers, reports and JSON show of a case that was assessed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engine import words
from engine.bound import Bound
from engine.casefile import Case, Entry
from engine.conditions import FactIs
from engine.law import Law, Provision, Rule, by_number
from engine.missing import Set
from engine.status import Status
from engine.trace import Proof
from engine.truth import Reading, Standard


@dataclass(frozen=True)
class Part:
    """A limit, element or exception of a provision with its proof and its reading."""

    rule: Rule
    proof: Proof
    reading: Reading


@dataclass(frozen=True)
class Deciding:
    """One contested fact that by itself decides: what the finding is if it is so, or not so."""

    leaf: Proof
    if_so: Status
    if_not: Status


@dataclass(frozen=True)
class Finding:
    """One provision, for one party, of one incident or of the pattern."""

    provision: Provision
    party: str | None
    branch: str
    conditional: bool
    standard: Standard
    status: Status
    reached: Standard | None
    engaged: bool
    limits: tuple[Part, ...]
    elements: tuple[Part, ...]
    exceptions: tuple[Part, ...]
    assumed: tuple[Proof, ...]
    missing: tuple[Set, ...]
    deciding: tuple[Deciding, ...]
    bound: Bound | None = None
    """Whether the instrument binds the party; None where the provision is not engaged."""

    @property
    def live(self) -> bool:
        """Whether the provision may have been breached: so is found, disputed, or left open."""
        return self.status in (Status.INDICATED, Status.CONTESTED, Status.UNDETERMINED)

    @property
    def unmet(self) -> list[Part]:
        """The limits that make it inapplicable."""
        return [part for part in self.limits if part.reading is Reading.NOT_MET]

    @property
    def instead(self) -> list[str]:
        """Where to look if it is inapplicable: named places first, then the twin."""
        return list(dict.fromkeys((*self.provision.instead, *self.provision.twin)))

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Every proof of the finding: limits, elements, exceptions."""
        return tuple(part.proof for part in (*self.limits, *self.elements, *self.exceptions))


@dataclass(frozen=True)
class Answered:
    """An incident (or the pattern, where `entry` is None) with its findings."""

    id: str
    entry: Entry | None
    findings: tuple[Finding, ...]
    aside: Mapping[str, Reading]
    notes: tuple[str, ...] = ()
    forums: tuple[Finding, ...] = ()
    """For each party, the forums that hear any of its live findings; see `engine.avenues`."""

    def shown(self, everything: bool = False) -> list[Finding]:
        """The findings an output shows: on parties to whom the conduct is attributed at all.

        `aside` are parties to whom it is not attributed at this standard while it is to another;
        `everything` includes them, and provisions that nothing in the facts touches.
        """
        return [
            f
            for f in self.findings
            if everything or (f.party not in self.aside and f.status is not Status.NOT_ENGAGED)
        ]


@dataclass(frozen=True)
class InstrumentStatus:
    """What the findings under one instrument come to, and which provisions carry that."""

    instrument: str
    status: Status
    provisions: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """A case assessed: everything that printers, reports and JSON show."""

    case: Case
    law: Law
    standard: Standard
    engine: str
    as_of: date | None
    incidents: tuple[Answered, ...]
    pattern: Answered
    instruments: tuple[InstrumentStatus, ...]


def in_order(findings: Iterable[Finding], law: Law) -> list[Finding]:
    """Findings by instrument as the law lists them, provisions by the numbers in their ids."""
    instruments = list(law.instruments)

    def key(finding: Finding) -> tuple[int, list[int | str]]:
        provision = finding.provision
        return instruments.index(provision.instrument.id), by_number(provision.key)

    return sorted(findings, key=key)


def limit_reason(part: Part, case: Case) -> str:
    """Why a limit is not met: what the law says; what the case says."""
    stated = {
        words.value(claim.value, leaf.condition.fact, case.vocabulary): None
        for leaf in part.proof.walk()
        if isinstance(leaf.condition, FactIs)
        for claim in leaf.claims
        if claim.value is not True
    }
    here = f"; here: {', '.join(stated)}" if stated else ""
    return f"{part.rule.shown.en}{here}"
