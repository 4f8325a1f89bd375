"""Watches folders for changes that a build would see: no reading, no hidden files, no editors' leftovers."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

_CHANGES = ("created", "modified", "moved", "deleted", "closed", "attrib")
_LEFTOVERS = ("~", ".swp", ".tmp", ".bak", ".orig")


def concerns(kind: str, is_folder: bool, paths: Iterable[str], root: Path) -> bool:
    """Whether an event under `root` may change what is built; one of its paths is enough, as editors save by renaming."""
    if kind not in _CHANGES or (is_folder and kind in ("modified", "attrib", "closed")):
        return False
    return any(_is_seen(Path(path), root) for path in paths if path)


def _is_seen(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts if path.is_relative_to(root) else ()
    return not any(part.startswith(".") or part.endswith(_LEFTOVERS) for part in parts) and path.is_relative_to(root)


class _Ear(FileSystemEventHandler):
    """Hears the events under one folder."""

    def __init__(self, root: Path, changed: Callable[[Path], None]) -> None:
        self._root, self._changed = root, changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = (os.fsdecode(event.src_path), os.fsdecode(event.dest_path))
        if concerns(event.event_type, event.is_directory, paths, self._root):
            for path in filter(None, paths):
                self._changed(Path(path))


class Watcher:
    """Calls `changed` with the path of each change under `roots`, also where one of them comes, goes, or comes again later."""

    def __init__(self, parent: Path, roots: tuple[Path, ...], changed: Callable[[Path], None]) -> None:
        self._parent, self._roots, self._changed = parent, roots, changed
        self._observer = Observer()
        self._covered: dict[Path, tuple[int, ObservedWatch]] = {}

    def start(self) -> None:
        """Begins to watch."""
        for root in self._roots:
            self._observer.schedule(_Ear(root, self._changed), str(self._parent))
        self._observer.start()
        self.cover()

    def stop(self) -> None:
        """Ends it."""
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join(5)

    def cover(self) -> None:
        """Watches the roots that are there now; a folder that was removed and made again is another one."""
        for root in self._roots:
            inode = root.stat().st_ino if root.is_dir() else 0
            known, watch = self._covered.get(root, (0, None))
            if inode == known:
                continue
            if watch is not None:
                self._observer.unschedule(watch)
                del self._covered[root]
            if inode:
                found = self._observer.schedule(_Ear(root, self._changed), str(root), recursive=True)
                self._covered[root] = (inode, found)
