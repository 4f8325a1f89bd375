"""Several files written together: all of them or, where one cannot be written, none."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path


def write_together(texts: Mapping[Path, bytes], moved: tuple[Path, Path]) -> None:
    """Gives files new contents and moves one of them (`texts` has its content under the new path).

    Everything is written beside its place first. Whatever fails after that is taken back. Raises OSError.
    """
    old, new = moved
    made = [folder for folder in (new.parent, *new.parent.parents) if not folder.exists()]
    new.parent.mkdir(parents=True, exist_ok=True)
    before = {path: path.read_bytes() for path in (*texts, old) if path != new}
    beside = {path: path.with_name(f".{path.name}.aryk-new") for path in texts}
    try:
        for path, text in texts.items():
            beside[path].write_bytes(text)
            shutil.copymode(old if path == new else path, beside[path])
        _place(beside, old, new)
    except BaseException:
        _take_back(before, beside, new, made)
        raise


def _place(beside: Mapping[Path, Path], old: Path, new: Path) -> None:
    if new.exists():
        raise FileExistsError(17, "there is a file already", str(new))
    for path, temporary in beside.items():
        os.replace(temporary, path)
    old.unlink()


def _take_back(before: Mapping[Path, bytes], beside: Mapping[Path, Path], new: Path, made: list[Path]) -> None:
    if not beside[new].exists():
        new.unlink(missing_ok=True)
    for path, text in before.items():
        if not path.exists() or path.read_bytes() != text:
            path.write_bytes(text)
    for temporary in beside.values():
        temporary.unlink(missing_ok=True)
    for folder in made:
        folder.rmdir()
