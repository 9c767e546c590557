"""The command line: arguments in, engine called, results printed. No logic here.

Modules of the engine are imported where they are used, so that `lieber --help` is instant.
"""

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

# Whatever else is installed must not see what is read here: pydantic would call its plugins.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"

import typer

if TYPE_CHECKING:
    from engine.layout import Line

# Boxes and colours for people; plain text for pipes.
MARKUP: Literal["rich"] | None = "rich" if sys.stdout.isatty() else None

app = typer.Typer(
    name="lieber",
    help="Map the facts of armed conflict to the law they breach, with reasons.\n\n"
    "Start with: lieber assess maarat-al-numan-market",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=MARKUP,
)
law_app = typer.Typer(
    help="Read the law. Example: lieber law show cihl/11",
    no_args_is_help=True,
    rich_markup_mode=MARKUP,
)
app.add_typer(law_app, name="law")

CaseFile = Annotated[
    str, typer.Argument(metavar="CASE", help="A case file, or the name of a documented case.")
]
StandardOption = Annotated[
    str, typer.Option("--standard", help="Standard of proof at which to read the facts.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON (the contract).")]
LawOption = Annotated[
    Path | None, typer.Option("--law", help="Another folder of law.", show_default=False)
]
EngineOption = Annotated[
    str, typer.Option("--engine", help="forward (durable-rules) or evaluate (the definition).")
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", help="Apply the law of this day (2018-03-01), not of the incident's."),
]
ReadingOption = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        metavar="QUESTION=ALTERNATIVE",
        help="Read a disputed question of law in another way; see docs/readings.md.",
        show_default=False,
    ),
]
RevealOption = Annotated[
    bool, typer.Option("--reveal-confidential", help="Name confidential sources in the output.")
]


@app.command()
def assess(
    cases: Annotated[
        list[str],
        typer.Argument(metavar="CASE", help="Case files, or names of documented cases."),
    ],
    standard: StandardOption = "reasonable_grounds",
    json: JsonOption = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also show what the facts do not touch.")
    ] = False,
    as_of: AsOfOption = None,
    engine: EngineOption = "forward",
    law: LawOption = None,
    reading: ReadingOption = None,
    reveal: RevealOption = False,
) -> None:
    """Say which provisions the incidents of a case likely breach, and what is missing.

    Example: lieber assess maarat-al-numan-market
    """
    from engine.commandline import assessments

    results, why = assessments(cases, standard, engine, law, as_of, reading, everything)
    _say(why)
    if json:
        from engine.output import to_json
        from engine.sources import Sources

        found = [to_json(a, Sources(a.case, reveal), everything) for a in results]
        _print_json(found[0] if len(found) == 1 else found)
        return
    from engine.summary import summary

    for number, result in enumerate(results):
        if number:
            print()
        _print(summary(result, everything))


@app.command()
def explain(
    case: CaseFile,
    provision: Annotated[str, typer.Argument(help="A provision's id, such as unsc-2139/3.")],
    incident: Annotated[str | None, typer.Option("--incident", help="One incident's id.")] = None,
    why_not: Annotated[
        bool, typer.Option("--why-not", help="Show only what stands in the way.")
    ] = False,
    challenge: Annotated[
        bool, typer.Option("--challenge", help="Show what an opponent would attack.")
    ] = False,
    standard: StandardOption = "reasonable_grounds",
    as_of: AsOfOption = None,
    engine: EngineOption = "forward",
    law: LawOption = None,
    reading: ReadingOption = None,
    reveal: RevealOption = False,
) -> None:
    """Show the reasoning on one provision: element by element, with sources and law file and line.

    Example: lieber explain maarat-al-numan-market unsc-2139/3
    """
    from engine.commandline import assessments, known_incident, known_provision
    from engine.explain import explain as explained
    from engine.sources import Sources

    (result,), why = assessments([case], standard, engine, law, as_of, reading, True)
    _say(why)
    known_provision(result.law, provision)
    known_incident(result.case, incident)
    mode = "why-not" if why_not else "challenge" if challenge else "tree"
    _print(explained(result, Sources(result.case, reveal), provision, incident, mode))


@app.command()
def report(
    case: CaseFile,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file to write; else printed.")
    ] = None,
    incident: Annotated[str | None, typer.Option("--incident", help="One incident's id.")] = None,
    standard: StandardOption = "reasonable_grounds",
    engine: EngineOption = "forward",
    law: LawOption = None,
    reading: ReadingOption = None,
    reveal: RevealOption = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
) -> None:
    """Write the legal section of a report, in Markdown.

    Example: lieber report maarat-al-numan-market -o section.md
    """
    from engine.commandline import assessments, known_incident, write
    from engine.errors import CommandLineError
    from engine.report import report as written
    from engine.sources import Sources

    if output and output.suffix.lower() not in (".md", ".markdown"):
        raise CommandLineError(f"`{output}`: only Markdown is written; name a file ending in .md")
    (result,), why = assessments([case], standard, engine, law, None, reading)
    _say(why)
    known_incident(result.case, incident)
    text = written(result, Sources(result.case, reveal), incident)
    write(output, text, force)


@app.command()
def check(
    cases: Annotated[list[str], typer.Argument(metavar="CASE", help="Case files.")],
    law: LawOption = None,
) -> None:
    """Find every mistake in case files, each with its place and what to do.

    Example: lieber check my-case.yaml
    """
    from engine.commandline import law_at, read_cases
    from engine.errors import InputError

    loaded = law_at(law)
    read, failed = read_cases(cases, loaded)
    for case in read:
        for warning in case.warnings:
            print(f"{warning} (a remark, not a mistake)")
        incidents = "1 incident" if len(case.incidents) == 1 else f"{len(case.incidents)} incidents"
        print(f"{case.file}: fine: {incidents}, {len(case.sources)} sources")
    if failed:
        raise InputError(failed)


