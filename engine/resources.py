"""Where the law and the documented cases are: in the checkout, or inside the installed package."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """The folder `law` or `cases`, as carried by the installed package or standing beside it."""
    carried = _HERE / "_data" / name
    return carried if carried.is_dir() else _HERE.parent / name


def law_paths(folder: Path) -> dict[str, Path]:
    """Every file of the law below `folder`, by the name under which the law cites it."""
    paths = sorted(folder.rglob("*.yaml"))
    return {f"law/{path.relative_to(folder).as_posix()}": path for path in paths}


def find_case(name: str) -> Path:
    """A case by path; or a documented case by its name, or by its path below `cases`.

    Returns the path as given where nothing is found, so that reading it says so.
    """
    given = Path(name)
    if given.exists():
        return given
    folder = data_folder("cases")
    parts = given.parts[1:] if given.parts[:1] == ("cases",) else given.parts
    tail = Path(*parts) if parts else given
    for candidate in (folder / tail, *sorted(folder.glob(f"*/{given.name}.yaml"))):
        if candidate.is_file() and candidate.resolve().is_relative_to(folder.resolve()):
            return candidate
    return given


def documented_cases() -> list[Path]:
    """The cases that come with the program, in order."""
    return sorted(data_folder("cases").glob("*/*.yaml"))
