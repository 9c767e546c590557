"""What `lieber assess` prints: what is breached first, then contested, open, or elsewhere."""

from collections.abc import Iterable, Sequence

from engine import words
from engine.avenues import BOUND, Door, doors
from engine.bound import How
from engine.casefile import Case, Entry
from engine.conditions import FactIs
from engine.dates import day
from engine.disputes import readings_of
from engine.findings import Answered, Assessment, Finding, in_order
from engine.layout import Line, paragraph
from engine.reasons import reason
from engine.status import CONCLUDING, Status
from engine.truth import Reading

HEADINGS = {
    Status.INDICATED: "INDICATED: every element is met, and no exception is",
    Status.CONTESTED: "CONTESTED: it depends on which account is true",
    Status.EXCEPTED: "EXCEPTED: an exception is met, whatever the elements come to",
    Status.UNDETERMINED: "UNDETERMINED: something that must be shown is unknown",
    Status.NOT_INDICATED: "NOT INDICATED: an element is refuted",
    Status.INAPPLICABLE: "INAPPLICABLE: not the law of this date, place, conflict or party",
    Status.NOT_ENGAGED: "NOT ENGAGED: nothing in the facts touches the conduct",
}


def summary(assessment: Assessment, everything: bool = False) -> list[Line]:
    """The assessment of a case for a reader at a terminal."""
    case, law = assessment.case, assessment.law
    lines = paragraph(f"{case.title} ({case.id})", style="bold")
    said = f"Standard of proof: {assessment.standard.words}. Law {law.version}, {law.digest[:19]}."
    if assessment.as_of:
        said += f" Law as of {day(assessment.as_of)}, not of the incidents' dates."
    lines += paragraph(said)
    for answered in assessment.incidents:
        lines += [Line(""), *_heading(answered.entry, case)]
        lines += _answered(answered, assessment, everything)
    if _shown(assessment.pattern, everything):
        lines += [Line(""), Line("PATTERN: the case as a whole", "bold")]
        lines += _answered(assessment.pattern, assessment, everything)
    lines += [Line(""), *_readings(assessment, everything)]
    lines += paragraph(
        "A finding says that the recorded facts, if they stand, meet the elements of a provision. "
        "It does not establish that anyone is guilty, nor that unrecorded facts do not exist."
    )
    return lines


def _readings(assessment: Assessment, everything: bool) -> list[Line]:
    """How the law was read where authorities differ, for the findings that conclude something."""
    every = (*assessment.incidents, assessment.pattern)
    found = [f for a in every for f in _shown(a, everything) if f.status in CONCLUDING]
    applied = readings_of((f.provision for f in found), assessment.law)
    if not applied:
        return []
    told = ", ".join(f"{name}={alternative}" for name, alternative in applied.items())
    return paragraph(
        f"Authorities differ on questions of law that these findings ask. Read here: {told}. "
        "See docs/readings.md; --reading reads them otherwise."
    )


def _heading(entry: Entry | None, case: Case) -> list[Line]:
    if entry is None:
        return []
    facts = entry.scope.facts
    roles = case.vocabulary.roles
    told = [
        words.value(claim.value, fact, case.vocabulary)
        for fact in (roles.date, roles.period)
        for claim in facts.get(fact, ())[:1]
    ]
    date = f", {told[0]}" if told else ", date unknown"
    return paragraph(f"{entry.id}: {entry.title}{date}", hanging=2, style="bold")


def _shown(answered: Answered, everything: bool) -> list[Finding]:
    """What the reader sees: what the facts touch, of parties to whom they are attributed."""
    return [f for f in answered.shown(everything) if everything or f.engaged]


def _answered(answered: Answered, assessment: Assessment, everything: bool) -> list[Line]:
    case = assessment.case
    lines: list[Line] = []
    for note in answered.notes:
        lines += paragraph(f"Note: {note}", 2, 2)
    findings = _shown(answered, everything)
    for party in dict.fromkeys(f.party for f in findings):
        own = [f for f in findings if f.party == party]
        lines += [*([Line("")] if lines else []), *_party(party, case)]
        lines += _without_author(own, case)
        for status in Status:
            some = [f for f in own if f.status is status]
            if some:
                lines += [Line(""), *paragraph(HEADINGS[status], 2, 4, style="bold")]
                lines += _by_instrument(some, assessment)
        lines += _bound(own)
        lines += _doors([d for d in doors(answered, case, everything) if d.party == party])
    if not findings and not answered.notes:
        lines += paragraph("Nothing in the recorded facts touches a provision of the law here.", 2)
    for party, reading in {} if everything else answered.aside.items():
        lines += [Line(""), *paragraph(_aside(case.parties[party].name, reading, assessment), 2, 2)]
    return lines


