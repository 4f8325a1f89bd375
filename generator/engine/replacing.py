"""A file gets other contents, at once and for good: whoever looks sees the old ones or the new, whatever is interrupted."""

import os
import shutil
from pathlib import Path


def replace(path: Path, data: bytes) -> None:
    """Gives a file new contents; makes it, and its folder, where there is none. A link to a file elsewhere stays one.
    Raises OSError, and the file is as it was."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.aryk-new")
    try:
        with open(beside, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
