"""The parts of the legal section that stand apart from the elements: who is bound, who could hear it.

Nothing here says that a provision was breached, and nothing says that a person is responsible.
"""

from collections.abc import Iterable, Sequence

from engine.avenues import Door, bearing
from engine.bound import How
from engine.findings import Finding
from engine.law import Law
from engine.report.prose import literal
from engine.sentences import sentence

DOORS = {
    "open": "Open on the facts as recorded",
    "disputed": "Disputed, as accounts differ",
    "not known": "Not established",
    "barred": "Barred",
    "closed": "Closed on the facts as recorded",
}
CLOSED = "closed"
NO_PERSON = (
    "Whether any person is responsible, in which form, and with what defence, is for a court. "
    "Where elements of crimes are met, these provisions govern it"
)


def bound(findings: Sequence[Finding], name: str, law: Law) -> list[str]:
    """Whom the instruments of the live findings on one party bind, as bullet points."""
    told: dict[tuple[How, str, str], dict[str, None]] = {}
    reservations: dict[str, None] = {}
    for finding in findings:
        bound = finding.bound
        if finding.live and bound:
            title = bound.treaty.title.en if bound.treaty else finding.provision.instrument.title.en
            told.setdefault((bound.how, bound.why, title), {}).update(dict.fromkeys(bound.custom))
            for row in bound.states:
                for reserved in row.reservations:
                    reservations[f"{row.name.en} to {title}: {reserved.en}"] = None
    grouped: dict[str, list[str]] = {}
    for (how, why, title), custom in told.items():
        if how is How.NOT and (How.CUSTOM, why, title) in told:
            continue  # said with those of its provisions that are custom too
        cites = [law.find(rule)[0].cite for rule in custom if law.find(rule)]
        have = "has" if len(cites) == 1 else "have"
        of_same = f", of which {_several(cites)} {have} the same content" if cites else ""
        if (How.NOT, why, title) in told:
            of_same += "; beside its other provisions assessed here no customary rule is recorded"
        said = {
            How.TREATY: f"binds {name} as a treaty ({why})",
            How.CUSTOM: _by_custom(name, why, of_same),
            How.NOT: f"does not bind {name} ({why})",
            How.DISPUTED: f"whether it binds {name} is disputed ({why})",
            How.UNKNOWN: f"whether it binds {name} is not established here ({why})",
        }[how]
        grouped.setdefault(said, []).append(title)
    told_of = (f"{'; '.join(titles)}: {said}" for said, titles in grouped.items())
    lines = [f"- {sentence(text)}" for text in told_of]
    lines += [f"- {sentence(f'Reservation or declaration of {text}')}" for text in reservations]
    return lines


def _several(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _by_custom(name: str, why: str, of_same: str) -> str:
    if not of_same:
        return why
    return f"does not bind {name} as a treaty ({why}), but customary law does{of_same}"


def forums(doors: Iterable[Door], law: Law) -> list[str]:
    """Who could hear the live findings, and what stands in the way, as bullet points."""
    lines = []
    heard: dict[str, str] = {}
    for door in doors:
        text = f"{door.forum.title.en} ({door.forum.cite}). {DOORS[door.state]}: {door.why}"
        if door.state == CLOSED:
            lines.append(f"- {sentence(literal(text))}")
            continue
        hears = ", ".join(dict.fromkeys(law.find(p)[0].cite for p in door.hears))
        first = heard.setdefault(hears, door.forum.title.en)
        same = first != door.forum.title.en
        what = f" the same provisions as {literal(first)}" if same else f": {hears}"
        lines.append(f"- **{literal(text)}.** It could hear{what}.")
        lines += [f"  - {sentence(obstacle.en)}" for obstacle in door.forum.obstacles]
    return lines


def persons(findings: Sequence[Finding], law: Law) -> str:
    """The provisions on forms of responsibility and defences, where crimes are live."""
    crimes = [f.provision for f in findings if f.live and f.provision.kind == "crime"]
    entries = [*bearing("mode", crimes, law), *bearing("defence", crimes, law)]
    if not entries:
        return ""
    return sentence(f"{NO_PERSON}: {'; '.join(f'{e.cite} ({e.title.en})' for e in entries)}")
