"""What the commands share: reading what the command line names, and refusing what is not there."""

import sys
from datetime import date
from functools import cache
from pathlib import Path

from engine.assess import Evaluator, assess
from engine.casefile import Case, case_from
from engine.errors import CommandLineError, InputError, Problem, nearest
from engine.evaluate import evaluate
from engine.files import FileExists, write_whole
from engine.findings import Assessment
from engine.law import Law
from engine.lawcache import compiled_law
from engine.layout import Line
from engine.loader import Document, read_file
from engine.models import case_model, keys_of
from engine.resources import data_folder, find_case
from engine.truth import STANDARDS, Standard


def law_at(folder: Path | None, readings: list[str] | None = None) -> Law:
    """The law in a folder, or the law that comes with the program; without its examples.

    `readings` are `QUESTION=ALTERNATIVE`, for disputed questions to be read otherwise than by
    default; raises CommandLineError for one that the law does not know.
    """
    where = folder or data_folder("law")
    law = compiled_law(where, {})
    if not readings:
        return law
    chosen: dict[str, str] = {}
    for given in readings:
        name, _, alternative = given.partition("=")
        if name not in law.readings:
            hint = nearest(name, law.readings) or "see docs/readings.md"
            raise CommandLineError(f"no disputed question is called `{name}`; {hint}")
        known = law.readings[name].alternatives
        if alternative not in known:
            hint = nearest(alternative, known)
            raise CommandLineError(f"`{name}` has no alternative `{alternative}`; {hint}")
        chosen[name] = alternative
    return compiled_law(where, chosen)


def whole_law(folder: Path | None) -> Law:
    """The law in a folder, or the law that comes with the program, with its examples."""
    from engine.lawfiles import read_law

    return read_law(folder or data_folder("law"))


def assessments(
    names: list[str],
    standard: str,
    engine: str,
    folder: Path | None,
    as_of: str | None,
    readings: list[str] | None = None,
    whole: bool = False,
) -> tuple[list[Assessment], str | None]:
    """Assess cases by path or name; also says why, if not the engine asked for answered.

    Raises CommandLineError for an unknown option, and InputError with the mistakes of all files.
    """
    at = _standard(standard)
    day = _day(as_of)
    if engine not in ("forward", "evaluate"):
        raise CommandLineError(f"`{engine}` is not an engine; use `forward` or `evaluate`")
    law = law_at(folder, readings)
    cases, problems = read_cases(names, law)
    if problems:
        raise InputError(problems)
    evaluator, name, why = evaluator_of(engine, law)
    return [assess(case, law, evaluator, at, name, day, whole) for case in cases], why


def read_cases(names: list[str], law: Law) -> tuple[list[Case], list[Problem]]:
    """The cases that are right, by path or name, and the mistakes in all the others."""
    documents: list[Document] = []
    cases: list[Case] = []
    problems: list[Problem] = []
    for name in names:
        try:
            documents.append(read_file(find_case(name), name))
        except InputError as error:
            problems += error.problems
    keys = {key for document in documents for key in keys_of(document.data)}
    model = case_model(law.vocabulary, keys)
    for document in documents:
        try:
            cases.append(case_from(document, law.vocabulary, model))
        except InputError as error:
            problems += error.problems
    return cases, problems


def evaluator_of(engine: str, law: Law) -> tuple[Evaluator, str, str | None]:
    """The evaluator by name, the name of the one that answers, and why if it is another."""
    why = None
    if engine == "forward":
        from engine.chain import available
        from engine.forward import Forward

        why = available()
        if why is None:
            return Forward(law).prove, "forward", None
    return lambda conditions, scope: [evaluate(c, scope) for c in conditions], "evaluate", why


def _standard(name: str) -> Standard:
    if name not in STANDARDS:
        raise CommandLineError(f"`{name}` is not a standard of proof; {nearest(name, STANDARDS)}")
    return STANDARDS[name]


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandLineError(f"`{text}` is not a day; write it like 2018-03-01") from None


def law_tested(
    prefixes: list[str], mutants: bool, engine: str, folder: Path | None
) -> tuple[list[Line], bool]:
    """The report on the law's own examples, and on their mutants; and whether all is well."""
    from engine.lawfiles import read_law
    from engine.lawtest import tested

    law = whole_law(folder)
    for prefix in prefixes:
        if not any(name.startswith(prefix) for name in law.ids):
            hint = nearest(prefix, law.ids)
            raise CommandLineError(f"no provision's id begins with `{prefix}`; {hint}")

    @cache
    def under(chosen: frozenset[tuple[str, str]]) -> tuple[Law, Evaluator]:
        read = read_law(folder or data_folder("law"), dict(chosen)) if chosen else law
        return read, evaluator_of(engine, read)[0]

    return tested(under, prefixes, mutants)


def known_provision(law: Law, provision: str) -> None:
    """Raise CommandLineError if the law has no such provision."""
    if not law.find(provision):
        ids = {p.id for p in law.provisions.values()}
        hint = nearest(provision, ids) or "see `lieber law list`"
        raise CommandLineError(f"no provision is called `{provision}`; {hint}")


def known_instrument(law: Law, instrument: str | None) -> None:
    """Raise CommandLineError if the law has no such instrument."""
    if instrument and instrument not in law.instruments:
        hint = nearest(instrument, law.instruments)
        raise CommandLineError(f"no instrument is called `{instrument}`; {hint}")


def known_incident(case: Case, incident: str | None) -> None:
    """Raise CommandLineError if the case has no such incident."""
    ids = [entry.id for entry in case.incidents]
    if incident is not None and incident not in ids:
        raise CommandLineError(f"no incident is called `{incident}`; {nearest(incident, ids)}")


def write(path: Path | None, text: str, force: bool) -> None:
    """Print a text, or write it to a file whole and say so.

    Raises CommandLineError for a file that is there, unless forced, or that cannot be written.
    """
    if path is None:
        print(text, end="")
        return
    try:
        write_whole(path, text, force)
    except FileExists:
        raise CommandLineError(
            f"`{path}` exists; nothing was written (--force replaces it)"
        ) from None
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        raise CommandLineError(f"cannot write `{path}`: {reason}") from None
    print(f"wrote {path}", file=sys.stderr)
