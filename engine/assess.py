"""A case put to the law: each provision, for each incident and each party, and for the pattern.

facts -> proofs (an evaluator) -> status, missing, deciding -> instruments
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from engine.accounts import Matter, account, contested_leaves, read, settle
from engine.bound import asked, bound
from engine.casefile import Case, Entry
from engine.conditions import Condition, Test
from engine.findings import Answered, Assessment, Deciding, Finding, InstrumentStatus, Part
from engine.incident import Claim, Scope, value_of
from engine.law import Law, Provision, Rule
from engine.missing import Search, Set
from engine.relevance import Touched
from engine.status import Parts, Status
from engine.trace import Proof
from engine.truth import UNKNOWN, Reading, Standard

Evaluator = Callable[[Sequence[Condition], Scope], list[Proof]]
"""Proves several conditions in one scope, one proof for each, in order."""


def assess(
    case: Case,
    law: Law,
    evaluator: Evaluator,
    standard: Standard,
    engine: str = "evaluate",
    as_of: date | None = None,
    whole: bool = False,
) -> Assessment:
    """Assess a case at a standard of proof. `as_of` takes the law of that date instead.

    What nothing touches is proved only as far as whether it applies, unless `whole`.
    """
    case = case.as_of(as_of) if as_of else case
    asking = _Asking(case, law, evaluator, standard, whole)
    incidents = tuple(asking.answer(incident.id, incident) for incident in case.incidents)
    pattern = asking.answer("pattern", None)
    instruments = _instruments(law, (*incidents, pattern))
    return Assessment(case, law, standard, engine, as_of, incidents, pattern, instruments)


class _Asking:
    """One case, put to the law at one standard, by one evaluator."""

    def __init__(
        self, case: Case, law: Law, evaluator: Evaluator, standard: Standard, whole: bool
    ) -> None:
        self.case = case
        self.law = law
        self.evaluator = evaluator
        self.standard = standard
        self.search = Search(standard)
        self.whole = whole
        self.conduct: dict[str, list[Provision]] = {"incident": [], "pattern": []}
        self.forums: dict[str, list[Provision]] = {"incident": [], "pattern": []}
        for provision in law.provisions.values():
            if provision.kind == "forum":
                self.forums[provision.level].append(provision)
            elif provision.elements:
                self.conduct[provision.level].append(provision)

    def answer(self, name: str, entry: Entry | None) -> Answered:
        case = self.case
        entries = (entry,) if entry else case.entries
        level = "incident" if entry else "pattern"
        findings: list[Finding] = []
        forums: list[Finding] = []
        for party in case.parties_in(entries):
            scope = case.incident_scope(entry, party) if entry else case.case_scope(party)
            found = self._findings(self.conduct[level], party, scope)
            findings += self._bound(found, scope)
            live = [f.provision for f in found if f.live]
            hearing = [f for f in self.forums[level] if _hears(f, live)]
            forums += self._findings(hearing, party, scope.as_recorded())
        aside, notes = _aside(entries, self.standard), _notes(entry, findings)
        return Answered(name, entry, tuple(findings), aside, notes, tuple(forums))

    def _findings(
        self, provisions: Sequence[Provision], party: str | None, scope: Scope
    ) -> list[Finding]:
        if not provisions:
            return []
        touched = Touched(scope)
        asked_of = [
            p.conditions
            if self.whole or all(touched(c) for c in p.conduct)
            else tuple(limit.condition for limit in p.limits)
            for p in provisions
        ]
        proofs = iter(self.evaluator([c for some in asked_of for c in some], scope))
        return [
            finding(p, [next(proofs) for _ in some], party, scope, self.case, self.search)
            for p, some in zip(provisions, asked_of, strict=True)
        ]

    def _bound(self, findings: Sequence[Finding], scope: Scope) -> list[Finding]:
        """The findings that are engaged, with whether their instruments bind the party."""
        questions = asked((f.provision for f in findings if f.engaged), self.law)
        proved = self.evaluator(list(questions.values()), scope) if questions else []
        proofs = dict(zip(questions, proved, strict=True))
        return [
            replace(f, bound=bound(f.provision, self.law, proofs, scope, self.standard))
            if f.engaged
            else f
            for f in findings
        ]


def _hears(forum: Provision, provisions: Iterable[Provision]) -> bool:
    return forum.concerns is not None and any(forum.concerns.covers(p) for p in provisions)


def _aside(entries: Sequence[Entry], standard: Standard) -> dict[str, Reading]:
    """The parties to whom nothing here is attributed, if there is another to whom something is."""
    readings: dict[str, set[Reading]] = {}
    for entry in entries:
        for party, claims in entry.attributed.items():
            value = value_of(claims, Test.IS, True)
            readings.setdefault(party, set()).add(value.read(standard))
    named = {Reading.MET, Reading.CONTESTED}
    aside = {p: min(found) for p, found in readings.items() if not found & named}
    return aside if len(aside) < len(readings) else {}


def _notes(entry: Entry | None, findings: Sequence[Finding]) -> tuple[str, ...]:
    if entry is None or any(f.engaged for f in findings):
        return ()
    return (
        "nothing that is recorded touches any provision; is it stated what was done, and to whom?",
    )


def finding(
    provision: Provision,
    proofs: Sequence[Proof],
    party: str | None,
    scope: Scope,
    case: Case,
    search: Search,
) -> Finding:
    """The finding on one provision from the proofs of its conditions, in their order.

    The proofs of its limits alone will do where nothing touches its conduct. The standard of proof
    is that of the search for what is missing, which several findings may share.
    """
    standard = search.standard
    whole = len(proofs) == len(provision.conditions)
    n_limits, n_elements = len(provision.limits), len(provision.elements)
    rules: tuple[Rule, ...] = (*provision.limits, *provision.elements, *provision.exceptions)
    parts = tuple(Part(r, p, read(p, standard)) for r, p in zip(rules, proofs, strict=whole))
    limits, elements = parts[:n_limits], parts[n_limits : n_limits + n_elements]
    values = _parts(provision, proofs)
    status = values.status(standard)
    missing: tuple[Set, ...] = ()
    if status is Status.UNDETERMINED:
        open_parts = [p.proof for p in (*limits, *elements) if p.reading is Reading.UNKNOWN]
        missing = tuple(search.smallest_sets(open_parts))
    assumed = (a for p in proofs if p.presumes for a in p.walk() if a.assumed)
    return Finding(
        provision=provision,
        party=party,
        branch=_branch(provision, scope, case, standard),
        conditional=values.conditional(standard),
        standard=standard,
        status=status,
        reached=values.reached() if whole else None,
        engaged=values.engaged,
        limits=limits,
        elements=elements,
        exceptions=parts[n_limits + n_elements :],
        assumed=tuple(assumed) if whole else (),
        missing=missing,
        deciding=_deciding(provision, proofs, status, standard) if whole else (),
    )


def status_of(provision: Provision, proofs: Sequence[Proof], standard: Standard) -> Status:
    """Only the status of a finding, from the proofs of the provision's conditions in order."""
    return _parts(provision, proofs).status(standard)


