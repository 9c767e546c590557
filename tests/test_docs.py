"""The generated pages are up to date. Run this file to write them anew."""

from pathlib import Path

import pytest
from wholelaw import whole_law

from engine.lawdoc import law_doc, readings_doc
from engine.vocabularydoc import vocabulary_page

DOCS = Path(__file__).parent.parent / "docs"


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    law = whole_law()
    return {
        "vocabulary.md": vocabulary_page(law.vocabulary),
        "law.md": law_doc(law),
        "readings.md": readings_doc(law),
    }


@pytest.mark.parametrize("name", ["vocabulary.md", "law.md", "readings.md"])
def test_a_generated_page_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name]


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