@app.command()
def schema(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file to write.")
    ] = None,
    law: LawOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
) -> None:
    """Print the JSON Schema of case files, for editors to complete and check them.

    Example: lieber schema -o case.schema.json
    """
    import json

    from engine.commandline import law_at, write
    from engine.models import case_schema

    text = json.dumps(case_schema(law_at(law).vocabulary), ensure_ascii=False, indent=2) + "\n"
    write(output, text, force)


@app.command()
def new(
    output: Annotated[Path, typer.Argument(metavar="FILE", help="The case file to start.")],
    law: LawOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
) -> None:
    """Start a case file, with every fact of the vocabulary as a commented line.

    Example: lieber new my-case.yaml
    """
    from engine.commandline import law_at, write
    from engine.starter import starter

    write(output, starter(law_at(law).vocabulary, output.stem), force)


@law_app.command("list")
def law_list(
    json: JsonOption = False,
    instrument: Annotated[
        str | None, typer.Option("--instrument", help="Only this instrument's provisions.")
    ] = None,
    law: LawOption = None,
) -> None:
    """List the provisions. Example: lieber law list --instrument cihl"""
    from engine.commandline import known_instrument, law_at
    from engine.lawpage import law_index, law_table

    loaded = law_at(law)
    known_instrument(loaded, instrument)
    if json:
        _print_json(law_index(loaded, instrument))
    else:
        _print(law_table(loaded, instrument))


@law_app.command("show")
def law_show(
    provision: Annotated[str, typer.Argument(help="A provision's id, such as cihl/28.")],
    sentences: Annotated[
        bool, typer.Option("--words", help="Also the sentences of a report, in both languages.")
    ] = False,
    law: LawOption = None,
) -> None:
    """Show one provision: what must be shown, exceptions, twin, who is bound, sources.

    Example: lieber law show rome-statute/8-2-e-i
    """
    from engine.commandline import known_provision, law_at
    from engine.lawpage import law_page

    loaded = law_at(law)
    known_provision(loaded, provision)
    _print(law_page(loaded, provision, sentences))


@law_app.command("lint")
def law_lint(law: LawOption = None) -> None:
    """Find faults in the law: unused facts, missing translations, elements that cannot fail.

    Example: lieber law lint
    """
    from engine.commandline import whole_law
    from engine.lint import lint

    loaded = whole_law(law)
    faults = lint(loaded)
    for fault in faults:
        print(fault)
    count = f"{len(faults)} fault{'s' if len(faults) != 1 else ''}" if faults else "no fault"
    print(f"{len(loaded.ids)} provisions: {count} found")
    if faults:
        sys.exit(1)


@law_app.command("test")
def law_test(
    provisions: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Only provisions whose ids begin so; all, if none."),
    ] = None,
    mutants: Annotated[
        bool, typer.Option("--mutants", help="Also change the law, to see if examples notice.")
    ] = False,
    engine: EngineOption = "forward",
    law: LawOption = None,
) -> None:
    """Run the examples that the law itself carries. Example: lieber law test cihl/11 --mutants"""
    from engine.commandline import law_tested

    lines, fine = law_tested(provisions or [], mutants, engine, law)
    _print(lines)
    if not fine:
        sys.exit(1)


@law_app.command("status")
def law_status(
    name: Annotated[
        str | None, typer.Argument(help="A treaty's id (cat), or a State (SYR); all, if none.")
    ] = None,
    json: JsonOption = False,
    law: LawOption = None,
) -> None:
    """Show who is bound by what, since when. Example: lieber law status SYR"""
    from engine.commandline import law_at
    from engine.lawstatus import known_status, status_data, status_table

    loaded = law_at(law)
    known_status(loaded, name)
    if json:
        _print_json(status_data(loaded, name))
    else:
        _print(status_table(loaded, name))


def main() -> None:
    """Run the command line; exit 0 fine, 1 the input is wrong, 2 the command line is wrong."""
    from engine.errors import CommandLineError, InputError

    # One command, one process: what is built is needed to the end, and then given back whole.
    gc.set_threshold(100_000)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except InputError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        count = len(error.problems)
        print(f"{count} mistake{'s' if count != 1 else ''}; nothing was written", file=sys.stderr)
        sys.exit(1)
    except CommandLineError as error:
        print(f"lieber: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("LIEBER_DEBUG"):
            raise
        what = " ".join(f"{type(error).__name__}: {error}".split())
        print(f"lieber: a fault of this program, not of your file: {what}", file=sys.stderr)
        print("please report it; LIEBER_DEBUG=1 shows where it happened", file=sys.stderr)
        sys.exit(1)
    finally:
        gc.freeze()


def _say(why: str | None) -> None:
    """Say once why the definition answered in place of the working engine."""
    if why:
        print(f"lieber: {why}; answering with --engine evaluate", file=sys.stderr)


def _print(lines: "list[Line]") -> None:
    if not sys.stdout.isatty():
        from engine.layout import plain

        print(plain(lines), end="")
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text(line.text, style=line.style))


def _print_json(data: Any) -> None:
    import json

    # Indented for people; in one line, and several times as fast, for programs.
    indent = 2 if sys.stdout.isatty() else None
    print(json.dumps(data, ensure_ascii=False, indent=indent))


if __name__ == "__main__":
    main()