def _parts(provision: Provision, proofs: Sequence[Proof]) -> Parts:
    """The parts of a provision; where only its limits are proved, nothing supports its conduct."""
    n_limits, n_elements = len(provision.limits), len(provision.elements)
    limits = {limit.id: p for limit, p in zip(provision.limits, proofs, strict=False)}
    if len(proofs) < len(provision.conditions):
        return Parts(limits, (NOTHING_KNOWN,), (), ())
    elements = tuple(proofs[n_limits : n_limits + n_elements])
    conduct = tuple(
        p for p, e in zip(elements, provision.elements, strict=True) if e.role == "conduct"
    )
    return Parts(limits, conduct, elements, tuple(proofs[n_limits + n_elements :]))


def _branch(provision: Provision, scope: Scope, case: Case, standard: Standard) -> str:
    """The kind of conflict the finding is about: the provision's own, or the established one."""
    if len(provision.branch) == 1:
        return next(iter(provision.branch))
    claims = scope.claims(case.vocabulary.roles.conflict)
    stated = {c.value for c in claims if c.standard >= standard}
    return str(next(iter(stated))) if len(stated) == 1 else "any"


def _deciding(
    provision: Provision, proofs: Sequence[Proof], status: Status, standard: Standard
) -> tuple[Deciding, ...]:
    """The contested facts each of which, settled alone, would change the answer."""
    found: list[Deciding] = []
    told: list[list[dict[Matter, tuple[Claim, ...]]]] = []
    for leaf in contested_leaves(proofs, standard):
        accounts = [account(leaf, so) for so in (True, False)]
        if accounts in told or accounts[::-1] in told:
            continue  # the same fact, read by another comparison
        told.append(accounts)
        so, not_so = (
            _parts(provision, [settle(p, each) for p in proofs]).status(standard)
            for each in accounts
        )
        if so is not not_so and (status not in (so, not_so) or status is Status.CONTESTED):
            found.append(Deciding(leaf, so, not_so))
    return tuple(found)


NOTHING_KNOWN = Proof(Condition(), "", UNKNOWN)
"""Stands for conduct that nothing supports."""
_ORDER = list(Status)


def _instruments(law: Law, answered: Sequence[Answered]) -> tuple[InstrumentStatus, ...]:
    """Per instrument, the strongest status; one that hangs on the kind of conflict is contested."""
    found: dict[str, dict[Status, list[str]]] = {}
    branches: dict[str, set[str]] = {}
    for finding_ in (f for a in answered for f in a.findings if f.party not in a.aside):
        name = finding_.provision.instrument.id
        status = finding_.status
        if status is Status.INDICATED and finding_.conditional:
            branches.setdefault(name, set()).add(finding_.branch)
            status = Status.CONTESTED
        ids = found.setdefault(name, {}).setdefault(status, [])
        if finding_.provision.id not in ids:
            ids.append(finding_.provision.id)
    result = []
    for name in law.instruments:
        if name in found:
            best = min(found[name], key=_ORDER.index)
            result.append(InstrumentStatus(name, best, tuple(found[name][best])))
    return tuple(result)