def _aside(name: str, reading: Reading, assessment: Assessment) -> str:
    standard = assessment.standard.words
    if reading is Reading.NOT_MET:
        return (
            f"Also named: {name}. At {standard} it was not this party (--all shows the findings)."
        )
    return f"Also named: {name}, but not at {standard} (--all shows the findings)."


def _without_author(findings: Sequence[Finding], case: Case) -> list[Line]:
    """Said once: that nothing can be indicated, because the conduct has no established author."""
    lacking = all(_attribution(f, case) is Reading.UNKNOWN for f in findings)
    if not lacking:
        return []
    return paragraph(
        "It is not established at this standard that this party did it; that is missing "
        "everywhere below and is not repeated.",
        2,
        2,
    )


def _attribution(finding: Finding, case: Case) -> Reading | None:
    role = case.vocabulary.roles.attribution
    for part in finding.elements:
        condition = part.proof.condition
        if isinstance(condition, FactIs) and condition.fact == role:
            return part.reading
    return None


def _party(party: str | None, case: Case) -> list[Line]:
    if party is None:
        return paragraph(
            "The conduct is attributed to nobody: every answer lacks its author.", 2, 2
        )
    return paragraph(f"Party: {case.parties[party].name}", 2, 4)


MANY = 3
"""From here on, provisions that do not apply for one reason are named without their titles."""


def _by_instrument(findings: Iterable[Finding], assessment: Assessment) -> list[Line]:
    """One line for each provision, by instrument; those with the same reason share it."""
    lines: list[Line] = []
    instrument = ""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in in_order(findings, assessment.law):
        key = (finding.provision.instrument.id, reason(finding, assessment.case))
        groups.setdefault(key, []).append(finding)
    for (instrument_id, why), some in groups.items():
        if instrument_id != instrument:
            instrument = instrument_id
            lines += paragraph(assessment.law.instruments[instrument_id].title.en, 4, 2)
        if len(some) == 1:
            lines += paragraph(f"{_named(some[0])}: {why}", 6, 4)
            continue
        lines += paragraph(f"{why}:", 6, 4)
        if some[0].status is Status.INAPPLICABLE and len(some) > MANY:
            lines += paragraph("; ".join(_named(f, titled=False) for f in some), 8, 2)
        else:
            for finding in some:
                lines += paragraph(_named(finding), 8, 4)
    return lines


def _named(finding: Finding, titled: bool = True) -> str:
    """A provision by its id and title; where to look instead, if it does not apply."""
    provision = finding.provision
    name = f"{provision.key}  {provision.title.en}" if titled else provision.key
    if finding.status is Status.INAPPLICABLE and finding.instead:
        shown = finding.instead if titled else finding.instead[:1]
        name += f" (see {', '.join(shown)})"
    return name


def _bound(findings: Sequence[Finding]) -> list[Line]:
    """Whom the instruments of the live findings bind: one line for each way of being bound."""
    told: dict[tuple[How, str], dict[str, None]] = {}
    for finding in findings:
        if finding.live and finding.bound:
            key = (finding.bound.how, finding.bound.why)
            told.setdefault(key, {})[finding.provision.bound_by] = None
    if not told:
        return []
    lines = [Line(""), *paragraph("BOUND: apart from whether elements are met", 2, 4, "bold")]
    for (how, why), instruments in told.items():
        lines += paragraph(f"{BOUND[how]}: {', '.join(instruments)} ({why})", 6, 4)
    return lines


def _doors(found: Sequence[Door]) -> list[Line]:
    """Who could hear the live findings, and what stands in the way."""
    if not found:
        return []
    lines = [
        Line(""),
        *paragraph("FORUMS: who could hear it, and what stands in the way", 2, 4, "bold"),
    ]
    for door in found:
        most = (
            f"{len(door.hears)} of the findings" if len(door.hears) > 2 else ", ".join(door.hears)
        )
        name = f"{door.state}: {door.forum.title.en} ({door.forum.id}), for {most}"
        lines += paragraph(f"{name}: {door.why}", 6, 4)
        for obstacle in door.forum.obstacles:
            lines += paragraph(f"- {obstacle.en}", 10, 2)
    return lines
