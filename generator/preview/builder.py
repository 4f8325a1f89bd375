"""The builder: builds anew when something changed, and when the site changes by itself."""

import signal
import traceback
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from generator.engine.build import Progress, build
from generator.engine.memory import Memory
from generator.engine.report import Report
from generator.engine.request import Request
from generator.preview.watcher import Watcher

QUIET, LONGEST = 0.1, 2.0
"""Seconds without a change before a build begins, and how long changes may put it off."""
GLANCE = 30.0
"""Seconds between two looks at the clock: a laptop that slept is not to miss the moment."""


class Stopped(Exception):
    """The watch ends; the build under way is given up."""


class Builder:
    """Builds again and again, in a thread of its own; `request` gives each build its moment, `built` hears of each that
    came to an end, `failed` of what is our mistake and ends no watch."""

    def __init__(
        self,
        request: Callable[[], Request],
        executor: Executor | None,
        built: Callable[[Request, Report], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._request, self._executor, self._built, self._failed = request, executor, built, failed
        self._changed, self._stopping = Event(), False
        self._memory = Memory()
        self._next_change_at = 0
        self._begun = Event()
        self._failure: Exception | None = None
        self._thread: Thread | None = None
        content = request().content
        self._content = content
        self._watcher = Watcher(content.parent, (content, content.parent / "themes"), self._notice)

    def start(self, progress: Progress) -> None:
        """Watches and builds in the background; returns after the first build, whose failure is raised here."""
        self._watcher.start()
        self._thread = Thread(target=self._run, args=(progress,), name="builder", daemon=True)
        self._thread.start()
        self._begun.wait()
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Ends both; a build under way is given up at its next page."""
        self._stopping = True
        self._changed.set()
        self._watcher.stop()
        if self._thread is not None:
            self._thread.join(5)

    def _notice(self, path: Path) -> None:
        """Takes down in which folder of the content something happened."""
        if path.is_relative_to(self._content):
            folder = path.relative_to(self._content).parent.as_posix()
            self._memory.happened.put("" if folder == "." else f"{folder}/")
        self._changed.set()

    def _build(self, progress: Progress) -> None:
        """One build."""

        def step(stage: str, count: int) -> None:
            if self._stopping:
                raise Stopped
            progress(stage, count)

        request = self._request()
        self._next_change_at = 0
        report = build(request, self._executor, step, self._memory)
        self._next_change_at = report.next_change_at
        self._built(request, report)

    def _run(self, progress: Progress) -> None:
        # Ctrl-C reaches all processes of a terminal, and only the main thread is to answer it: what is blocked here is
        # blocked in the workers too, which are started from here, from their first instruction on.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._build(progress)
        except Exception as error:
            self._failure = error
            return
        finally:
            self._begun.set()
        while self._awaited():
            self._watcher.cover()
            self._build_safely()

    def _build_safely(self) -> None:
        """A build whose failure is told and does not end the watch."""
        try:
            self._build(lambda stage, count: None)
        except Stopped:
            return
        except Exception as error:
            if isinstance(error, BrokenExecutor):
                self._executor = None
            if not self._stopping:
                traceback.print_exc()
                self._failed(error)

    def _awaited(self) -> bool:
        """Waits for a change that has settled or for the moment of the next change; False when the watch ends."""
        while not self._changed.wait(self._patience()):
            if self._is_due() or not self._memory.is_fresh:
                return not self._stopping
        begun = monotonic()
        while self._changed.is_set() and not self._stopping and monotonic() - begun < LONGEST:
            self._changed.clear()
            self._changed.wait(QUIET)
        return not self._stopping

    def _patience(self) -> float:
        return min(GLANCE, max(0.5, self._next_change_at - self._request().now)) if self._next_change_at else GLANCE

    def _is_due(self) -> bool:
        return 0 < self._next_change_at <= self._request().now
