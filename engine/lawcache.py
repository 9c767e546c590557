"""The law as it was compiled the last time, so that an assessment need not read all of it anew.

What is kept is named by a digest over every file of the law, the chosen readings, the sources of
this engine and the version of Python: where any of them differs, the law is read anew. A file that
is damaged, foreign or unreadable is passed over. Reading it can build only the engine's own data:
no name outside a short list is ever looked up, so a planted file cannot run anything. What is kept
has no examples; nothing of any case is ever kept.
"""

import hashlib
import os
import pickle
import stat
import sys
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from engine.files import write_bytes_whole
from engine.law import Law
from engine.loader import read_file
from engine.resources import law_paths

KEPT = 4
"""How many compiled laws are kept: beyond that, those not used the longest are removed."""
MODULES = {
    "engine.law", "engine.conditions", "engine.errors", "engine.status", "engine.truth",
    "engine.vocabulary",
}  # fmt: skip
OTHERS = {("datetime", "date"), ("builtins", "frozenset"), ("builtins", "set")}


def compiled_law(folder: Path, chosen: Mapping[str, str]) -> Law:
    """The law in a folder under a choice of readings, without its examples.

    Raises InputError with every mistake found, as `read_law` does.
    """
    paths = law_paths(folder)
    place = _folder()
    name = _name(paths, chosen)
    if place is not None and (law := _load(place / name)) is not None:
        return law
    from engine.lawfiles import law_from  # slow to import, and seldom needed

    documents = {name: read_file(path, name) for name, path in paths.items()}
    law = without_examples(law_from(documents, chosen))
    if place is not None:
        _keep(law, place, name)
    return law


def without_examples(law: Law) -> Law:
    """The law without the examples that its provisions carry."""
    slim = {key: replace(p, examples=()) for key, p in law.provisions.items()}
    return replace(law, provisions=slim)


def _name(paths: Mapping[str, Path], chosen: Mapping[str, str]) -> str:
    total = hashlib.sha256(f"{sys.version}\0{sorted(chosen.items())}\0".encode())
    engine = {path.name: path for path in sorted(Path(__file__).parent.glob("*.py"))}
    for name, path in (*paths.items(), *engine.items()):
        data = path.read_bytes()
        total.update(f"{name}\0{len(data)}\0".encode())
        total.update(data)
    return f"law-{total.hexdigest()}"


def _folder() -> Path | None:
    """Our own folder among the user's caches; None where there is none that only we can write."""
    if os.environ.get("LIEBER_CACHE") == "off":
        return None
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = Path(base) / "lieber"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except OSError:
        return None
    others = stat.S_IWGRP | stat.S_IWOTH
    ours = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & others)
    return folder if ours and folder.is_absolute() else None


class _OnlyOurs(pickle.Unpickler):
    """Builds the engine's own data and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if module in MODULES and name.isidentifier():
            found = getattr(sys.modules.get(module), name, None)
            if isinstance(found, type) and found.__module__ == module:
                return found
        elif (module, name) in OTHERS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is not ours")


def _load(path: Path) -> Law | None:
    try:
        data = path.read_bytes()
        digest, body = data[:32], data[32:]
        if hashlib.sha256(body).digest() != digest:
            return None
        law = _OnlyOurs(BytesIO(body)).load()
        os.utime(path)
    except Exception:  # damaged in whatever way: it is read anew
        return None
    return law if isinstance(law, Law) else None


def _keep(law: Law, folder: Path, name: str) -> None:
    """Write it whole or not at all; that it could not be written is no reason to fail."""
    try:
        body = pickle.dumps(law, protocol=5)
        write_bytes_whole(folder / name, hashlib.sha256(body).digest() + body, replace=True)
        kept = sorted(folder.glob("law-*"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in kept[KEPT:]:
            old.unlink(missing_ok=True)
    except (OSError, pickle.PicklingError, RecursionError):
        return
