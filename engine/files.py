"""Writing files so that a good one is never lost or half written."""

import os
import tempfile
from pathlib import Path


class FileExists(Exception):
    """The file is there already, and nobody said to replace it."""


def write_whole(path: Path, text: str, replace: bool = False) -> None:
    """Write all of `text` to `path` or nothing. Raises FileExists, or OSError."""
    write_bytes_whole(path, text.encode(), replace)


def write_bytes_whole(path: Path, data: bytes, replace: bool = False) -> None:
    """Write all of `data` to `path` or nothing. Raises FileExists, or OSError."""
    if path.exists() and not replace:
        raise FileExists(str(path))
    mode = path.stat().st_mode & 0o777 if path.exists() else None
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
