"""One malformed file per mistake, each beside the exact message its author gets.

`tests/invalid/cases/*.yaml` are case files, `tests/invalid/law/*.yaml` files of law read
together with `tests/invalid/base.yaml`.
`python tests/test_invalid.py` writes the messages anew; read the difference before you keep it.
"""

import os
import re
from pathlib import Path

import pytest
from wholelaw import whole_law

from engine.casefile import read_case
from engine.errors import InputError
from engine.lawfiles import law_from
from engine.loader import read_file
from engine.resources import data_folder

FOLDER = Path(__file__).parent / "invalid"
FILES = sorted(FOLDER.glob("*/*.yaml"))


def messages(path: Path) -> str:
    """Every message the author of a file gets, one per line."""
    try:
        if path.parent.name == "cases":
            read_case(path, whole_law().vocabulary, path.name)
        else:
            documents = {"law/vocabulary.yaml": read_file(data_folder("law") / "vocabulary.yaml")}
            for given in (FOLDER / "base.yaml", path):
                documents[given.name] = read_file(given, given.name)
            law_from(documents)
    except InputError as error:
        return "".join(f"{problem}\n" for problem in error.problems)
    return ""


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_malformed_file_gets_exactly_this_message(path: Path) -> None:
    expected = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert expected.strip(), f"{path} expects no message"
    assert messages(path) == expected


def test_no_message_shows_the_insides_of_the_program() -> None:
    for path in FILES:
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        for word in ("Traceback", "pydantic", "NoneType", "Error", "dict", "str", "loc", "ctx"):
            assert not re.search(rf"\b{word}\b", text), f"{path}: {word}"


if __name__ == "__main__":
    for file in FILES:
        file.with_suffix(".txt").write_text(messages(file), encoding="utf-8")
        print(f"{os.path.relpath(file)}\n{messages(file)}")
