"""Who is bound by what, since when: the status table as data and for a terminal."""

from typing import Any

from engine.dates import day
from engine.errors import CommandLineError, nearest
from engine.law import Law, StateStatus, Treaty
from engine.layout import Line, paragraph

GROUPS = {
    "binds": "armed groups: bound",
    "on_territory": "armed groups: bound on the territory of a party",
    "does_not_bind": "armed groups: not bound",
    "disputed": "armed groups: disputed",
}


def known_status(law: Law, name: str | None) -> None:
    """Raise CommandLineError if the table has neither a treaty nor a State of this name."""
    states = {state for treaty in law.treaties.values() for state in treaty.states}
    if name is not None and name not in law.treaties and name not in states:
        hint = nearest(name, [*law.treaties, *states])
        raise CommandLineError(f"the status table has no `{name}`; {hint}")


def _rows(law: Law, name: str | None) -> list[tuple[Treaty, list[StateStatus]]]:
    found = []
    for treaty in law.treaties.values():
        rows = list(treaty.states.values())
        if name not in (None, treaty.id):
            rows = [row for row in rows if row.state == name]
        if rows or name == treaty.id:
            found.append((treaty, rows))
    return found


def status_data(law: Law, name: str | None = None) -> list[dict[str, Any]]:
    """The table, or the part of it that concerns a treaty or a State."""
    return [
        {
            "status": treaty.id,
            "title": {"en": treaty.title.en, "ar": treaty.title.ar},
            "by": treaty.by,
            "as_of": str(law.status_as_of) if law.status_as_of else None,
            "armed_groups": treaty.armed_groups or None,
            "because": treaty.because.en or None,
            "states": {
                row.state: {
                    "party": row.party,
                    "since": str(row.since) if row.since else None,
                    "until": str(row.until) if row.until else None,
                    "signed": str(row.signed) if row.signed else None,
                    "reservations": [text.en for text in row.reservations],
                    "notes": list(row.notes),
                    "verified": row.verified.against or None,
                    "law": str(row.place),
                }
                for row in rows
            },
        }
        for treaty, rows in _rows(law, name)
    ]


def status_table(law: Law, name: str | None = None) -> list[Line]:
    """The table for a terminal, by treaty."""
    lines: list[Line] = []
    if law.status_as_of:
        stood = f"As of {day(law.status_as_of)}; who joined later is not known."
        lines += paragraph(stood)
    for treaty, rows in _rows(law, name):
        lines += [Line("")] if lines else []
        lines += paragraph(f"{treaty.id}  {treaty.title.en}", hanging=2, style="bold")
        for row in rows:
            lines += paragraph(f"{row.state}  {row.name}: {said(row)}", 2, 5)
            if name is not None:
                for text in (*(r.en for r in row.reservations), *row.notes):
                    lines += paragraph(f"- {text}", 7, 2)
        if treaty.armed_groups:
            why = f" ({treaty.because.en})" if name is not None else ""
            lines += paragraph(f"{GROUPS[treaty.armed_groups]}{why}", 2, 5)
    return lines


def said(row: StateStatus) -> str:
    """One State in a few words: `party since 19 August 2004; reservation`."""
    if row.party and row.since:
        until = f" until {day(row.until)}" if row.until else ""
        text = f"party since {day(row.since)}{until}"
    else:
        text = "not a party" + (f" (signed {day(row.signed)})" if row.signed else "")
    text += "; with reservations" if row.reservations else ""
    return text if row.verified.against else f"{text}; not checked against a text"
