"""Pages that are generated say what the law says. `python tests/test_docs.py` writes them anew."""

from pathlib import Path

from engine.lawfiles import read_law
from engine.resources import data_folder
from engine.vocabularydoc import vocabulary_page

ROOT = Path(__file__).parent.parent


def test_the_vocabulary_page_is_up_to_date() -> None:
    page = (ROOT / "docs/vocabulary.md").read_text(encoding="utf-8")
    assert page == vocabulary_page(read_law(data_folder("law")).vocabulary)


if __name__ == "__main__":
    text = vocabulary_page(read_law(data_folder("law")).vocabulary)
    (ROOT / "docs/vocabulary.md").write_text(text, encoding="utf-8")
