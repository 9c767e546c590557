"""Whether the instrument of a provision binds the party that acted: as treaty, as custom, or not.

This is apart from whether the elements are met, and neither answers the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.accounts import read
from engine.conditions import Condition, Test
from engine.dates import day
from engine.incident import Scope, value_of
from engine.law import CONDUCT, Law, Provision, StateStatus, Treaty
from engine.trace import Proof
from engine.truth import Reading, Standard
from engine.vocabulary import Words


class How(StrEnum):
    """How an instrument binds a party."""

    TREATY = "treaty"
    CUSTOM = "custom"
    NOT = "not"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Bound:
    """The answer for one provision and one party.

    `treaty` is the entry of the status table that was asked, `states` the States that the case
    names there, `custom` the customary rules of the same content, which bind beside any treaty.
    """

    how: How
    why: str
    treaty: Treaty | None = None
    proof: Proof | None = None
    states: tuple[StateStatus, ...] = ()
    custom: tuple[str, ...] = ()
    because: Words | None = None


def asked(provisions: Iterable[Provision], law: Law) -> dict[str, Condition]:
    """What must be proved to say who is bound: a condition for each treaty that is concerned."""
    found: dict[str, Condition] = {}
    for provision in provisions:
        treaty = law.treaties.get(provision.bound_by)
        if treaty and (condition := treaty.conditions.get(provision.level)):
            found[f"{treaty.id} {provision.level}"] = condition
    return found


def bound(
    provision: Provision,
    law: Law,
    proofs: Mapping[str, Proof],
    scope: Scope,
    standard: Standard,
) -> Bound:
    """How a provision binds the party in whose scope the proofs of `asked` were made."""
    kind = provision.instrument.kind
    if kind == "custom":
        return Bound(How.CUSTOM, "customary law binds every party to the conflict")
    if kind == "soft_law":
        return Bound(How.NOT, "the instrument is not binding as such", custom=provision.custom)
    if provision.kind == "call":
        why = (
            f"the paragraph does not demand: its verb is `{provision.verb}`"
            if provision.verb
            else "the paragraph is taken for a call, since its verb was not seen"
        )
        return Bound(How.NOT, why, custom=provision.custom)
    treaty = law.treaties.get(provision.bound_by)
    proof = proofs.get(f"{provision.bound_by} {provision.level}")
    if treaty is None or proof is None:
        why = "the status table says nothing of this instrument"
        return Bound(How.UNKNOWN, why, treaty, custom=provision.custom)
    reading = read(proof, standard)
    states = _states(treaty, proof, standard)
    group = _is_armed_group(law, scope, standard)
    because = treaty.because if group and treaty.because.en else None
    if group and treaty.armed_groups == "disputed" and treaty.by == "party":
        why = "whether it binds armed groups as such is disputed"
        return Bound(How.DISPUTED, why, treaty, proof, states, provision.custom, because)
    if reading is Reading.MET:
        return Bound(How.TREATY, _since(states), treaty, proof, states, provision.custom, because)
    if reading is Reading.NOT_MET:
        how = How.CUSTOM if provision.custom else How.NOT
        why = "; ".join(_not_since(row) for row in states) or "it does not bind armed groups"
        return Bound(how, why, treaty, proof, states, provision.custom, because)
    if reading is Reading.CONTESTED:
        why = "accounts differ on facts that decide it"
        return Bound(How.DISPUTED, why, treaty, proof, states, provision.custom, because)
    if states and law.status_as_of and not any(row.party for row in states):
        why = (
            f"the status table is of {day(law.status_as_of)}, "
            "and the conduct is later, or its date is not known"
        )
    else:
        why = "the State, the date, or its entry in the status table is not known"
    return Bound(How.UNKNOWN, why, treaty, proof, states, provision.custom, because)


def concerned(provision: Provision) -> bool:
    """Whether it can be asked at all whom the provision binds."""
    return provision.kind in CONDUCT


def _states(treaty: Treaty, proof: Proof, standard: Standard) -> tuple[StateStatus, ...]:
    """The rows of the table for the States that the case names at the standard."""
    named = {
        claim.value for leaf in proof.walk() for claim in leaf.claims if claim.standard >= standard
    }
    return tuple(row for state, row in treaty.states.items() if state in named)


def _is_armed_group(law: Law, scope: Scope, standard: Standard) -> bool:
    ((fact, value),) = law.vocabulary.roles.armed_group.items()
    return value_of(scope.claims(fact), Test.IS, value).read(standard) is Reading.MET


def _since(states: tuple[StateStatus, ...]) -> str:
    told = [f"{row.name} is a party since {day(row.since)}" for row in states if row.since]
    return "; ".join(told) or "it binds armed groups as such"


def _not_since(row: StateStatus) -> str:
    if not row.party or row.since is None:
        signed = f"; it signed on {day(row.signed)} and did not ratify" if row.signed else ""
        return f"{row.name} is not a party{signed}"
    until = f" until {day(row.until)}" if row.until else ""
    return f"{row.name} is a party only from {day(row.since)}{until}"
