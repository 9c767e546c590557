"""The compiled law is the law; a damaged, foreign or planted file is passed over."""

import hashlib
import os
import pickle
import re
import shutil
from pathlib import Path

import pytest

from engine import lawcache
from engine.errors import InputError
from engine.lawcache import compiled_law, without_examples
from engine.lawfiles import read_law
from engine.resources import data_folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.delenv("LIEBER_CACHE", raising=False)
    return tmp_path / "caches" / "lieber"


@pytest.fixture
def small_law(tmp_path: Path) -> Path:
    """A law that is quickly read: the vocabulary, and nothing else."""
    folder = tmp_path / "small"
    folder.mkdir()
    shutil.copy(data_folder("law") / "vocabulary.yaml", folder)
    return folder


def kept(cache: Path) -> list[Path]:
    return sorted(cache.glob("law-*"))


def plain(law) -> str:
    """A law as text, so that two can be compared: nodes are compared by identity.

    The members of a set are told in order: it has none of its own.
    """

    def in_order(found: re.Match[str]) -> str:
        return ", ".join(sorted(found[1].split(", ")))

    return re.sub(r"frozenset\(\{([^}]*)\}\)", in_order, repr(without_examples(law)))


def test_the_law_read_back_is_the_law(cache: Path) -> None:
    folder = data_folder("law")
    first = compiled_law(folder, {})
    assert len(kept(cache)) == 1
    again = compiled_law(folder, {})
    assert again is not first
    assert plain(again) == plain(first) == plain(read_law(folder))


def test_a_changed_law_is_read_anew(cache: Path, small_law: Path) -> None:
    before = compiled_law(small_law, {})
    text = (small_law / "vocabulary.yaml").read_text(encoding="utf-8")
    (small_law / "vocabulary.yaml").write_text(text + "# a remark\n", encoding="utf-8")
    assert compiled_law(small_law, {}).digest != before.digest
    assert len(kept(cache)) == 2


def test_a_law_with_a_mistake_is_refused_and_never_kept(cache: Path, small_law: Path) -> None:
    (small_law / "wrong.yaml").write_text("provisionz: []\n", encoding="utf-8")
    with pytest.raises(InputError):
        compiled_law(small_law, {})
    assert not kept(cache)


@pytest.mark.parametrize("damage", [b"", b"x" * 10, b"\x00" * 4000])
def test_a_damaged_file_is_passed_over(cache: Path, small_law: Path, damage: bytes) -> None:
    law = compiled_law(small_law, {})
    (path,) = kept(cache)
    path.write_bytes(damage)
    assert plain(compiled_law(small_law, {})) == plain(law)


def test_a_file_cut_short_is_passed_over(cache: Path, small_law: Path) -> None:
    law = compiled_law(small_law, {})
    (path,) = kept(cache)
    path.write_bytes(path.read_bytes()[:-100])
    assert plain(compiled_law(small_law, {})) == plain(law)


class Planted:
    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self):
        return os.system, (self.command,)


def test_a_planted_file_runs_nothing(cache: Path, small_law: Path, tmp_path: Path) -> None:
    law = compiled_law(small_law, {})
    (path,) = kept(cache)
    mark = tmp_path / "it-ran"
    body = pickle.dumps(Planted(f"touch {mark}"))
    path.write_bytes(hashlib.sha256(body).digest() + body)
    assert plain(compiled_law(small_law, {})) == plain(law)
    assert not mark.exists()


def test_what_is_not_a_law_is_not_taken_for_one(cache: Path, small_law: Path) -> None:
    law = compiled_law(small_law, {})
    (path,) = kept(cache)
    body = pickle.dumps({"provisions": {}})
    path.write_bytes(hashlib.sha256(body).digest() + body)
    assert plain(compiled_law(small_law, {})) == plain(law)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="permissions of another kind")
def test_a_folder_that_others_can_write_is_not_used(cache: Path, small_law: Path) -> None:
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    compiled_law(small_law, {})
    assert not kept(cache)


def test_where_nothing_can_be_kept_the_law_is_read_all_the_same(
    small_law: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a-file"))
    assert compiled_law(small_law, {}).vocabulary.facts


def test_it_can_be_turned_off(
    cache: Path, small_law: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIEBER_CACHE", "off")
    compiled_law(small_law, {})
    assert not kept(cache)


def test_only_a_few_are_kept(cache: Path, small_law: Path) -> None:
    for n in range(lawcache.KEPT + 3):
        (small_law / "remark.yaml").write_text(f"# {n}\nconcepts: {{}}\n", encoding="utf-8")
        compiled_law(small_law, {})
    assert len(kept(cache)) == lawcache.KEPT
